//! The log files of a trail: what the event history has forgotten after ninety days, and data events where the trail keeps them.
//!
//! Files are read one after the other, each record by record; what is kept are the run's own events and what the files show of the
//! trail. That the trail has no event of a call speaks against the run only where the trail shows that it would have one: it has
//! files of that region, delivered after the call, none of them damaged, with events of calls that read. Otherwise the call is unread.
//!
//! Whether the files are those that CloudTrail delivered, `aws cloudtrail validate-logs` says, by the trail's digest files.

mod find;
mod kept;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{Document, Wanted};
use crate::aws::session::home_region;
use crate::bundle::corroborate::{Event, SCHEMA, history_of, reconcile};
use crate::history::HistoryError;
use crate::history::store::Store;
use crate::inventory::attempt::Attempt;

use find::{LogFile, Sought};
use kept::Kept;

/// How long after an event the file that has it may be delivered: after five minutes on average, and nothing is promised.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html#cloudtrail-log-filename-format>
const LATE: SignedDuration = SignedDuration::from_hours(24);

/// What was read of a trail.
#[derive(Debug, Clone, Serialize)]
pub struct Trail {
    /// The folder, or the bucket and prefix.
    pub place: String,
    /// Log files of the run's accounts, regions and time.
    pub files: u64,
    /// Records in those that are whole.
    pub records: u64,
    /// Files with events of the run.
    pub held: Vec<Held>,
    /// What could not be read, or does not say whether it would have an event.
    pub unread: Vec<Unread>,
}

/// A log file with events of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Its path.
    pub file: String,
    /// SHA-256 of it, hexadecimal: the trail's digest files name it by the same.
    pub sha256: String,
    /// How many of the run's events it has.
    pub events: u64,
}

/// Why the calls of a region, or of one service in it, are not held against the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The region.
    pub region: String,
    /// The one service; absent where it is all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<&'static str>,
    /// The file that is damaged; absent where it is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Why.
    pub why: String,
}

/// The one service whose management events a trail of reads may leave out and that a scan calls.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html#filtering-management-events>
const LEFT_OUT: &str = "kms";

/// Looks up and compares.
///
/// # Errors
/// When the place cannot be listed, or holds no log file at all of the run's accounts, regions and time. A file that cannot be read is
/// named and no error.
pub fn corroborate(store: &Store, wanted: Wanted<'_>) -> Result<Document, HistoryError> {
    let callers = &wanted.manifest.run.callers;
    let home = callers
        .first()
        .map_or("us-east-1", |caller| home_region(&caller.partition));
    let (from, to) = wanted.window();
    let regions: BTreeSet<&str> = wanted
        .attempts
        .iter()
        .map(|attempt| history_of(attempt, home))
        .collect();
    let sought = Sought {
        accounts: callers.iter().map(|one| one.account.as_str()).collect(),
        regions,
        from,
        to: to.checked_add(LATE).unwrap_or(to),
    };
    let files = find::files(store, &sought)?;
    if files.is_empty() {
        return Err(HistoryError::NoLogs(store.name()));
    }
    let mut kept = Kept::of(&wanted.subject, (from, to));
    let mut damaged = Vec::new();
    for file in &files {
        if let Err(why) = kept.take(file) {
            damaged.push(Unread {
                region: file.region.clone(),
                service: None,
                file: Some(file.path()),
                why,
            });
        }
    }
    let (read, mut unread) = shown(&wanted, home, &sought, &files, &kept, &damaged);
    let left_out: BTreeSet<&str> = wanted
        .attempts
        .iter()
        .filter(|attempt| attempt.service == LEFT_OUT)
        .map(|attempt| history_of(attempt, home))
        .filter(|region| read.contains(*region) && !kept.shows.encrypts.contains(*region))
        .collect();
    let is_read = |attempt: &Attempt| {
        let region = history_of(attempt, home);
        read.contains(region) && (attempt.service != LEFT_OUT || !left_out.contains(region))
    };
    unread.extend(left_out.iter().map(|region| Unread {
        region: (*region).to_owned(),
        service: Some(LEFT_OUT),
        file: None,
        why: "its log files have no event of KMS: the trail may leave them out".to_owned(),
    }));
    let events: Vec<Event> = kept.events.into_values().collect();
    let found = reconcile(wanted.attempts, &events, &is_read);
    Ok(Document {
        schema: SCHEMA,
        run: wanted.manifest.run.id.clone(),
        manifest_sha256: wanted.manifest_sha256.to_owned(),
        asked_at: wanted.now,
        asked_by: None,
        asked_for: wanted.subject.clone(),
        from,
        to,
        read,
        gaps: Vec::new(),
        trail: Some(Trail {
            place: store.name(),
            files: files.len() as u64,
            records: kept.records,
            held: kept.held,
            unread: damaged.into_iter().chain(unread).collect(),
        }),
        found,
    })
}

/// The regions of which the files show that the trail would have the run's calls, and why not of others.
fn shown(
    wanted: &Wanted<'_>,
    home: &str,
    sought: &Sought<'_>,
    files: &[LogFile],
    kept: &Kept<'_>,
    damaged: &[Unread],
) -> (BTreeSet<String>, Vec<Unread>) {
    let mut last: BTreeMap<&str, Timestamp> = BTreeMap::new();
    for file in files {
        let delivered = last.entry(&file.region).or_insert(file.delivered);
        *delivered = file.delivered.max(*delivered);
    }
    let mut read = BTreeSet::new();
    let mut unread = Vec::new();
    for region in &sought.regions {
        let calls = wanted.attempts.iter();
        let ended = calls
            .filter(|attempt| history_of(attempt, home) == *region)
            .map(|attempt| attempt.ended)
            .max();
        let why = match (last.get(region), ended) {
            (None, _) => Some("there is no log file of the region and the time".to_owned()),
            // A file is named after the minute.
            (Some(delivered), Some(ended)) if delivered.as_second() + 60 <= ended.as_second() => {
                Some(format!(
                    "its last log file was delivered at {delivered}, before the run's last call there at {ended}"
                ))
            }
            (Some(_), _) if !kept.shows.reads.contains(*region) => Some(
                "its log files have no event of a call that reads: the trail may keep writes alone"
                    .to_owned(),
            ),
            (Some(_), _) => None,
        };
        match why {
            Some(why) => unread.push(Unread {
                region: (*region).to_owned(),
                service: None,
                file: None,
                why,
            }),
            None if damaged.iter().any(|one| one.region == *region) => {}
            None => {
                read.insert((*region).to_owned());
            }
        }
    }
    (read, unread)
}
