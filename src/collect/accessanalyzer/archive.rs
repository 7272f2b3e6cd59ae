//! The rules that archive what an analyzer finds.

use serde::Deserialize;

use super::{API, Summary};
use crate::aws::{Moment, Question, Site, Turn, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::accessanalyzer::ArchiveRule;

/// Reads the archive rules of one analyzer.
pub(super) async fn rules(site: &Site, intake: &Intake, analyzer: &Summary) {
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
