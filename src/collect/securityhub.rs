//! Security Hub: whether it is on, by which standards, and what still stands.

mod exceptions;
mod findings;
mod history;
mod rules;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, each, gather, missing, pages};
use crate::inventory::Read;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::securityhub::{
    AutomationRule, DisabledControl, Finding, Hub, Resolution, Standard, Suppression,
};

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html>
const API: Api = Api::new("securityhub", Protocol::RestJson);

/// Reads the hub of one region. Where it is off, that one call says all there is.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let question = Question::get("/accounts");
    let hub: Reply<Described> = site.tell(&API, "DescribeHub", question, "").await;
    let fields = Hub {
        security_hub: hub.read_or(|| Some(false), |_| Ok(Some(true))),
        security_hub_sources: match &hub {
            Reply::Told(_) => sources(site).await,
            Reply::Absent(_) | Reply::Gap(_) => hub.read_or(Vec::new, |_| Ok(Vec::new())),
        },
    };
    let (account, region) = (&site.account, &site.region);
    intake.facet(account, region, fields);
    match hub {
        Reply::Told(_) => {
            futures::join!(
                standards(site, intake),
                findings::open(site, intake),
                findings::suppressed(site, intake),
                findings::resolved(site, intake),
                rules::collect(site, intake),
            );
        }
        Reply::Absent(source) => {
            intake.listed::<Standard>(account, region, &source);
            intake.listed::<Finding>(account, region, &source);
            intake.listed::<Suppression>(account, region, &source);
            intake.listed::<Resolution>(account, region, &source);
            intake.listed::<DisabledControl>(account, region, &source);
            intake.listed::<AutomationRule>(account, region, &source);
        }
        Reply::Gap(gap) => {
            intake.incomplete::<Standard>(account, region, gap.clone());
            intake.incomplete::<Finding>(account, region, gap.clone());
            intake.incomplete::<Suppression>(account, region, gap.clone());
            intake.incomplete::<Resolution>(account, region, gap.clone());
            intake.incomplete::<DisabledControl>(account, region, gap.clone());
            intake.incomplete::<AutomationRule>(account, region, gap);
        }
    }
}

/// The products whose findings come in, by the names that AWS gives them: `aws/guardduty`.
async fn sources(site: &Site) -> Read<Vec<String>> {
    gather(
        async |token| {
            let question = Question::get("/productSubscriptions").with("NextToken", token);
            site.tell::<Products>(&API, "ListEnabledProductsForImport", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            let named = page.subscriptions.iter().map(|arn| {
                let (_, name) = arn.split_once(":product-subscription/")?;
                Some(name.to_owned())
            });
            let named: Option<Vec<String>> = named.collect();
            named.ok_or_else(|| missing("the product of a subscription"))
        },
    )
    .await
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ListEnabledProductsForImport.html>
#[derive(Debug, Deserialize)]
struct Products {
    #[serde(rename = "ProductSubscriptions")]
    subscriptions: Vec<String>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "HubArn")]
    _arn: String,
}

async fn standards(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |token| {
            let question = Question::post("/standards/get", json!({ "NextToken": token }));
            site.tell::<Standards>(&API, "GetEnabledStandards", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Standard>(account, region, &page.source);
            intake.listed::<DisabledControl>(account, region, &page.source);
            for standard in &page.value.standards {
                let fields = Standard {
                    standard_arn: page.fact(standard.of.clone()),
                    ready: page.fact(standard.status == "READY"),
                };
                let name = standard.of.rsplit("standards/").next();
                let identity = Identity {
                    arn: standard.arn.clone(),
                    name: name.map_or_else(|| standard.of.clone(), str::to_owned),
                };
                intake.add(account, region, identity, fields);
            }
            each(&page.value.standards, async |standard| {
                exceptions::controls(site, intake, &standard.arn).await;
            })
            .await;
            Ok(())
        },
    );
    // Controls stand in standards: one that was not listed hides its own.
    if let Err(gap) = listing.await {
        intake.incomplete::<Standard>(account, region, gap.clone());
        intake.incomplete::<DisabledControl>(account, region, gap);
    }
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsSubscription.html>
#[derive(Debug, Deserialize)]
struct Standards {
    #[serde(rename = "StandardsSubscriptions")]
    standards: Vec<Subscription>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Subscription {
    #[serde(rename = "StandardsSubscriptionArn")]
    arn: String,
    #[serde(rename = "StandardsArn")]
    of: String,
    #[serde(rename = "StandardsStatus")]
    status: String,
}
