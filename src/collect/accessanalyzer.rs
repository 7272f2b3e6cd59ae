//! IAM Access Analyzer: analyzers, and what they found that still stands.

mod open;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::accessanalyzer::{Analyzer, ArchiveRule, Finding, PublicFinding};

/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/Welcome.html>
const API: Api =
    Api::new("accessanalyzer", Protocol::RestJson).at("access-analyzer", "access-analyzer");

/// Reads the analyzers of one region and their findings.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            let question = Question::get("/analyzer").with("nextToken", token);
            site.tell::<Analyzers>(&API, "ListAnalyzers", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Analyzer>(&site.account, &site.region, &page.source);
            intake.listed::<Finding>(&site.account, &site.region, &page.source);
            intake.listed::<PublicFinding>(&site.account, &site.region, &page.source);
            intake.listed::<ArchiveRule>(&site.account, &site.region, &page.source);
            each(&page.value.analyzers, async |analyzer| {
                let fields = Analyzer {
                    name: page.fact(analyzer.name.clone()),
                    r#type: page.fact(analyzer.kind.clone()),
                    active: page.fact(analyzer.status == "ACTIVE"),
                };
                let identity = Identity {
                    arn: analyzer.arn.clone(),
                    name: analyzer.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
                futures::join!(
                    findings(site, intake, analyzer),
                    open::archive_rules(site, intake, analyzer),
                    async {
                        // Other analyzers look for what is unused, or within the organization.
                        if matches!(&*analyzer.kind, "ACCOUNT" | "ORGANIZATION") {
                            open::findings(site, intake, analyzer).await;
                        }
                    },
                );
            })
            .await;
            Ok(())
        },
    )
    .await;
    // What was found hangs on what looks for it: a listing that failed hides both.
    if let Err(gap) = listing {
        intake.incomplete::<Analyzer>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Finding>(&site.account, &site.region, gap.clone());
        intake.incomplete::<PublicFinding>(&site.account, &site.region, gap.clone());
        intake.incomplete::<ArchiveRule>(&site.account, &site.region, gap);
    }
}

/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AnalyzerSummary.html>
#[derive(Debug, Deserialize)]
struct Analyzers {
    analyzers: Vec<Summary>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    arn: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    status: String,
}

async fn findings(site: &Site, intake: &Intake, analyzer: &Summary) {
    let about = format!("analyzer={}", analyzer.name);
    let listing = pages(
        async |token| {
            let input = json!({
                "analyzerArn": analyzer.arn,
                "filter": { "status": { "eq": ["ACTIVE"] } },
                "nextToken": token,
            });
            let question = Question::post("/findingv2", input);
            site.tell::<Findings>(&API, "ListFindingsV2", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Finding>(&site.account, &site.region, &page.source);
            for finding in &page.value.findings {
                let fields = Finding {
                    r#type: page.fact(finding.kind.clone()),
                    resource_arn: page.fact(finding.resource.clone()),
                    created: page.fact(finding.created.0),
                };
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
        intake.incomplete::<Finding>(&site.account, &site.region, gap);
    }
}

/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummaryV2.html>
#[derive(Debug, Deserialize)]
struct Findings {
    findings: Vec<Found>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Found {
    id: String,
    #[serde(rename = "findingType")]
    kind: String,
    /// Left out where the finding is of no one resource.
    resource: Option<String>,
    #[serde(rename = "createdAt")]
    created: Moment,
}
