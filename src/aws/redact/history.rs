//! Events of CloudTrail's history: the members that are kept of each. What a call was given and answered may hold
//! anything, and no fact needs it.

use serde_json::{Map, Value};

/// Of the event itself.
const KEPT: &[&str] = &[
    "awsRegion",
    "errorCode",
    "eventID",
    "eventName",
    "eventSource",
    "eventTime",
    "eventType",
    "eventVersion",
    "readOnly",
    "recipientAccountId",
    "requestID",
    "sessionCredentialFromConsole",
];

/// Of who made the call.
const WHO: &[&str] = &[
    "accountId",
    "arn",
    "invokedBy",
    "principalId",
    "type",
    "userName",
];

/// Of the role whose session it was.
const ISSUER: &[&str] = &["accountId", "arn", "principalId", "type", "userName"];

/// What is kept of an event; empty where it is none.
pub(super) fn kept(record: &str) -> String {
    event(record).unwrap_or_default()
}

fn event(record: &str) -> Option<String> {
    let record: Map<String, Value> = serde_json::from_str(record).ok()?;
    let mut rest = only(&record, KEPT);
    if let Some(Value::Object(who)) = record.get("userIdentity") {
        let mut kept = only(who, WHO);
        if let Some(Value::Object(issuer)) = who
            .get("sessionContext")
            .and_then(|session| session.get("sessionIssuer"))
        {
            let issuer = only(issuer, ISSUER);
            kept.insert(
                "sessionContext".to_owned(),
                serde_json::json!({ "sessionIssuer": issuer }),
            );
        }
        rest.insert("userIdentity".to_owned(), Value::Object(kept));
    }
    // `Active` or `Inactive`: whether a key was given back or taken.
    if let Some(status @ Value::String(_)) = record
        .get("requestParameters")
        .and_then(|given| given.get("status"))
    {
        rest.insert(
            "requestParameters".to_owned(),
            serde_json::json!({ "status": status }),
        );
    }
    Some(Value::Object(rest).to_string())
}

fn only(members: &Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    let kept = members
        .iter()
        .filter(|(name, value)| names.contains(&name.as_str()) && !value.is_object());
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_keeps_who_and_what_and_loses_what_was_said() {
        let record = json!({
            "eventName": "UpdateAccessKey",
            "userIdentity": {
                "arn": "arn:aws:sts::111122223333:assumed-role/ops/ann",
                "accessKeyId": "ASIAEXAMPLE",
                "sessionContext": {
                    "attributes": { "mfaAuthenticated": "true" },
                    "sessionIssuer": { "arn": "arn:aws:iam::111122223333:role/ops" },
                },
            },
            "requestParameters": { "status": "Inactive", "userName": "bob" },
            "responseElements": { "password": "secret" },
            "errorMessage": "secret",
            "sourceIPAddress": "192.0.2.1",
        });
        let record: Value = serde_json::from_str(&kept(&record.to_string())).unwrap();
        assert_eq!(
            record,
            json!({
                "eventName": "UpdateAccessKey",
                "userIdentity": {
                    "arn": "arn:aws:sts::111122223333:assumed-role/ops/ann",
                    "sessionContext": { "sessionIssuer": { "arn": "arn:aws:iam::111122223333:role/ops" } },
                },
                "requestParameters": { "status": "Inactive" },
            })
        );
    }

    #[test]
    fn what_is_no_event_is_not_kept() {
        assert_eq!(kept(r#"{"responseElements":{"password":"sec"#), "");
        assert_eq!(kept("secret"), "");
    }
}
