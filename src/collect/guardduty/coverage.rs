//! Whether the agent of runtime monitoring runs where it should.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Question, Site, Turn, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::guardduty::Coverage;

/// The most that GuardDuty lists at once.
const PAGE: usize = 50;

/// Reads what runtime monitoring of one detector covers.
pub(super) async fn collect(site: &Site, intake: &Intake, detector: &str) {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let path = format!("/detector/{}/coverage", part(detector));
    let about = format!("detector={detector}");
    let listing = pages(
        async |token| {
            let input = json!({
                // An administrator's detector also shows what its members run, which is read in their own accounts.
                "filterCriteria": { "filterCriterion": [
                    { "criterionKey": "ACCOUNT_ID", "filterCondition": { "equals": [&**account] } },
                ] },
                "maxResults": PAGE,
                "nextToken": token,
            });
            let question = Question::post(&path, input);
            site.tell::<Covered>(&API, "ListCoverage", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Coverage>(account, region, &page.source);
            for one in &page.value.resources {
                let id = &one.id;
                let fields = Coverage {
                    resource: page.fact(id.clone()),
                    r#type: page.fact(one.details.kind.clone()),
                    status: page.fact(one.status.clone()),
                    issue: page.fact(one.issue.clone().filter(|issue| !issue.trim().is_empty())),
                };
                let identity = Identity {
                    // What is covered has no ARN as such.
                    arn: format!(
                        "arn:{partition}:guardduty:{region}:{account}:detector/{detector}/coverage/{id}"
                    ),
                    name: id.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Coverage>(account, region, gap);
    }
}

#[derive(Debug, Deserialize)]
struct Covered {
    resources: Vec<Resource>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CoverageResource.html>
#[derive(Debug, Deserialize)]
struct Resource {
    #[serde(rename = "resourceId")]
    id: String,
    #[serde(rename = "coverageStatus")]
    status: String,
    /// Left out where there is none.
    issue: Option<String>,
    #[serde(rename = "resourceDetails")]
    details: Details,
}

#[derive(Debug, Deserialize)]
struct Details {
    #[serde(rename = "resourceType")]
    kind: String,
}
