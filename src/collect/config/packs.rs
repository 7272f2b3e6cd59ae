//! Conformance packs, and whether they were deployed.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::config::ConformancePack;

/// Reads the packs of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<ConformancePack, Statuses>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "DescribeConformancePackStatus", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for pack in page.value.packs.iter() {
                let fields = ConformancePack {
                    name: page.fact(pack.name.clone()),
                    state: page.fact(pack.state.clone()),
                };
                let identity = Identity {
                    arn: pack.arn.clone(),
                    name: pack.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_ConformancePackStatusDetail.html>
#[derive(Debug, Deserialize)]
struct Statuses {
    /// Empty where there are none; an answer without it is no answer.
    #[serde(rename = "ConformancePackStatusDetails")]
    packs: Vec<Status>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Status {
    #[serde(rename = "ConformancePackName")]
    name: String,
    #[serde(rename = "ConformancePackArn")]
    arn: String,
    #[serde(rename = "ConformancePackState")]
    state: String,
}
