//! What many runs say of each resource, kept as intervals: a state that a thousand runs repeat is stored once.
//!
//! A [`Segment`] is a stretch of consecutive runs that came to the same state by the same rule. What lies between its
//! first and last run was seen at each run between them, and at no other instant. Where a run says nothing of a
//! resource, [`Absence`] tells why: it did not look, it could not list the population, or it looked and the resource
//! was not there.

mod load;
mod merge;
mod read;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::circumstance::Circumstance;
use super::row::Waiver;
use super::rule::Words;
use super::{Seen, State};
use crate::govern::Response;
use crate::inventory::GLOBAL;

pub use read::History;

/// Everything the bundles of one account say, in order of time.
#[derive(Debug, Default)]
pub struct Timeline {
    /// The account.
    pub account: String,
    /// The runs, by time.
    pub runs: Vec<Run>,
    /// Bundles that could not be taken in, each with the reason.
    pub excluded: Vec<Excluded>,
    /// Every check that a run judged, in the order they were first met.
    pub checks: Vec<Check>,
    /// Every rule by which a check was judged.
    pub versions: Vec<Version>,
    /// Every waiver that a verdict bore.
    pub waivers: Vec<Waiver>,
    /// What management says of exceptions, each with the first run that keeps it.
    pub responses: Vec<(Response, u32)>,
    /// Every verdict there ever was, each with its states through time.
    pub series: Vec<Series>,
}

/// One run.
#[derive(Debug)]
pub struct Run {
    /// Its id.
    pub id: String,
    /// Where its bundle is.
    pub place: String,
    /// When it started.
    pub started: Timestamp,
    /// When the last answer had arrived.
    pub finished: Option<Timestamp>,
    /// Version of the tool.
    pub tool: String,
    /// Whether it was stopped before it had read everything.
    pub partial: bool,
    /// Who scanned.
    pub caller: String,
    /// The account's alias.
    pub alias: String,
    /// Regions it read.
    pub regions: BTreeSet<String>,
    /// SHA-256 of its manifest.
    pub manifest: String,
    /// The version of the rule by which it judged each check, by the check's place in [`Timeline::checks`]; none, or past
    /// the end, where it did not judge it.
    pub judged: Vec<Option<u32>>,
    /// Populations, by check and region, that it could not list in full.
    pub unlisted: HashSet<(u32, Arc<str>)>,
    /// What is other than in the run before.
    pub changes: Vec<Circumstance>,
    /// What each criterion came to, as the run reported it. Empty where the bundle does not keep it.
    pub results: Vec<(String, String)>,
}

/// A bundle that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Excluded {
    /// Where it is.
    pub place: String,
    /// The run, if its manifest could be read.
    pub run: Option<String>,
    /// When the run started, if its manifest could be read.
    pub at: Option<Timestamp>,
    /// Why.
    pub why: String,
}

/// One check, over all its versions.
#[derive(Debug)]
pub struct Check {
    /// Its id.
    pub id: Arc<str>,
    /// The latest version of its rule.
    pub version: u32,
    /// The calls that its evidence names, as service and operation.
    pub calls: BTreeSet<(String, String)>,
}

/// The rule of a check as some runs had it.
#[derive(Debug)]
pub struct Version {
    /// SHA-256 of the check's file.
    pub sha256: String,
    /// The parameters that were set for it, as JSON.
    pub parameters: String,
    /// Its words.
    pub words: Words,
}

/// One verdict through time.
#[derive(Debug)]
pub struct Series {
    /// Its id, sixteen hexadecimal digits as a number.
    pub id: u64,
    /// The check's place in [`Timeline::checks`].
    pub check: u32,
    /// Kind of the resource.
    pub kind: Arc<str>,
    /// ARN; none where a population could not be listed.
    pub resource: Option<Box<str>>,
    /// The name people use.
    pub name: Box<str>,
    /// Region, or `global`.
    pub region: Arc<str>,
    /// Its states, in order. Two segments may have runs between them that say nothing of it.
    pub segments: Vec<Segment>,
}

/// Consecutive runs that came to the same by the same rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// What they say.
    pub state: State,
    /// By which rule: its place in [`Timeline::versions`].
    pub version: u32,
    /// The waiver: its place in [`Timeline::waivers`].
    pub waiver: Option<u32>,
    /// The first of the runs.
    pub first: u32,
    /// The last of them.
    pub last: u32,
}

/// Why a run says nothing of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// The check or the region was out of its scope.
    NotLooked,
    /// The population could not be listed in full: it may be there unseen.
    Hidden,
    /// It looked, and it was not there.
    Gone,
}

/// What was known of a resource over consecutive runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// What.
    pub what: Known,
    /// The first of the runs.
    pub first: u32,
    /// The last of them.
    pub last: u32,
}

/// What a run knew of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A verdict.
    Judged(Segment),
    /// No verdict.
    Absent(Absence),
}

impl Series {
    /// Its id, as bundles spell it.
    pub fn verdict(&self) -> String {
        format!("{:016x}", self.id)
    }
}

impl Timeline {
    /// A run.
    pub fn run(&self, index: u32) -> Option<&Run> {
        self.runs.get(index as usize)
    }

    /// A run, as what it showed refers to it.
    pub fn seen(&self, index: u32) -> Option<Seen> {
        self.run(index).map(|run| Seen {
            run: run.id.clone(),
            at: run.started,
        })
    }

    /// By which rule a run judged a check; none where it did not.
    pub fn judged(&self, run: u32, check: u32) -> Option<u32> {
        self.run(run)?.judged.get(check as usize).copied().flatten()
    }

    /// Why a run says nothing of a series.
    pub fn absence(&self, series: &Series, run: u32) -> Absence {
        let Some(index) = self.run(run) else {
            return Absence::NotLooked;
        };
        let looked = self.judged(run, series.check).is_some()
            && (*series.region == *GLOBAL || index.regions.contains(&*series.region));
        if !looked {
            Absence::NotLooked
        } else if series.resource.is_some()
            && index
                .unlisted
                .contains(&(series.check, series.region.clone()))
        {
            Absence::Hidden
        } else {
            Absence::Gone
        }
    }

    /// What was known of a series from its first verdict to the last run, without holes.
    pub fn spans(&self, series: &Series) -> Vec<Span> {
        let mut spans = Vec::with_capacity(series.segments.len() + 1);
        let mut next = None;
        for segment in &series.segments {
            if let Some(next) = next {
                self.absent(series, next, segment.first, &mut spans);
            }
            spans.push(Span {
                what: Known::Judged(*segment),
                first: segment.first,
                last: segment.last,
            });
            next = Some(segment.last + 1);
        }
        if let Some(next) = next {
            self.absent(series, next, self.count(), &mut spans);
        }
        spans
    }

    /// How many runs there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.runs.len()).unwrap_or(u32::MAX)
    }

    fn absent(&self, series: &Series, from: u32, to: u32, spans: &mut Vec<Span>) {
        for run in from..to {
            let what = Known::Absent(self.absence(series, run));
            match spans.last_mut() {
                Some(last) if last.what == what => last.last = run,
                Some(_) | None => spans.push(Span {
                    what,
                    first: run,
                    last: run,
                }),
            }
        }
    }
}
