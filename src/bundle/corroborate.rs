//! A run's calls against what CloudTrail recorded of them, both ways.
//!
//! CloudTrail is a record that the scanner cannot write. That it has a call shows *that* the call was made, when, by whom and
//! with which outcome. It does not show what the call answered: of calls that read, CloudTrail keeps no answer.
//!
//! A call is matched by the id that AWS gave the request, and the rest must agree: name, region, outcome, time. Whatever does
//! not is named.

mod names;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::inventory::attempt::Attempt;

/// Names the form of `corroboration.json`.
pub const SCHEMA: &str = "tieout.corroboration.v1";

/// How far the time of an event may lie from that of the request: CloudTrail's own clock, whole seconds, requests that waited.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// One event of CloudTrail's history, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Event {
    /// CloudTrail's id of the event.
    pub event_id: String,
    /// `eventName`.
    pub name: String,
    /// `eventSource`: `s3.amazonaws.com`.
    pub source: String,
    /// The region whose history it stands in.
    pub region: String,
    /// `eventTime`.
    pub at: Timestamp,
    /// `requestID`: the id that the service gave the request.
    pub request_id: Option<String>,
    /// `errorCode`, where the call was refused or failed.
    pub error: Option<String>,
    /// SHA-256 of the event as it was kept, hexadecimal.
    pub sha256: String,
}

/// A recorded call, as it is named to people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// Service.
    pub service: String,
    /// Operation.
    pub operation: String,
    /// Region that the request was signed for.
    pub region: String,
    /// Number of the call within the run.
    pub call: u64,
    /// Number of the attempt.
    pub attempt: u32,
    /// AWS's request id, where an answer brought one.
    pub request_id: Option<String>,
    /// When the answer had arrived.
    pub at: Timestamp,
}

impl Named {
    fn of(attempt: &Attempt) -> Self {
        Self {
            service: attempt.service.clone(),
            operation: attempt.operation.clone(),
            region: attempt.region.clone(),
            call: attempt.call,
            attempt: attempt.attempt,
            request_id: request_id(attempt).map(str::to_owned),
            at: attempt.ended,
        }
    }
}

/// A call and an event that have one request id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The call.
    #[serde(flatten)]
    pub call: Named,
    /// The event.
    pub event: Event,
}

/// A call that CloudTrail cannot confirm, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotCorroborable {
    /// The call.
    #[serde(flatten)]
    pub call: Named,
    /// Why not.
    pub why: String,
    /// Where AWS says so; none where the run itself does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'static str>,
}

/// A call and an event of one request id that do not agree otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// The call.
    #[serde(flatten)]
    pub call: Named,
    /// The event.
    pub event: Event,
    /// In what.
    pub in_what: Vec<&'static str>,
}

/// The arithmetic of one service: `attempts = matched + differing + missing + unread + not_corroborable`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Attempts in the bundle.
    pub attempts: u64,
    /// CloudTrail has them.
    pub matched: u64,
    /// CloudTrail has another call of that id.
    pub differing: u64,
    /// What CloudTrail keeps was read and has them not.
    pub missing: u64,
    /// What CloudTrail keeps of their region could not be read.
    pub unread: u64,
    /// CloudTrail may have recorded no such call.
    pub not_corroborable: u64,
}

/// What came of holding a run against CloudTrail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Corroboration {
    /// The arithmetic, by service.
    pub services: BTreeMap<String, Line>,
    /// Calls with their events.
    pub matched: Vec<Match>,
    /// Calls whose event says something else.
    pub differing: Vec<Differing>,
    /// Calls that CloudTrail should have and has not.
    pub missing: Vec<Named>,
    /// Calls of which CloudTrail's record could not be read.
    pub unread: Vec<Named>,
    /// Calls that CloudTrail cannot have.
    pub not_corroborable: Vec<NotCorroborable>,
    /// Events of the same session that no recorded call has made.
    pub unclaimed: Vec<Event>,
}

impl Corroboration {
    /// Sums of all services.
    pub fn total(&self) -> Line {
        let mut total = Line::default();
        for line in self.services.values() {
            total.attempts += line.attempts;
            total.matched += line.matched;
            total.differing += line.differing;
            total.missing += line.missing;
            total.unread += line.unread;
            total.not_corroborable += line.not_corroborable;
        }
        total
    }

