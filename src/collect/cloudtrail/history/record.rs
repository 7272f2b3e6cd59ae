//! One event as CloudTrail records it, with the members that are kept of it.

use serde::Deserialize;

use crate::aws::{Missing, Moment, missing};

/// <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Event.html>
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    #[serde(rename = "Events")]
    pub(super) events: Vec<Listed>,
    #[serde(rename = "NextToken")]
    pub(super) next: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    #[serde(rename = "EventId")]
    pub(super) id: String,
    #[serde(rename = "EventName")]
    pub(super) name: String,
    #[serde(rename = "EventTime")]
    pub(super) time: Moment,
    #[serde(rename = "EventSource")]
    pub(super) source: String,
    /// Left out where the call is about nothing that CloudTrail knows.
    #[serde(rename = "Resources", default)]
    resources: Vec<Target>,
    #[serde(rename = "CloudTrailEvent")]
    record: String,
}

#[derive(Debug, Deserialize)]
struct Target {
    /// CloudTrail knows the type of some alone.
    #[serde(rename = "ResourceName")]
    name: Option<String>,
}

impl Listed {
    /// What the event says of who and how.
    pub(super) fn record(&self) -> Result<Record, Missing> {
        serde_json::from_str(&self.record)
            .map_err(|error| Missing(format!("the event {} is not one: {error}", self.id)))
    }

    pub(super) fn targets(&self) -> Vec<String> {
        let names = self.resources.iter().filter_map(|one| one.name.clone());
        names.collect()
    }
}

/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
#[derive(Debug, Deserialize)]
pub(super) struct Record {
    #[serde(rename = "userIdentity")]
    who: Who,
    #[serde(rename = "requestID")]
    pub(super) request_id: Option<String>,
    /// Left out where the call succeeded.
    #[serde(rename = "errorCode")]
    pub(super) error: Option<String>,
    /// Left out of calls that were not made in the console.
    #[serde(rename = "sessionCredentialFromConsole")]
    from_console: Option<String>,
    #[serde(rename = "requestParameters")]
    parameters: Option<Parameters>,
}

/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Who {
    arn: Option<String>,
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

#[derive(Debug, Deserialize)]
struct Parameters {
    status: Option<String>,
}

impl Record {
    /// Which of the members there are depends on who it was.
    pub(super) fn actor(&self) -> Result<String, Missing> {
        let who = &self.who;
        let known = who.arn.as_ref().or(who.invoked_by.as_ref());
        let known = known
            .or(who.user_name.as_ref())
            .or(who.principal_id.as_ref());
        known
            .or(who.account_id.as_ref())
            .cloned()
            .ok_or(missing("who made the call"))
    }

    pub(super) fn role(&self) -> Option<String> {
        let session = self.who.session_context.as_ref()?;
        let arn = session.session_issuer.as_ref()?.arn.as_ref()?;
        arn.contains(":role/").then(|| arn.clone())
    }

    pub(super) fn by_service(&self) -> Option<String> {
        self.who.invoked_by.clone()
    }

    pub(super) fn in_console(&self) -> bool {
        self.from_console.as_deref() == Some("true")
    }

    pub(super) fn status(&self) -> Option<String> {
        self.parameters.as_ref()?.status.clone()
    }
}
