//! Rules of Security Hub that change findings as they come, so that nobody sees what they were.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Reply, Site, Turn, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::securityhub::AutomationRule;

/// Reads the rules of one region. Those of a member are its administrator's: nobody else may list them.
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html>
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    if !site.plans_any(&["securityhub:ListAutomationRules"]) {
        return;
    }
    let question = Question::get("/administrator");
    let administrator: Reply<Administrated> = site
        .tell(&API, "GetAdministratorAccount", question, "")
        .await;
    match administrator.told() {
        Err(gap) => return intake.incomplete::<AutomationRule>(account, region, gap),
        Ok(told) => {
            intake.listed::<AutomationRule>(account, region, &told.source);
            if told
                .value
                .by
                .as_ref()
                .is_some_and(Administrator::is_in_force)
            {
                return;
            }
        }
    }
    let listing = pages(
        async |token| {
            let question = Question::get("/automationrules/list")
                .with("MaxResults", Some(PAGE))
                .with("NextToken", token);
            site.tell::<Listed>(&API, "ListAutomationRules", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<AutomationRule>(account, region, &page.source);
            // All rules of a page at once, which is as many as may be asked for.
            if !page.value.rules.is_empty() {
                described(site, intake, &page.value).await;
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<AutomationRule>(account, region, gap);
    }
}

/// Most rules that are listed, and described, at once.
const PAGE: usize = 100;

async fn described(site: &Site, intake: &Intake, listed: &Listed) {
    let (account, region) = (&site.account, &site.region);
    let arns: Vec<&str> = listed.rules.iter().map(|rule| &*rule.arn).collect();
    let question = Question::post(
        "/automationrules/get",
        json!({ "AutomationRulesArns": arns }),
    );
    let told = site
        .tell::<Described>(&API, "BatchGetAutomationRules", question, "")
        .await
        .told();
    let told = match told {
        Ok(told) => told,
        Err(gap) => return intake.incomplete::<AutomationRule>(account, region, gap),
    };
    intake.listed::<AutomationRule>(account, region, &told.source);
    let came = |arn: &&str| told.value.rules.iter().any(|rule| rule.arn == **arn);
    let lacking = arns.len() - arns.iter().filter(|arn| came(arn)).count();
    if lacking > 0 {
        let gap = told.lacks(missing(&format!(
            "{lacking} of the rules that were asked for"
        )));
        intake.incomplete::<AutomationRule>(account, region, gap);
    }
    for rule in told.value.rules.iter().filter(|rule| rule.hides()) {
        one_rule(site, intake, &told, rule);
    }
}

fn one_rule(site: &Site, intake: &Intake, told: &Told<Described>, rule: &Rule) {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let fields = AutomationRule {
        name: told.fact(rule.name.clone()),
        enabled: told.fact(rule.status == "ENABLED"),
        description: told.fact(said(&rule.description)),
        workflow: told.fact(rule.workflow().map(str::to_owned)),
        severity: told.fact(rule.severity().map(str::to_owned)),
        updated: told.fact(rule.updated.0),
        created_by: told.fact(said(&rule.created_by)),
    };
    let identity = Identity {
        arn: rule.arn.clone(),
        name: rule.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetAdministratorAccount.html>
#[derive(Debug, Deserialize)]
struct Administrated {
    /// Left out where the account has none.
    #[serde(rename = "Administrator")]
    by: Option<Administrator>,
}

#[derive(Debug, Deserialize)]
struct Administrator {
    #[serde(rename = "MemberStatus")]
    status: String,
}

impl Administrator {
    fn is_in_force(&self) -> bool {
        self.status.eq_ignore_ascii_case("enabled")
    }
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "AutomationRulesMetadata")]
    rules: Vec<Named>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Named {
    #[serde(rename = "RuleArn")]
    arn: String,
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "Rules")]
    rules: Vec<Rule>,
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AutomationRulesConfig.html>
#[derive(Debug, Deserialize)]
struct Rule {
    #[serde(rename = "RuleArn")]
    arn: String,
    #[serde(rename = "RuleName")]
    name: String,
    #[serde(rename = "RuleStatus")]
    status: String,
    /// Left out where nobody wrote one.
    #[serde(rename = "Description")]
    description: Option<String>,
    #[serde(rename = "UpdatedAt")]
    updated: Moment,
    /// Left out where Security Hub does not say.
    #[serde(rename = "CreatedBy")]
    created_by: Option<String>,
    #[serde(rename = "Actions")]
    actions: Vec<Action>,
}

#[derive(Debug, Deserialize)]
struct Action {
    /// Left out of actions of another type.
    #[serde(rename = "FindingFieldsUpdate")]
    update: Option<Update>,
}

#[derive(Debug, Deserialize)]
struct Update {
    /// Each is left out where the rule leaves it as it is.
    #[serde(rename = "Severity")]
    severity: Option<Severity>,
    #[serde(rename = "Workflow")]
    workflow: Option<Workflow>,
}

#[derive(Debug, Deserialize)]
struct Severity {
    #[serde(rename = "Label")]
    label: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Workflow {
    #[serde(rename = "Status")]
    status: String,
}

impl Rule {
    fn updates(&self) -> impl Iterator<Item = &Update> {
        self.actions
            .iter()
            .filter_map(|action| action.update.as_ref())
    }

    fn workflow(&self) -> Option<&str> {
        let mut all = self.updates().filter_map(|update| update.workflow.as_ref());
        all.next().map(|workflow| &*workflow.status)
    }

    fn severity(&self) -> Option<&str> {
        let mut all = self.updates().filter_map(|update| update.severity.as_ref());
        all.find_map(|severity| severity.label.as_deref())
    }

    /// Whether it may take a finding out of sight: by its state, or by a severity that may be lower than it was.
    fn hides(&self) -> bool {
        let done = |status: &str| status == "SUPPRESSED" || status == "RESOLVED";
        self.workflow().is_some_and(done)
            || self.severity().is_some_and(|label| label != "CRITICAL")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_hides_what_it_suppresses_resolves_or_makes_less_severe() {
        let hides = |update: serde_json::Value| {
            let rule = json!({
                "RuleArn": "arn", "RuleName": "r", "RuleStatus": "ENABLED", "UpdatedAt": "2026-01-01T00:00:00Z",
                "Actions": [{ "Type": "FINDING_FIELDS_UPDATE", "FindingFieldsUpdate": update }],
            });
            serde_json::from_value::<Rule>(rule).unwrap().hides()
        };
        assert!(hides(json!({ "Workflow": { "Status": "SUPPRESSED" } })));
        assert!(hides(json!({ "Workflow": { "Status": "RESOLVED" } })));
        assert!(hides(json!({ "Severity": { "Label": "LOW" } })));
        assert!(!hides(json!({ "Severity": { "Label": "CRITICAL" } })));
        assert!(!hides(json!({ "Workflow": { "Status": "NOTIFIED" } })));
        assert!(!hides(json!({ "Note": { "Text": "seen" } })));
    }
}
