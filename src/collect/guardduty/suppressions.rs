//! Filters of a detector that archive findings as they come.

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, each, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::guardduty::Suppression;

/// Reads the filters of one detector.
pub(super) async fn collect(site: &Site, intake: &Intake, detector: &str) {
    let path = format!("/detector/{}/filter", part(detector));
    let about = format!("detector={detector}");
    let listing = pages(
        async |token| {
            let question = Question::get(&path).with("nextToken", token);
            site.tell::<Names>(&API, "ListFilters", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Suppression>(&site.account, &site.region, &page.source);
            each(&page.value.names, async |name| {
                one_filter(site, intake, detector, &path, name).await;
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Suppression>(&site.account, &site.region, gap);
    }
}

#[derive(Debug, Deserialize)]
struct Names {
    #[serde(rename = "filterNames")]
    names: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// Which filters archive is only said one by one; one that could not be read may be one of them.
async fn one_filter(site: &Site, intake: &Intake, detector: &str, path: &str, name: &str) {
    let question = Question::get(format!("{path}/{}", part(name)));
    let about = format!("filter={name}");
    let told = site
        .tell::<Filter>(&API, "GetFilter", question, about)
        .await
        .told();
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let told = match told {
        Ok(told) => told,
        Err(gap) => return intake.incomplete::<Suppression>(account, region, gap),
    };
    intake.listed::<Suppression>(account, region, &told.source);
    if told.value.action != "ARCHIVE" {
        return;
    }
    let said = told.value.description.as_ref();
    let fields = Suppression {
        name: told.fact(told.value.name.clone()),
        description: told.fact(said.filter(|said| !said.trim().is_empty()).cloned()),
    };
    let identity = Identity {
        arn: format!(
            "arn:{partition}:guardduty:{region}:{account}:detector/{detector}/filter/{name}"
        ),
        name: name.to_owned(),
    };
    intake.add(account, region, identity, fields);
}

/// <https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFilter.html>
#[derive(Debug, Deserialize)]
struct Filter {
    name: String,
    action: String,
    /// Left out where nobody wrote one.
    description: Option<String>,
}
