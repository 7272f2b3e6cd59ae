//! What an analyzer found open to everyone, and the rules that archive what it finds. Only the first version of the
//! findings' listing says which are open to everyone.

use serde::Deserialize;
use serde_json::json;

use super::{API, Summary};
use crate::aws::{Moment, Question, Site, Turn, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::accessanalyzer::{ArchiveRule, PublicFinding};

/// Reads what one analyzer of access from outside found open to everyone.
pub(super) async fn findings(site: &Site, intake: &Intake, analyzer: &Summary) {
    let about = format!("analyzer={}", analyzer.name);
    let listing = pages(
        async |token| {
            let input = json!({
                "analyzerArn": analyzer.arn,
                "filter": { "status": { "eq": ["ACTIVE"] }, "isPublic": { "eq": ["true"] } },
                "nextToken": token,
            });
            let question = Question::post("/finding", input);
            site.tell::<Findings>(&API, "ListFindings", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<PublicFinding>(&site.account, &site.region, &page.source);
            for finding in &page.value.findings {
                let fields = PublicFinding {
                    resource_type: page.fact(finding.kind.clone()),
                    resource_arn: page.fact(finding.resource.clone()),
                };
                let arn = format!("{}/finding/{}", analyzer.arn, finding.id);
                let resource = finding.resource.as_ref();
                let name = resource.map_or_else(|| finding.id.clone(), Clone::clone);
                intake.add(&site.account, &site.region, Identity { arn, name }, fields);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<PublicFinding>(&site.account, &site.region, gap);
    }
}

/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummary.html>
#[derive(Debug, Deserialize)]
struct Findings {
    findings: Vec<Found>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Found {
    id: String,
    #[serde(rename = "resourceType")]
    kind: String,
    /// Left out where the finding is of no one resource.
    resource: Option<String>,
}

/// Reads the archive rules of one analyzer.
pub(super) async fn archive_rules(site: &Site, intake: &Intake, analyzer: &Summary) {
    let path = format!("/analyzer/{}/archive-rule", part(&analyzer.name));
    let about = format!("analyzer={}", analyzer.name);
    let listing = pages(
        async |token| {
            let question = Question::get(&path).with("nextToken", token);
            site.tell::<Rules>(&API, "ListArchiveRules", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<ArchiveRule>(&site.account, &site.region, &page.source);
            for rule in &page.value.rules {
                let fields = ArchiveRule {
                    name: page.fact(rule.name.clone()),
                    analyzer: page.fact(analyzer.name.clone()),
                    updated: page.fact(rule.updated.0),
                };
                let identity = Identity {
                    arn: format!("{}/archive-rule/{}", analyzer.arn, rule.name),
                    name: rule.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<ArchiveRule>(&site.account, &site.region, gap);
    }
}

/// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ArchiveRuleSummary.html>
#[derive(Debug, Deserialize)]
struct Rules {
    #[serde(rename = "archiveRules")]
    rules: Vec<Rule>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    #[serde(rename = "ruleName")]
    name: String,
    #[serde(rename = "updatedAt")]
    updated: Moment,
}
