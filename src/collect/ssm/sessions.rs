//! How Session Manager holds its sessions: a document with the account's preferences.
//! <https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html>

use serde::Deserialize;
use serde_json::{Value, json};

use super::API;
use crate::aws::{Missing, Question, Site, missing};
use crate::inventory::intake::Intake;
use crate::inventory::kinds::ssm::{SessionPreferences, Sessions};

/// The document that holds the preferences.
const DOCUMENT: &str = "SSM-SessionManagerRunShell";

/// What holds where the preferences name no time.
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-timeout.html>
const IDLE_MINUTES: i64 = 20;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let question = Question::json(json!({ "Name": DOCUMENT, "DocumentFormat": "JSON" }));
    let about = format!("document={DOCUMENT}");
    let told = site
        .tell::<Document>(&API, "GetDocument", question, about)
        .await;
    let fields = SessionPreferences {
        sessions: told.read_or(|| None, |d| preferences(&d.content).map(Some)),
    };
    intake.facet(&site.account, &site.region, fields);
}

#[derive(Debug, Deserialize)]
struct Document {
    #[serde(rename = "Content")]
    content: String,
}

fn preferences(content: &str) -> Result<Sessions, Missing> {
    let document: Value = serde_json::from_str(content)
        .map_err(|error| Missing(format!("the session document is not JSON: {error}")))?;
    let inputs = document.get("inputs").ok_or(missing("inputs"))?;
    Ok(Sessions {
        log_bucket: text(inputs, "s3BucketName")?,
        log_bucket_encrypted: switch(inputs, "s3EncryptionEnabled")?,
        log_group: text(inputs, "cloudWatchLogGroupName")?,
        log_group_encrypted: switch(inputs, "cloudWatchEncryptionEnabled")?,
        kms_key: text(inputs, "kmsKeyId")?,
        idle_minutes: minutes(inputs, "idleSessionTimeout")?.unwrap_or(IDLE_MINUTES),
        max_minutes: minutes(inputs, "maxSessionDuration")?,
    })
}

/// Empty text is how the console writes that there is none.
fn text(inputs: &Value, name: &str) -> Result<Option<String>, Missing> {
    match inputs.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Some(other) => Err(wrong(name, other)),
    }
}

fn switch(inputs: &Value, name: &str) -> Result<bool, Missing> {
    match inputs.get(name) {
        None => Ok(false),
        Some(Value::Bool(on)) => Ok(*on),
        Some(Value::String(text)) if text == "true" => Ok(true),
        Some(Value::String(text)) if text == "false" || text.is_empty() => Ok(false),
        Some(other) => Err(wrong(name, other)),
    }
}

/// Minutes are written as text.
fn minutes(inputs: &Value, name: &str) -> Result<Option<i64>, Missing> {
    let parse = |text: String| text.parse().map_err(|_| wrong(name, &Value::String(text)));
    text(inputs, name)?.map(parse).transpose()
}

fn wrong(name: &str, value: &Value) -> Missing {
    Missing(format!("the session document holds {name} = {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_preferences_are_none() {
        let all = preferences(r#"{"inputs": {"s3BucketName": "", "kmsKeyId": ""}}"#).unwrap();
        assert_eq!(all.log_bucket, None);
        assert_eq!((all.idle_minutes, all.max_minutes), (20, None));
        assert!(!all.log_bucket_encrypted);
    }

    #[test]
    fn what_is_set_is_read() {
        let all = preferences(
            r#"{"inputs": {"s3BucketName": "b", "s3EncryptionEnabled": true, "cloudWatchEncryptionEnabled": "true",
                "idleSessionTimeout": "5", "maxSessionDuration": "60"}}"#,
        )
        .unwrap();
        assert_eq!(all.log_bucket.as_deref(), Some("b"));
        assert!(all.log_bucket_encrypted && all.log_group_encrypted);
        assert_eq!((all.idle_minutes, all.max_minutes), (5, Some(60)));
    }

    #[test]
    fn what_does_not_read_is_malformed() {
        for content in [
            "",
            "{}",
            r#"{"inputs": {"idleSessionTimeout": "soon"}}"#,
            r#"{"inputs": {"s3EncryptionEnabled": 1}}"#,
            r#"{"inputs": {"s3BucketName": ["b"]}}"#,
        ] {
            assert!(preferences(content).is_err(), "{content}");
        }
    }
}
