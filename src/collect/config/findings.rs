//! What the rules of AWS Config find wrong, resource by resource.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, list_to, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::config::Finding;

/// The most that AWS Config lists at once.
const PAGE: usize = 100;

/// Pages that are read of one rule. More is not a list that somebody goes through.
const PAGES: usize = 20;

/// Reads what one rule finds wrong.
pub(super) async fn collect(site: &Site, intake: &Intake, rule: &str) {
    let about = format!("rule={rule}");
    list_to::<Finding, Details>(
        (site, intake, PAGES),
        async |token| {
            let input = json!({
                "ConfigRuleName": rule,
                "ComplianceTypes": ["NON_COMPLIANT"],
                "Limit": PAGE,
                "NextToken": token,
            });
            let question = Question::json(input);
            site.tell(&API, "GetComplianceDetailsByConfigRule", question, &about)
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for result in &page.value.evaluation_results {
                let of = &result.evaluation_result_identifier;
                let of = &of.evaluation_result_qualifier;
                let (kind, id) = (&of.resource_type, &of.resource_id);
                let fields = Finding {
                    rule: page.fact(rule.to_owned()),
                    resource_type: page.fact(kind.clone()),
                    resource: page.fact(id.clone()),
                    since: page.read(|_| {
                        let since = result.since();
                        since.ok_or_else(|| missing("when it was evaluated"))
                    }),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    // What a rule finds has no ARN.
                    arn: format!(
                        "arn:{partition}:config:{region}:{account}:finding/{rule}/{kind}/{id}"
                    ),
                    name: format!("{id} by {rule}"),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_EvaluationResult.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    evaluation_results: Vec<Evaluated>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Evaluated {
    evaluation_result_identifier: Identifier,
    result_recorded_time: Option<Moment>,
    config_rule_invoked_time: Option<Moment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Identifier {
    evaluation_result_qualifier: Qualifier,
    /// When the resource became what was evaluated, or when it was evaluated without having changed.
    ordering_timestamp: Option<Moment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Qualifier {
    resource_type: String,
    resource_id: String,
}

impl Evaluated {
    /// The earliest moment at which it is known to have been wrong.
    fn since(&self) -> Option<Timestamp> {
        let moments = [
            &self.evaluation_result_identifier.ordering_timestamp,
            &self.config_rule_invoked_time,
            &self.result_recorded_time,
        ];
        moments.into_iter().flatten().map(|moment| moment.0).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_stands_since_the_earliest_moment_that_is_told() {
        let told = |more: &str| {
            let result = format!(
                r#"{{"EvaluationResultIdentifier":{{"EvaluationResultQualifier":{{"ResourceType":"T","ResourceId":"r"}}{more}}}"#
            );
            let result: Evaluated = serde_json::from_str(&result).unwrap();
            result.since().map(|since| since.as_second())
        };
        assert_eq!(
            told(
                r#","OrderingTimestamp":100.0},"ResultRecordedTime":300.0,"ConfigRuleInvokedTime":200.0"#
            ),
            Some(100)
        );
        assert_eq!(told(r#"},"ResultRecordedTime":300.0"#), Some(300));
        assert_eq!(told("}"), None);
    }
}
