//! A run's calls looked up in what CloudTrail keeps of them, with the credentials of whoever wants to know: in the event history
//! ([`history`]), or in the log files of a trail ([`trail`]).

pub mod history;
pub mod trail;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::bundle::Manifest;
use crate::bundle::corroborate::Corroboration;
use crate::inventory::Gap;
use crate::inventory::attempt::Attempt;
use crate::inventory::run::session_of;

pub use history::CALLS;
pub use trail::Trail;

/// How long CloudTrail keeps the event history.
pub const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// By when CloudTrail has delivered most events: on average after five minutes, and nothing is promised.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html>
pub const DELIVERED: SignedDuration = SignedDuration::from_mins(60);

/// Around the run's own time: clocks differ, and events carry the time of their service.
const AROUND: SignedDuration = SignedDuration::from_mins(10);

/// `corroboration.json`.
#[derive(Debug, Serialize)]
pub struct Document {
    /// [`crate::bundle::corroborate::SCHEMA`].
    pub schema: &'static str,
    /// The run.
    pub run: String,
    /// SHA-256 of its manifest, hexadecimal: which evidence was looked up.
    pub manifest_sha256: String,
    /// When CloudTrail was asked, or its log files were read.
    pub asked_at: Timestamp,
    /// Who asked CloudTrail: the caller's ARN; none where log files were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<String>,
    /// By what it was looked for: `AccessKeyId` or `Username`, with the values.
    pub asked_for: Subject,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// Regions of which what CloudTrail keeps was read to its end.
    pub read: BTreeSet<String>,
    /// Why the event history of others was not.
    pub gaps: Vec<Arc<Gap>>,
    /// The log files that were read; none where the event history was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trail: Option<Trail>,
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

/// The attribute of an access key's id.
const BY_KEY: &str = "AccessKeyId";

/// The attribute of a session's name.
const BY_SESSION: &str = "Username";

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
            .filter_map(|caller| session_of(&caller.arn))
            .map(str::to_owned)
            .collect();
        if !keys.is_empty() {
            return Some(Self {
                attribute: BY_KEY,
                values: keys.into_iter().cloned().collect(),
            });
        }
        (!sessions.is_empty()).then(|| Self {
            attribute: BY_SESSION,
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

impl Wanted<'_> {
    /// From when to when the run's events are.
    fn window(&self) -> (Timestamp, Timestamp) {
        let first = self.attempts.iter().map(|attempt| attempt.started).min();
        let last = self.attempts.iter().map(|attempt| attempt.ended).max();
        let (first, last) = (first.unwrap_or(self.now), last.unwrap_or(self.now));
        (
            first.checked_sub(AROUND).unwrap_or(first),
            last.checked_add(AROUND).unwrap_or(last),
        )
    }
}
