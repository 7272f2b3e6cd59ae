//! What is kept of log files while they are read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Held;
use super::find::LogFile;
use crate::aws::Missing;
use crate::aws::cloudtrail::{self, Record};
use crate::bundle::corroborate::Event;
use crate::bundle::digest;
use crate::scan::corroborate::{BY_KEY, Subject};

/// Bytes that a log file may have, packed: many times what CloudTrail puts in one.
const MOST: u64 = 256 * 1024 * 1024;

/// The run's events, and what the files show of the trail.
pub(super) struct Kept<'a> {
    subject: &'a Subject,
    from: Timestamp,
    to: Timestamp,
    /// By CloudTrail's id: two trails of one bucket each have their own copy.
    pub(super) events: BTreeMap<String, Event>,
    pub(super) held: Vec<Held>,
    pub(super) records: u64,
    pub(super) shows: Shows,
}

/// What the files show of the trail, whoever made the calls.
#[derive(Debug, Default)]
pub(super) struct Shows {
    /// Regions with events of calls that read.
    pub(super) reads: BTreeSet<String>,
    /// Regions with events of KMS.
    pub(super) encrypts: BTreeSet<String>,
}

impl<'a> Kept<'a> {
    pub(super) fn of(subject: &'a Subject, (from, to): (Timestamp, Timestamp)) -> Self {
        Self {
            subject,
            from,
            to,
            events: BTreeMap::new(),
            held: Vec::new(),
            records: 0,
            shows: Shows::default(),
        }
    }

    /// Takes in a file: all of it, or nothing where something of it is wrong.
    pub(super) fn take(&mut self, file: &LogFile) -> Result<(), String> {
        if file.bytes > MOST {
            return Err(format!(
                "it has {} bytes, more than any log file",
                file.bytes
            ));
        }
        let bytes = file.read()?;
        let mut events = Vec::new();
        let mut shows = Shows::default();
        let records = cloudtrail::file::read(&bytes, &mut |text| {
            let record = Record::of(text.get()).map_err(|error| format!("a record: {error}"))?;
            if record.read_only == Some(true) {
                shows.reads.insert(file.region.clone());
            }
            if record.source() == Ok("kms.amazonaws.com") {
                shows.encrypts.insert(file.region.clone());
            }
            if self.is_ours(&record) {
                let event = event(&record, text.get()).map_err(|lacks| lacks.0)?;
                if (self.from..=self.to).contains(&event.at) {
                    events.push(event);
                }
            }
            Ok(())
        })?;
        self.records += records;
        self.shows.reads.append(&mut shows.reads);
        self.shows.encrypts.append(&mut shows.encrypts);
        if !events.is_empty() {
            self.held.push(Held {
                file: file.path(),
                sha256: digest(&bytes).sha256,
                events: events.len() as u64,
            });
        }
        let by_id = events.into_iter();
        self.events
            .extend(by_id.map(|event| (event.event_id.clone(), event)));
        Ok(())
    }

    fn is_ours(&self, record: &Record) -> bool {
        let value = if self.subject.attribute == BY_KEY {
            record.access_key()
        } else {
            record.username()
        };
        value.is_some_and(|value| self.subject.values.iter().any(|one| one == value))
    }
}

fn event(record: &Record, text: &str) -> Result<Event, Missing> {
    Ok(Event {
        event_id: record.id()?.to_owned(),
        name: record.name()?.to_owned(),
        source: record.source()?.to_owned(),
        region: record.region()?.to_owned(),
        at: record.time()?,
        request_id: record.request_id.clone(),
        error: record.error.clone(),
        sha256: digest(text.as_bytes()).sha256,
    })
}
