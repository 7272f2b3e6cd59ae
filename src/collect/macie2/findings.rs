//! What Macie found that nobody has archived.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, pages};
use crate::inventory::Gap;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::macie2::Finding;

/// Most ids that one call of `GetFindings` takes.
const BATCH: usize = 50;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let criteria = json!({ "criterion": {
        // An administrator's Macie also shows the findings of its members, which are read in their own accounts.
        "accountId": { "eq": [*site.account] },
        "archived": { "eq": ["false"] },
        // Samples are made to try things out.
        "sample": { "eq": ["false"] },
        "severity.description": { "eq": ["High", "Medium"] },
    } });
    let listing = pages(
        async |token| {
            let input = json!({
                "findingCriteria": criteria,
                "maxResults": BATCH,
                "nextToken": token,
            });
            let question = Question::post("/findings", input);
            site.tell::<Ids>(&API, "ListFindings", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<Finding>(&site.account, &site.region, &page.source);
            for ids in page.value.finding_ids.chunks(BATCH) {
                if let Err(gap) = described(site, intake, ids).await {
                    intake.incomplete::<Finding>(&site.account, &site.region, gap);
                }
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Finding>(&site.account, &site.region, gap);
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ids {
    finding_ids: Vec<String>,
    next_token: Option<String>,
}

async fn described(site: &Site, intake: &Intake, ids: &[String]) -> Result<(), Arc<Gap>> {
    let question = Question::post("/findings/describe", json!({ "findingIds": ids }));
    let told = site
        .tell::<Findings>(&API, "GetFindings", question, "")
        .await
        .told()?;
    intake.listed::<Finding>(&site.account, &site.region, &told.source);
    for finding in &told.value.findings {
        let fields = Finding {
            r#type: told.fact(finding.kind.clone()),
            severity: told.fact(finding.severity.description.clone()),
            created: told.fact(finding.created_at.0),
            bucket: told.fact(finding.resources_affected.s3_bucket.name.clone()),
        };
        let (partition, region, account) = (&site.partition, &site.region, &site.account);
        let identity = Identity {
            // Findings have none of their own; this follows the form of those that have.
            arn: format!(
                "arn:{partition}:macie2:{region}:{account}:finding/{}",
                finding.id
            ),
            name: finding.kind.clone(),
        };
        intake.add(account, region, identity, fields);
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html>
#[derive(Debug, Deserialize)]
struct Findings {
    findings: Vec<Found>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    severity: Severity,
    created_at: Moment,
    resources_affected: Affected,
}

#[derive(Debug, Deserialize)]
struct Severity {
    description: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Affected {
    s3_bucket: AffectedBucket,
}

#[derive(Debug, Deserialize)]
struct AffectedBucket {
    name: String,
}
