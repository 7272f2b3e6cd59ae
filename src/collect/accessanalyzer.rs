//! IAM Access Analyzer: analyzers, and what they found that still stands.

mod archive;
mod findings;

use serde::Deserialize;

use crate::aws::{Api, Protocol, Question, Site, Turn, each, pages};
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
                    findings::all(site, intake, analyzer),
                    archive::rules(site, intake, analyzer),
                    async {
                        // Other analyzers look for what is unused, or within the organization.
                        if matches!(&*analyzer.kind, "ACCOUNT" | "ORGANIZATION") {
                            findings::public(site, intake, analyzer).await;
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
