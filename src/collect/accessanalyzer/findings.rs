//! What an analyzer found that still stands: all of it, and what is open to everyone. Only the first version of the
//! listing says which are.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{API, Summary};
use crate::aws::{Moment, Question, Site, Turn, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::accessanalyzer::{Finding, PublicFinding};
use crate::inventory::schema::Fields;

/// Reads all that one analyzer found.
pub(super) async fn all(site: &Site, intake: &Intake, analyzer: &Summary) {
    let filter = json!({ "status": { "eq": ["ACTIVE"] } });
    let listing = ("/findingv2", "ListFindingsV2", filter);
    collect(site, intake, analyzer, listing, |page, finding| Finding {
        r#type: page.read(|_| {
            let kind = finding.kind.clone();
            kind.ok_or_else(|| missing("findingType"))
        }),
        resource_arn: page.fact(finding.resource.clone()),
        created: page.fact(finding.created.0),
    })
    .await;
}

/// Reads what one analyzer of access from outside found open to everyone.
pub(super) async fn public(site: &Site, intake: &Intake, analyzer: &Summary) {
    let filter = json!({ "status": { "eq": ["ACTIVE"] }, "isPublic": { "eq": ["true"] } });
    let listing = ("/finding", "ListFindings", filter);
    collect(site, intake, analyzer, listing, |page, finding| {
        PublicFinding {
            resource_type: page.fact(finding.resource_type.clone()),
            resource_arn: page.fact(finding.resource.clone()),
        }
    })
    .await;
}

async fn collect<K: Fields>(
    site: &Site,
    intake: &Intake,
    analyzer: &Summary,
    (path, operation, filter): (&str, &'static str, Value),
    fields: impl Fn(&Told<Findings>, &Found) -> K,
) {
    let about = format!("analyzer={}", analyzer.name);
    let listing = pages(
        async |token| {
            let input = json!({
                "analyzerArn": analyzer.arn,
                "filter": filter,
                "nextToken": token,
            });
            let question = Question::post(path, input);
            site.tell::<Findings>(&API, operation, question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<K>(&site.account, &site.region, &page.source);
            for finding in &page.value.findings {
                let fields = fields(page, finding);
                // A finding has no ARN of its own: it is known by its analyzer's, and its id.
                let arn = format!("{}/finding/{}", analyzer.arn, finding.id);
                let resource = finding.resource.as_ref();
                let name = resource.map_or_else(|| finding.id.clone(), Clone::clone);
                intake.add(&site.account, &site.region, Identity { arn, name }, fields);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<K>(&site.account, &site.region, gap);
    }
}

#[derive(Debug, Deserialize)]
struct Findings {
    findings: Vec<Found>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummaryV2.html>
/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummary.html>
#[derive(Debug, Deserialize)]
struct Found {
    id: String,
    /// Left out in the first version of the listing.
    #[serde(rename = "findingType")]
    kind: Option<String>,
    #[serde(rename = "resourceType")]
    resource_type: String,
    /// Left out where the finding is of no one resource.
    resource: Option<String>,
    #[serde(rename = "createdAt")]
    created: Moment,
}
