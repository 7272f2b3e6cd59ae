//! A run's calls looked up in CloudTrail's event history, with the credentials of whoever wants to know.
//!
//! The history is asked by the id of the access key that signed the run's calls, or by the name of its session where a run was
//! recorded before the ids were kept: CloudTrail cannot be asked by request id.
//! <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html>

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_types::SdkConfig;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ScanError;
use crate::aws::session;
use crate::aws::{
    Api, Missing, Plan, Progress, Protocol, Question, Shared, Site, Turn, missing, pages,
};
use crate::bundle::corroborate::{Corroboration, Event, SCHEMA, history_of, reconcile};
use crate::bundle::{Manifest, digest};
use crate::inventory::attempt::Attempt;
use crate::inventory::{GLOBAL, Gap, Told};

const API: Api = Api::new(
    "cloudtrail",
    Protocol::Json {
        version: "1.1",
        target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
    },
);

/// The calls that are made, as a plan and a policy name them.
pub const CALLS: [&str; 2] = ["cloudtrail:LookupEvents", "sts:GetCallerIdentity"];

/// How long CloudTrail keeps the history.
pub const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// By when CloudTrail has delivered most events: on average after five minutes, and nothing is promised.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html>
pub const DELIVERED: SignedDuration = SignedDuration::from_mins(60);

/// Around the run's own time: clocks differ, and events carry the time of their service.
const AROUND: SignedDuration = SignedDuration::from_mins(10);

/// CloudTrail lets two requests a second through in an account and region.
const PACE: Duration = Duration::from_millis(550);

/// `corroboration.json`.
#[derive(Debug, Serialize)]
pub struct Document {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The run.
    pub run: String,
    /// SHA-256 of its manifest, hexadecimal: which evidence was looked up.
    pub manifest_sha256: String,
    /// When CloudTrail was asked.
    pub asked_at: Timestamp,
    /// Who asked: the caller's ARN.
    pub asked_by: String,
    /// By what the history was asked: `AccessKeyId` or `Username`, with the values.
    pub asked_for: Subject,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// Regions whose history was read to its end.
    pub read: BTreeSet<String>,
    /// Why others were not.
    pub gaps: Vec<Arc<Gap>>,
    /// What came of it.
    #[serde(flatten)]
    pub found: Corroboration,
}

/// Whose calls are looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// The attribute that CloudTrail is asked by.
    pub attribute: &'static str,
    /// Its values, in order.
    pub values: Vec<String>,
}

impl Subject {
    /// The run's access keys, or its session's name where they are not known; nothing where neither is.
    pub fn of(manifest: &Manifest, attempts: &[Attempt]) -> Option<Self> {
        let keys: BTreeSet<&String> = attempts
            .iter()
            .filter_map(|attempt| attempt.access_key_id.as_ref())
            .collect();
        let sessions: BTreeSet<String> = manifest
            .run
            .callers
            .iter()
            .filter_map(|caller| crate::inventory::run::session_of(&caller.arn))
            .map(str::to_owned)
            .collect();
        if !keys.is_empty() {
            return Some(Self {
                attribute: "AccessKeyId",
                values: keys.into_iter().cloned().collect(),
            });
        }
        (!sessions.is_empty()).then(|| Self {
            attribute: "Username",
            values: sessions.into_iter().collect(),
        })
    }
}

/// What is to be looked up.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The bundle's manifest.
    pub manifest: &'a Manifest,
    /// SHA-256 of it.
    pub manifest_sha256: &'a str,
    /// The bundle's attempts.
    pub attempts: &'a [Attempt],
    /// Whose.
    pub subject: Subject,
    /// When CloudTrail is asked: now, or the recorded time.
    pub now: Timestamp,
    /// Whether the answers are recorded ones.
    pub replayed: bool,
}

