//! What CloudTrail keeps of calls, as `LookupEvents` lists it and as a trail's log files hold it: the record is the same.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

pub mod file;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Api, Missing, Moment, Protocol, missing};
use crate::inventory::run::session_of;

/// CloudTrail's own API.
pub const API: Api = Api::new(
    "cloudtrail",
    Protocol::Json {
        version: "1.1",
        target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
    },
);

/// How many events a page of `LookupEvents` holds at most.
pub const PAGE: usize = 50;

/// A page of `LookupEvents`. <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Event.html>
#[derive(Debug, Deserialize)]
pub struct Page {
    /// The events, the latest first.
    #[serde(rename = "Events")]
    pub events: Vec<Listed>,
    /// Where the next page begins; none on the last.
    #[serde(rename = "NextToken")]
    pub next: Option<String>,
}

/// An event as `LookupEvents` lists it: a few members, and the whole record as text.
#[derive(Debug, Deserialize)]
pub struct Listed {
    /// CloudTrail's id of the event.
    #[serde(rename = "EventId")]
    pub id: String,
    #[serde(rename = "EventName")]
    name: Option<String>,
    #[serde(rename = "EventTime")]
    time: Option<Moment>,
    #[serde(rename = "EventSource")]
    source: Option<String>,
    /// Left out where the call is about nothing that CloudTrail knows.
    #[serde(rename = "Resources", default)]
    resources: Vec<Target>,
    /// The record, as JSON.
    #[serde(rename = "CloudTrailEvent")]
    pub text: String,
}

#[derive(Debug, Deserialize)]
struct Target {
    /// CloudTrail knows the type of some alone.
    #[serde(rename = "ResourceName")]
    name: Option<String>,
}

impl Listed {
    /// Name of the call.
    ///
    /// # Errors
    /// Where the event has none.
    pub fn name(&self) -> Result<&str, Missing> {
        self.name.as_deref().ok_or(missing("EventName"))
    }

    /// The service that was called: `iam.amazonaws.com`.
    ///
    /// # Errors
    /// Where the event names none.
    pub fn source(&self) -> Result<&str, Missing> {
        self.source.as_deref().ok_or(missing("EventSource"))
    }

    /// When it was called.
    ///
    /// # Errors
    /// Where the event does not say.
    pub fn time(&self) -> Result<Timestamp, Missing> {
        self.time.map(|time| time.0).ok_or(missing("EventTime"))
    }

    /// Names of what the call is about.
    pub fn targets(&self) -> Vec<String> {
        let names = self.resources.iter().filter_map(|one| one.name.clone());
        names.collect()
    }

    /// What the event says of who and how.
    ///
    /// # Errors
    /// Where its text is no record.
    pub fn record(&self) -> Result<Record, Missing> {
        Record::of(&self.text)
            .map_err(|error| Missing(format!("the event {} is not one: {error}", self.id)))
    }
}

/// The record of one event. What the members mean is said where they are told.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    #[serde(rename = "eventID")]
    id: Option<String>,
    event_name: Option<String>,
    event_source: Option<String>,
    event_time: Option<Timestamp>,
    aws_region: Option<String>,
    /// `requestID`: the id that the service gave the request.
    #[serde(rename = "requestID")]
    pub request_id: Option<String>,
    /// `errorCode`; left out where the call succeeded.
    #[serde(rename = "errorCode")]
    pub error: Option<String>,
    /// Whether the call only reads; left out of what is no call of an API.
    pub read_only: Option<bool>,
    /// Left out of calls that were not made in the console.
    session_credential_from_console: Option<String>,
    #[serde(rename = "userIdentity")]
    who: Option<Who>,
    /// Whatever the call was asked with: read only where it is looked at.
    request_parameters: Option<Box<RawValue>>,
}

/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Who {
    arn: Option<String>,
    access_key_id: Option<String>,
    invoked_by: Option<String>,
    user_name: Option<String>,
    principal_id: Option<String>,
    account_id: Option<String>,
    session_context: Option<Session>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    session_issuer: Option<Issuer>,
}

#[derive(Debug, Deserialize)]
struct Issuer {
    arn: Option<String>,
}

