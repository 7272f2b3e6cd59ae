//! The HTTPS addresses of a function.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{API, Configuration, Policy, policy};
use crate::aws::documents::statements;
use crate::aws::{Question, Reply, Site, Turn, each, pages, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::lambda::FunctionUrl;

/// Reads the addresses of one function and of its aliases; `own` is the function's own policy.
pub(super) async fn collect(
    site: &Site,
    intake: &Intake,
    function: &Configuration,
    own: &Reply<Policy>,
) {
    let name = &function.function_name;
    let path = format!("/2021-10-31/functions/{}/urls", part(name));
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |marker| {
            let question = Question::get(&path).with("Marker", marker);
            let about = format!("function={name}");
            site.tell::<Urls>(&API, "ListFunctionUrlConfigs", question, about)
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            intake.listed::<FunctionUrl>(account, region, &page.source);
            each(&page.value.function_url_configs, async |url| {
                one_url(site, intake, page, (function, url), own).await
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<FunctionUrl>(account, region, gap);
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Urls {
    function_url_configs: Vec<Url>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_FunctionUrlConfig.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Url {
    function_url: String,
    /// With the alias, where it is one's.
    function_arn: String,
    auth_type: String,
    /// Left out where there is none.
    cors: Option<Cors>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cors {
    /// Left out where there are none.
    #[serde(default)]
    allow_origins: Vec<String>,
}

async fn one_url(
    site: &Site,
    intake: &Intake,
    page: &Told<Urls>,
    (function, url): (&Configuration, &Url),
    own: &Reply<Policy>,
) {
    let (name, arn) = (&function.function_name, &function.function_arn);
    let alias = url
        .function_arn
        .strip_prefix(arn.as_str())
        .and_then(|rest| rest.strip_prefix(':'));
    let of_alias;
    let told = match alias {
        None => own,
        Some(alias) => {
            of_alias = policy(site, name, Some(alias)).await;
            &of_alias
        }
    };
    let question = Question::get(format!("/2017-03-31/tags/{}", part(arn)));
    let tags: Reply<Tags> = site
        .tell(&API, "ListTags", question, format!("function={name}"))
        .await;
    let fields = FunctionUrl {
        address: page.fact(url.function_url.clone()),
        function_arn: page.fact(arn.clone()),
        signed: page.fact(url.auth_type == "AWS_IAM"),
        origins: page.fact(
            url.cors
                .as_ref()
                .map_or_else(Vec::new, |cors| cors.allow_origins.clone()),
        ),
        policy: told.read_or(Vec::new, |told| statements(&told.policy)),
        tags: tags.read(|told| Ok(told.tags.clone())),
    };
    let identity = Identity {
        arn: url.function_arn.clone(),
        name: alias.map_or_else(|| name.clone(), |alias| format!("{name}:{alias}")),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tags {
    tags: BTreeMap<String, String>,
}