/// Looks up and compares.
///
/// # Errors
/// When AWS does not tell who is asking. What else it does not tell is a gap.
pub async fn corroborate(
    sdk: SdkConfig,
    wanted: Wanted<'_>,
    progress: Arc<Progress>,
) -> Result<Document, ScanError> {
    let own_region = sdk
        .region()
        .map_or("us-east-1", |region| region.as_ref())
        .to_owned();
    let plan = Plan::new(CALLS.map(str::to_owned));
    let shared = Arc::new(Shared::new(
        sdk,
        plan,
        wanted.now,
        wanted.replayed,
        progress,
    ));
    let door = Site::new("caller", "aws", GLOBAL, &own_region, shared.clone());
    let caller = session::caller(&door).await?;
    let home = session::home_region(&caller.partition);
    let global = Site::new(&caller.account, &caller.partition, GLOBAL, home, shared);

    let (from, to) = window(wanted.attempts, wanted.now);
    let regions: BTreeSet<&str> = wanted
        .attempts
        .iter()
        .map(|attempt| history_of(attempt, home))
        .collect();
    let mut read = BTreeSet::new();
    let mut gaps = Vec::new();
    let mut events = BTreeMap::new();
    for region in regions {
        let site = global.at(region);
        match history(&site, &wanted.subject, (from, to)).await {
            Ok(found) => {
                read.insert(region.to_owned());
                let by_id = found.into_iter();
                events.extend(by_id.map(|event| (event.event_id.clone(), event)));
            }
            Err(gap) => gaps.push(gap),
        }
    }
    let events: Vec<Event> = events.into_values().collect();
    Ok(Document {
        schema: SCHEMA,
        run: wanted.manifest.run.id.clone(),
        manifest_sha256: wanted.manifest_sha256.to_owned(),
        asked_at: wanted.now,
        asked_by: caller.arn,
        asked_for: wanted.subject,
        from,
        to,
        found: reconcile(wanted.attempts, &events, &read, home),
        read,
        gaps,
    })
}

fn window(attempts: &[Attempt], now: Timestamp) -> (Timestamp, Timestamp) {
    let first = attempts.iter().map(|attempt| attempt.started).min();
    let last = attempts.iter().map(|attempt| attempt.ended).max();
    let (first, last) = (first.unwrap_or(now), last.unwrap_or(now));
    (
        first.checked_sub(AROUND).unwrap_or(first),
        last.checked_add(AROUND).unwrap_or(last),
    )
}

/// The events of one region, page by page.
async fn history(
    site: &Site,
    subject: &Subject,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Event>, Arc<Gap>> {
    let found = Mutex::new(Vec::new());
    for value in &subject.values {
        pages(
            async |token| {
                if !site.is_replayed() {
                    tokio::time::sleep(PACE).await;
                }
                let input = json!({
                    "LookupAttributes": [{ "AttributeKey": subject.attribute, "AttributeValue": value }],
                    "StartTime": from.as_second(),
                    "EndTime": to.as_second(),
                    "MaxResults": 50,
                    "NextToken": token,
                });
                let about = format!("{}={value}", subject.attribute);
                site.tell::<Page>(&API, "LookupEvents", Question::json(input), about)
                    .await
            },
            |page| Turn::to(page.next.as_deref()),
            async |page: &Told<Page>| {
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                for listed in &page.value.events {
                    found.push(listed.event(&site.region)?);
                }
                Ok(())
            },
        )
        .await?;
    }
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}

#[derive(Debug, Deserialize)]
struct Page {
    #[serde(rename = "Events")]
    events: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "EventId")]
    id: String,
    #[serde(rename = "CloudTrailEvent")]
    record: String,
}

/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    event_name: String,
    event_source: String,
    event_time: Timestamp,
    #[serde(rename = "requestID")]
    request_id: Option<String>,
    error_code: Option<String>,
}

impl Listed {
    fn event(&self, region: &str) -> Result<Event, Missing> {
        let record: Record = serde_json::from_str(&self.record)
            .map_err(|error| missing(&format!("the members of event {}: {error}", self.id)))?;
        Ok(Event {
            event_id: self.id.clone(),
            name: record.event_name,
            source: record.event_source,
            region: region.to_owned(),
            at: record.event_time,
            request_id: record.request_id,
            error: record.error_code,
            sha256: digest(self.record.as_bytes()).sha256,
        })
    }
}
