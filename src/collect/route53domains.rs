//! Route 53 Domains: registered names, and whether they can be taken away.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::route53domains::Domain;

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53_Domains.html>
const API: Api = Api::new(
    "route53domains",
    Protocol::Json {
        version: "1.1",
        target: "Route53Domains_v20140515",
    },
)
.alone(&[("aws", "route53domains.us-east-1.amazonaws.com", "us-east-1")]);

/// Reads the account's registered domains.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Domain, Domains>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "Marker": token }));
            site.tell(&API, "ListDomains", question, "").await
        },
        |page| Turn::to(page.next_page_marker.as_deref()),
        async |page| {
            each(&page.value.domains, async |domain| {
                one_domain(site, intake, page, domain).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_domain(site: &Site, intake: &Intake, page: &Told<Domains>, domain: &Summary) {
    let name = &domain.domain_name;
    let question = Question::json(json!({ "DomainName": name }));
    let detail = site
        .tell::<Detail>(&API, "GetDomainDetail", question, format!("domain={name}"))
        .await;
    let fields = Domain {
        name: page.fact(name.clone()),
        auto_renew: page.fact(domain.auto_renew),
        transfer_lock: page.fact(domain.transfer_lock),
        expires: page.fact(domain.expiry.map(|time| time.0)),
        privacy: detail.read(|d| Ok(d.registrant_privacy && d.admin_privacy && d.tech_privacy)),
    };
    // AWS has no ARN for a registered domain; ours follows the form of the others.
    let identity = Identity {
        arn: format!(
            "arn:{}:route53domains::{}:domain/{name}",
            site.partition, site.account
        ),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Domains {
    domains: Vec<Summary>,
    next_page_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_DomainSummary.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    domain_name: String,
    auto_renew: bool,
    transfer_lock: bool,
    /// Left out where the registry does not say.
    expiry: Option<Moment>,
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_GetDomainDetail.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Detail {
    registrant_privacy: bool,
    admin_privacy: bool,
    tech_privacy: bool,
}