    /// Whether something speaks against the run: a call that CloudTrail should have and has not, has otherwise, or has and the
    /// bundle lacks.
    pub fn contradicts(&self) -> bool {
        !(self.differing.is_empty() && self.missing.is_empty() && self.unclaimed.is_empty())
    }
}

/// The region whose history has the events of calls signed for `region`: that of the services without one is in one of them.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events>
pub fn history_of<'a>(attempt: &'a Attempt, home: &'a str) -> &'a str {
    if attempt.region == crate::inventory::GLOBAL {
        home
    } else {
        &attempt.region
    }
}

/// Holds the attempts of a run against the events of its session. `is_read` says of an attempt whether what CloudTrail keeps of such
/// a call was read to its end.
pub fn reconcile(
    attempts: &[Attempt],
    events: &[Event],
    is_read: &dyn Fn(&Attempt) -> bool,
) -> Corroboration {
    let mut open: BTreeMap<&str, &Event> = BTreeMap::new();
    let mut unclaimed: Vec<Event> = Vec::new();
    for event in events {
        match &event.request_id {
            // CloudTrail may list an event twice on the border of two pages.
            Some(id) => {
                open.insert(id, event);
            }
            None => unclaimed.push(event.clone()),
        }
    }
    let mut found = Corroboration::default();
    for attempt in attempts {
        let line = found.services.entry(attempt.service.clone()).or_default();
        line.attempts += 1;
        let call = Named::of(attempt);
        let event = request_id(attempt).and_then(|id| open.remove(id));
        if let Some(event) = event {
            let in_what = differences(attempt, event);
            let event = event.clone();
            if in_what.is_empty() {
                line.matched += 1;
                found.matched.push(Match { call, event });
            } else {
                line.differing += 1;
                found.differing.push(Differing {
                    call,
                    event,
                    in_what,
                });
            }
        } else if let Some((why, link)) = not_corroborable(attempt) {
            line.not_corroborable += 1;
            let why = why.to_owned();
            found
                .not_corroborable
                .push(NotCorroborable { call, why, link });
        } else if is_read(attempt) {
            line.missing += 1;
            found.missing.push(call);
        } else {
            line.unread += 1;
            found.unread.push(call);
        }
    }
    unclaimed.extend(open.into_values().cloned());
    unclaimed.sort();
    found.unclaimed = unclaimed;
    found
}

fn request_id(attempt: &Attempt) -> Option<&str> {
    attempt.answer.as_ref()?.request_id.as_deref()
}

fn differences(attempt: &Attempt, event: &Event) -> Vec<&'static str> {
    let refused = attempt
        .answer
        .as_ref()
        .is_some_and(|answer| answer.status >= 400);
    let early = attempt.started.saturating_sub(TOLERANCE);
    let late = attempt.ended.saturating_add(TOLERANCE);
    let in_time =
        matches!((early, late), (Ok(early), Ok(late)) if early <= event.at && event.at <= late);
    [
        (names::is_of(&event.source, &attempt.service), "the service"),
        (
            names::is(&event.name, &attempt.service, &attempt.operation),
            "the operation",
        ),
        (in_time, "the time"),
        // Some services note a refusal that is an ordinary answer (`NoSuchBucketPolicy`) as an error, others do not; a call that was
        // answered must not be one that CloudTrail saw refused.
        (refused || event.error.is_none(), "the outcome"),
    ]
    .into_iter()
    .filter_map(|(same, what)| (!same).then_some(what))
    .collect()
}

/// Why CloudTrail may not have an attempt, and where AWS says so.
fn not_corroborable(attempt: &Attempt) -> Option<(&'static str, Option<&'static str>)> {
    let documented = |(why, link)| (why, Some(link));
    if let Some(known) = names::unrecorded(&attempt.service, &attempt.operation) {
        return Some(documented(known));
    }
    let Some(answer) = &attempt.answer else {
        return Some(("no answer came, so no request id is known", None));
    };
    if answer.request_id.is_none() {
        return Some(("the answer brought no request id", None));
    }
    names::unauthenticated(&attempt.service, &answer.body).map(documented)
}

#[cfg(test)]
mod tests;
