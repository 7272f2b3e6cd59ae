//! Every verdict through time, as intervals of runs that say the same.

use serde::Serialize;

use super::Bounds;
use crate::history::timeline::{Absence, Known, Span, Timeline};
use crate::history::{Seen, State};

/// One verdict in the window.
#[derive(Debug, Serialize)]
pub struct Interval {
    /// Its id: the same in every run, so that with a run it names the evidence.
    pub verdict: String,
    /// The check.
    pub check: String,
    /// Kind of the resource.
    pub kind: String,
    /// ARN; none where a population could not be listed.
    pub resource: Option<String>,
    /// The name people use.
    pub name: String,
    /// Region, or `global`.
    pub region: String,
    /// What the runs say, in order of time.
    pub states: Vec<Interrupted>,
}

/// Consecutive runs that say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Interrupted {
    /// What they say.
    pub state: IntervalState,
    /// The first run with it: its first evidence.
    pub first: Seen,
    /// The last.
    pub last: Seen,
    /// How many runs. At each of them it was so; between them no run looked.
    pub runs: u32,
    /// SHA-256 of the rule; none where there is no verdict.
    pub rule: Option<String>,
    /// The waiver that covers a failure.
    pub waiver: Option<String>,
}

/// What runs say of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalState {
    /// The assertion held.
    Pass,
    /// It did not.
    Fail,
    /// It did not, and a waiver accepted that.
    Waived,
    /// A fact it rests on could not be read.
    Unknown,
    /// The check did not apply.
    NotApplicable,
    /// The population could not be listed in full, and this was not in what was listed.
    Hidden,
    /// Not evidenced: the check or the region was out of the runs' scope.
    NotLooked,
    /// The runs looked, and it was not there.
    Gone,
}

impl IntervalState {
    /// As reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Waived => "waived",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
            Self::Hidden => "hidden",
            Self::NotLooked => "not_looked",
            Self::Gone => "gone",
        }
    }
}

pub(super) fn of(timeline: &Timeline, bounds: Bounds) -> Vec<Interval> {
    let mut all: Vec<Interval> = timeline
        .series
        .iter()
        .filter_map(|series| {
            let states: Vec<Interrupted> = timeline
                .spans(series)
                .into_iter()
                .filter_map(|span| within(timeline, span, bounds))
                .collect();
            // What was gone before the window began is none of its.
            states
                .iter()
                .any(|one| one.state != IntervalState::Gone)
                .then(|| Interval {
                    verdict: series.verdict(),
                    check: check(timeline, series.check),
                    kind: series.kind.to_string(),
                    resource: series.resource.as_deref().map(str::to_owned),
                    name: series.name.to_string(),
                    region: series.region.to_string(),
                    states,
                })
        })
        .collect();
    all.sort_by(|a, b| {
        (&a.check, &a.region, &a.resource, &a.verdict).cmp(&(
            &b.check,
            &b.region,
            &b.resource,
            &b.verdict,
        ))
    });
    all
}

/// The part of a span that lies in the window.
fn within(timeline: &Timeline, span: Span, bounds: Bounds) -> Option<Interrupted> {
    let (first, last) = (
        span.first.max(bounds.first),
        span.last.min(bounds.past.checked_sub(1)?),
    );
    if first > last {
        return None;
    }
    let (state, segment) = match span.what {
        Known::Judged(segment) => (judged(segment.state), Some(segment)),
        Known::Absent(Absence::Hidden) => (IntervalState::Hidden, None),
        Known::Absent(Absence::NotLooked) => (IntervalState::NotLooked, None),
        Known::Absent(Absence::Gone) => (IntervalState::Gone, None),
    };
    Some(Interrupted {
        state,
        first: timeline.seen(first)?,
        last: timeline.seen(last)?,
        runs: last - first + 1,
        rule: segment
            .and_then(|segment| timeline.versions.get(segment.version as usize))
            .map(|version| version.sha256.clone()),
        waiver: segment
            .and_then(|segment| timeline.waivers.get(segment.waiver? as usize))
            .map(|waiver| waiver.id.clone()),
    })
}

fn judged(state: State) -> IntervalState {
    match state {
        State::Pass => IntervalState::Pass,
        State::Fail => IntervalState::Fail,
        State::Waived => IntervalState::Waived,
        State::Unknown => IntervalState::Unknown,
        State::NotApplicable => IntervalState::NotApplicable,
    }
}

/// The id of a check by its place.
pub(super) fn check(timeline: &Timeline, place: u32) -> String {
    let check = timeline.checks.get(place as usize);
    check.map_or_else(String::new, |check| check.id.to_string())
}
