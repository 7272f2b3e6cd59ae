//! Policy documents of any service as statements.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::Missing;
use crate::inventory::kinds::statement::{Condition, Principal, Statement, account_of};

/// The statements of a policy document in JSON.
pub fn statements(document: &str) -> Result<Vec<Statement>, Missing> {
    let policy: Value = serde_json::from_str(document)
        .map_err(|error| Missing(format!("the policy is not JSON: {error}")))?;
    match policy.get("Statement") {
        Some(Value::Array(statements)) => statements.iter().map(statement).collect(),
        Some(one @ Value::Object(_)) => Ok(vec![statement(one)?]),
        _ => Err(super::missing("Statement in its policy")),
    }
}

/// The same for IAM, which answers its documents URL-encoded.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html>
pub fn encoded_statements(document: &str) -> Result<Vec<Statement>, Missing> {
    let decoded = percent_decode_str(document)
        .decode_utf8()
        .map_err(|error| Missing(format!("the policy is not URL-encoded UTF-8: {error}")))?;
    statements(&decoded)
}

/// The accounts, other than one's own, that a policy lets in by name; each once, in order.
pub fn other_accounts(policy: &[Statement], own: &str) -> Vec<String> {
    let named: BTreeSet<&str> = policy
        .iter()
        .filter(|statement| statement.effect == "Allow")
        .flat_map(|statement| &statement.principals)
        .filter_map(|principal| account_of(&principal.value))
        .filter(|account| *account != own)
        .collect();
    named.into_iter().map(str::to_owned).collect()
}

fn statement(statement: &Value) -> Result<Statement, Missing> {
    let effect = match statement.get("Effect").and_then(Value::as_str) {
        Some(effect @ ("Allow" | "Deny")) => effect.to_owned(),
        _ => return Err(super::missing("Effect in a policy statement")),
    };
    Ok(Statement {
        sid: statement
            .get("Sid")
            .and_then(Value::as_str)
            .map_or_else(String::new, str::to_owned),
        effect,
        actions: texts(statement.get("Action"))?,
        not_actions: texts(statement.get("NotAction"))?,
        resources: texts(statement.get("Resource"))?,
        not_resources: texts(statement.get("NotResource"))?,
        principals: principals(statement.get("Principal"))?,
        not_principals: principals(statement.get("NotPrincipal"))?,
        conditions: conditions(statement.get("Condition"))?,
    })
}

/// One text, or a list of them, as a list. Condition values may also be written as numbers or booleans.
fn texts(value: Option<&Value>) -> Result<Vec<String>, Missing> {
    match value {
        None => Ok(Vec::new()),
        Some(Value::Array(values)) => values.iter().map(text).collect(),
        Some(one) => Ok(vec![text(one)?]),
    }
}

fn text(value: &Value) -> Result<String, Missing> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(yes) => Ok(yes.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(Missing(format!(
            "a policy holds {value} where a text belongs"
        ))),
    }
}

fn principals(value: Option<&Value>) -> Result<Vec<Principal>, Missing> {
    match value {
        None => Ok(Vec::new()),
        Some(Value::Object(types)) => {
            let mut principals = Vec::new();
            for (r#type, values) in types {
                for value in texts(Some(values))? {
                    principals.push(Principal {
                        r#type: r#type.clone(),
                        value,
                    });
                }
            }
            Ok(principals)
        }
        Some(Value::String(everyone)) if everyone == "*" => Ok(vec![Principal {
            r#type: "*".to_owned(),
            value: "*".to_owned(),
        }]),
        Some(other) => Err(Missing(format!("a policy holds the principal {other}"))),
    }
}

fn conditions(value: Option<&Value>) -> Result<Vec<Condition>, Missing> {
    let Some(value) = value else {
        return Ok(Vec::new());
    };
    let Value::Object(operators) = value else {
        return Err(Missing(format!("a policy holds the condition {value}")));
    };
    let mut conditions = Vec::new();
    for (operator, keys) in operators {
        let Value::Object(keys) = keys else {
            return Err(Missing(format!("a policy holds the condition {keys}")));
        };
        for (key, values) in keys {
            conditions.push(Condition {
                operator: operator.clone(),
                key: key.to_ascii_lowercase(),
                values: texts(Some(values))?,
            });
        }
    }
    Ok(conditions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_values_and_lists_come_out_alike() {
        let one =
            statements(r#"{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#)
                .unwrap();
        let list = statements(
            r#"{"Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}]}"#,
        )
        .unwrap();
        assert_eq!(one, list);
    }

    #[test]
    fn everyone_is_one_principal_in_both_spellings() {
        let of = |principal: &str| {
            let document =
                format!(r#"{{"Statement": [{{"Effect": "Allow", "Principal": {principal}}}]}}"#);
            let all = statements(&document).unwrap();
            all[0]
                .principals
                .iter()
                .map(|p| format!("{}={}", p.r#type, p.value))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(r#""*""#), ["*=*"]);
        assert_eq!(of(r#"{"AWS": "*"}"#), ["AWS=*"]);
        assert_eq!(
            of(r#"{"AWS": ["1", "2"], "Service": "ec2.amazonaws.com"}"#),
            ["AWS=1", "AWS=2", "Service=ec2.amazonaws.com"]
        );
    }

    #[test]
    fn condition_keys_are_folded_and_plain_values_become_text() {
        let document = r#"{"Statement": [{"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": false}}}]}"#;
        let all = statements(document).unwrap();
        assert_eq!(
            all[0].conditions,
            [Condition {
                operator: "Bool".into(),
                key: "aws:securetransport".into(),
                values: vec!["false".into()]
            }]
        );
    }

    #[test]
    fn a_document_that_is_no_policy_is_malformed_and_not_empty() {
        for document in [
            "",
            "[]",
            "{}",
            r#"{"Statement": [{"Action": "*"}]}"#,
            r#"{"Statement": [{"Effect": "Maybe"}]}"#,
        ] {
            assert!(statements(document).is_err(), "{document}");
        }
    }
}
