//! The rules of AWS Config, each with its last evaluation and what came of it: three listings, joined by name. And what
//! hangs on a rule: what it finds wrong, and what is done about that.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::json;

use super::{API, findings, remediation};
use crate::aws::{Moment, Part, Question, Site, Turn, each, gather_part, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::config::{Finding, Remediation, RemediationException, Rule};
use crate::inventory::{Read, Told};

/// Reads the rules of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    // Asked for once there is a rule: two calls less where nobody uses the service.
    let joined = tokio::sync::OnceCell::new();
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell::<Rules>(&API, "DescribeConfigRules", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Rule>(&site.account, &site.region, &page.source);
            intake.listed::<Finding>(&site.account, &site.region, &page.source);
            intake.listed::<Remediation>(&site.account, &site.region, &page.source);
            intake.listed::<RemediationException>(&site.account, &site.region, &page.source);
            if page.value.rules.is_empty() {
                return Ok(());
            }
            let names: Vec<&str> = page.value.rules.iter().map(|rule| &*rule.name).collect();
            remediation::collect(site, intake, &names).await;
            let (evaluations, compliance) = joined
                .get_or_init(async || futures::join!(evaluations(site), compliance(site)))
                .await;
            for rule in &page.value.rules {
                let fields = Rule {
                    name: page.fact(rule.name.clone()),
                    active: page.fact(rule.state == "ACTIVE"),
                    owner: page.fact(rule.source.owner.clone()),
                    identifier: page.fact(rule.source.identifier.clone()),
                    evaluated: evaluations
                        .of(&rule.name, |one| one.last_success.map(|moment| moment.0)),
                    last_error: evaluations.of(&rule.name, |one| one.error.clone()),
                    finds: compliance.of(&rule.name, |one| one.compliance.kind.words().to_owned()),
                };
                let identity = Identity {
                    arn: rule.arn.clone(),
                    name: rule.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            each(&page.value.rules, async |rule| {
                // What is wrong is asked of rules that find something wrong.
                match compliance.of(&rule.name, |one| one.compliance.kind) {
                    Ok(finds) if finds.value == Finds::SomethingWrong => {
                        findings::collect(site, intake, &rule.name).await;
                    }
                    Ok(_) => {}
                    Err(gap) => intake.incomplete::<Finding>(&site.account, &site.region, gap),
                }
            })
            .await;
            Ok(())
        },
    )
    .await;
    // What remedies a rule, and what is excepted from it, hangs on the rule: a listing that failed hides all.
    if let Err(gap) = listing {
        intake.incomplete::<Rule>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Finding>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Remediation>(&site.account, &site.region, gap.clone());
        intake.incomplete::<RemediationException>(&site.account, &site.region, gap);
    }
}

/// What a listing tells of rules, by their names, as far as it could be read.
struct ByName<T> {
    rules: HashMap<String, Told<T>>,
    end: Read<()>,
}

impl<T> ByName<T> {
    fn new(part: Part<T>, name: impl Fn(&T) -> &String) -> Self {
        let named = |told: Told<T>| (name(&told.value).clone(), told);
        Self {
            rules: part.members.into_iter().map(named).collect(),
            end: part.end,
        }
    }

    /// A fact of the rule of that name. One that no page told of may stand on a page that was lost.
    fn of<U>(&self, name: &str, fact: impl FnOnce(&T) -> U) -> Read<U> {
        match (self.rules.get(name), &self.end) {
            (Some(told), _) => told.fact(fact(&told.value)),
            (None, Err(gap)) => Err(gap.clone()),
            (None, Ok(end)) => Err(end.lacks(missing(&format!("rule {name}")))),
        }
    }
}

async fn evaluations(site: &Site) -> ByName<Evaluation> {
    let all = gather_part(
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell::<Evaluations>(&API, "DescribeConfigRuleEvaluationStatus", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| page.all.clone(),
    );
    ByName::new(all.await, |one| &one.name)
}

async fn compliance(site: &Site) -> ByName<Compliance> {
    let all = gather_part(
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell::<Compliances>(&API, "DescribeComplianceByConfigRule", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| page.all.clone(),
    );
    ByName::new(all.await, |one| &one.name)
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html>
#[derive(Debug, Deserialize)]
struct Rules {
    #[serde(rename = "ConfigRules")]
    rules: Vec<Described>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "ConfigRuleName")]
    name: String,
    #[serde(rename = "ConfigRuleArn")]
    arn: String,
    #[serde(rename = "ConfigRuleState")]
    state: String,
    #[serde(rename = "Source")]
    source: Owned,
}

#[derive(Debug, Deserialize)]
struct Owned {
    #[serde(rename = "Owner")]
    owner: String,
    /// Left out of a rule that is written in the policy language.
    #[serde(rename = "SourceIdentifier")]
    identifier: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Evaluations {
    #[serde(rename = "ConfigRulesEvaluationStatus")]
    all: Vec<Evaluation>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRuleEvaluationStatus.html>
#[derive(Debug, Clone, Deserialize)]
struct Evaluation {
    #[serde(rename = "ConfigRuleName")]
    name: String,
    /// Left out before the first.
    #[serde(rename = "LastSuccessfulEvaluationTime")]
    last_success: Option<Moment>,
    /// Left out where the last one met no error.
    #[serde(rename = "LastErrorCode")]
    error: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Compliances {
    #[serde(rename = "ComplianceByConfigRules")]
    all: Vec<Compliance>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Compliance {
    #[serde(rename = "ConfigRuleName")]
    name: String,
    #[serde(rename = "Compliance")]
    compliance: Type,
}

#[derive(Debug, Clone, Deserialize)]
struct Type {
    #[serde(rename = "ComplianceType")]
    kind: Finds,
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_Compliance.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Finds {
    #[serde(rename = "COMPLIANT")]
    NothingWrong,
    #[serde(rename = "NON_COMPLIANT")]
    SomethingWrong,
    #[serde(rename = "NOT_APPLICABLE")]
    NothingToJudge,
    #[serde(rename = "INSUFFICIENT_DATA")]
    NotJudgedYet,
}

impl Finds {
    const fn words(self) -> &'static str {
        match self {
            Self::NothingWrong => "nothing_wrong",
            Self::SomethingWrong => "something_wrong",
            Self::NothingToJudge => "nothing_to_judge",
            Self::NotJudgedYet => "not_judged_yet",
        }
    }
}