impl Record {
    /// The record that a text is.
    ///
    /// # Errors
    /// Where it is none.
    pub fn of(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// CloudTrail's id of the event.
    ///
    /// # Errors
    /// Where the record has none.
    pub fn id(&self) -> Result<&str, Missing> {
        self.id.as_deref().ok_or(missing("eventID"))
    }

    /// Name of the call.
    ///
    /// # Errors
    /// Where the record has none.
    pub fn name(&self) -> Result<&str, Missing> {
        self.event_name.as_deref().ok_or(missing("eventName"))
    }

    /// The service that was called: `iam.amazonaws.com`.
    ///
    /// # Errors
    /// Where the record names none.
    pub fn source(&self) -> Result<&str, Missing> {
        self.event_source.as_deref().ok_or(missing("eventSource"))
    }

    /// When it was called (UTC, whole seconds).
    ///
    /// # Errors
    /// Where the record does not say.
    pub fn time(&self) -> Result<Timestamp, Missing> {
        self.event_time.ok_or(missing("eventTime"))
    }

    /// The region that the call was made to.
    ///
    /// # Errors
    /// Where the record does not say.
    pub fn region(&self) -> Result<&str, Missing> {
        self.aws_region.as_deref().ok_or(missing("awsRegion"))
    }

    /// Who made the call. Which of the members there are depends on who it was.
    ///
    /// # Errors
    /// Where the record has none of them.
    pub fn actor(&self) -> Result<String, Missing> {
        let who = self.who.as_ref();
        let known = who.and_then(|who| {
            let known = who.arn.as_ref().or(who.invoked_by.as_ref());
            let known = known
                .or(who.user_name.as_ref())
                .or(who.principal_id.as_ref());
            known.or(who.account_id.as_ref())
        });
        known.cloned().ok_or(missing("who made the call"))
    }

    /// Id of the access key that signed the call.
    pub fn access_key(&self) -> Option<&str> {
        self.who.as_ref()?.access_key_id.as_deref()
    }

    /// The name that `LookupEvents` calls `Username`: that of a role's session, or of a user.
    pub fn username(&self) -> Option<&str> {
        let who = self.who.as_ref()?;
        let session = who.arn.as_deref().and_then(session_of);
        session.or(who.user_name.as_deref())
    }

    /// ARN of the role whose session made the call; none where it was no role's.
    pub fn role(&self) -> Option<String> {
        let session = self.who.as_ref()?.session_context.as_ref()?;
        let arn = session.session_issuer.as_ref()?.arn.as_ref()?;
        arn.contains(":role/").then(|| arn.clone())
    }

    /// The service of AWS that made the call for somebody.
    pub fn by_service(&self) -> Option<String> {
        self.who.as_ref()?.invoked_by.clone()
    }

    /// Whether it was made in the console.
    pub fn in_console(&self) -> bool {
        self.session_credential_from_console.as_deref() == Some("true")
    }

    /// The status that the call asked for, of those that set one.
    ///
    /// # Errors
    /// Where what stands there is no text.
    pub fn status(&self) -> Result<Option<String>, Missing> {
        let unreadable = || missing("the status in requestParameters as text");
        let Some(parameters) = &self.request_parameters else {
            return Ok(None);
        };
        let parameters: Value = serde_json::from_str(parameters.get()).map_err(|_| unreadable())?;
        match parameters.get("status") {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(status)) => Ok(Some(status.clone())),
            Some(_) => Err(unreadable()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_says_who_called_what_and_when() {
        let record = Record::of(
            r#"{ "eventID": "e", "eventName": "ListUsers", "eventSource": "iam.amazonaws.com",
                 "eventTime": "2026-11-24T02:11:09Z", "awsRegion": "us-east-1", "requestID": "r", "readOnly": true,
                 "userIdentity": { "arn": "arn:aws:sts::111122223333:assumed-role/scan/run-1", "accessKeyId": "ASIA1" } }"#,
        )
        .unwrap();
        assert_eq!(record.name(), Ok("ListUsers"));
        assert_eq!(record.access_key(), Some("ASIA1"));
        assert_eq!(record.username(), Some("run-1"));
        assert_eq!(record.role(), None);
        assert!(!record.in_console());
    }

    #[test]
    fn a_status_is_text_or_there_is_none_or_it_could_not_be_read() {
        let status = |parameters: &str| {
            Record::of(&format!("{{ \"requestParameters\": {parameters} }}"))
                .unwrap()
                .status()
        };
        assert_eq!(
            status(r#"{ "status": "Inactive" }"#),
            Ok(Some("Inactive".to_owned()))
        );
        assert_eq!(status("null"), Ok(None));
        assert_eq!(status(r#"{ "userName": "bob" }"#), Ok(None));
        assert!(status(r#"{ "status": ["Inactive"] }"#).is_err());
    }

    #[test]
    fn what_a_record_leaves_out_is_missing_and_no_default() {
        let record = Record::of("{}").unwrap();
        assert!(record.name().is_err() && record.time().is_err() && record.actor().is_err());
        assert!(Record::of("[]").is_err());
    }
}
