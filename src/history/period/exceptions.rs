//! The life of each failure.

use jiff::Timestamp;
use serde::Serialize;

use super::responses::Answer;
use super::{Bounds, intervals, responses};
use crate::check::{Counts, Severity};
use crate::history::row::Waiver;
use crate::history::timeline::{Absence, Known, Segment, Series, Timeline};
use crate::history::{Seen, State};

/// A failure of one check on one resource, from the first run that saw it to the first that found nothing wrong.
#[derive(Debug, Serialize)]
pub struct Exception {
    /// Verdict and first failing run: the same in every report on this history.
    pub id: String,
    /// The verdict's id.
    pub verdict: String,
    /// The check.
    pub check: String,
    /// True exactly when the check passes.
    pub title: String,
    /// How much it matters, by the rule of the day.
    pub severity: Severity,
    /// The criteria the check is evidence for.
    pub criteria: Vec<String>,
    /// Kind of the resource.
    pub kind: String,
    /// ARN.
    pub resource: Option<String>,
    /// The name people use.
    pub name: String,
    /// Region, or `global`.
    pub region: String,
    /// The last run before that found nothing wrong: it cannot have begun earlier. None where no run before saw the
    /// resource pass or absent; when it began is then not known.
    pub not_before: Option<Fine>,
    /// The first run that saw it: its first evidence.
    pub opened: Seen,
    /// When that run had ended, and so could be read.
    pub detected: Option<Timestamp>,
    /// The last run that saw it.
    pub last_failing: Seen,
    /// The first run after that found nothing wrong; none where it was open when the window ended.
    pub closed: Option<Fine>,
    /// Where it was open when the window ended: what the last run said.
    pub at_end: Option<End>,
    /// Whether it was open when the window began.
    pub open_at_start: bool,
    /// Seconds from the first failing run to the last: so long it lasted at the least.
    pub at_least_seconds: i64,
    /// Seconds from the last run before that found nothing wrong to the first after: it cannot have lasted longer. None
    /// where either is missing.
    pub at_most_seconds: Option<i64>,
    /// The same within the window: at the least.
    pub in_window_at_least_seconds: i64,
    /// The same within the window: at the most.
    pub in_window_at_most_seconds: i64,
    /// Which failure of this check on this resource it is in the history, counted from 1.
    pub occurrence: u32,
    /// The failure before it.
    pub recurrence_of: Option<String>,
    /// Runs between its first and last failing run that could not tell.
    pub undecided_runs: u32,
    /// Whether the rule of the first failing run is another than that of the run before which found nothing wrong.
    pub opened_under_other_rule: bool,
    /// Whether the rule of the run that found nothing wrong again is another than that of the last failing run.
    pub closed_under_other_rule: bool,
    /// The waivers it bore, in order of time.
    pub waivers: Vec<Borne>,
    /// What management says of it. Its own statement: no part of the tests, and not verified by them.
    pub responses: Vec<Answer>,
}

/// A run that found nothing wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fine {
    /// Which.
    #[serde(flatten)]
    pub seen: Seen,
    /// What it found.
    pub how: How,
}

/// In what way nothing was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The assertion held.
    Pass,
    /// The check did not apply.
    NotApplicable,
    /// The resource was not there, and its population was listed in full.
    Gone,
}

impl How {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pass => "passes",
            Self::NotApplicable => "does not apply",
            Self::Gone => "not there",
        }
    }
}

/// What the last run said of a failure that was open when the window ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It fails.
    Fails,
    /// It could not tell, and no run had found it mended.
    Unknown,
    /// It did not look.
    NotLooked,
}

/// A waiver over the life of a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Borne {
    /// The waiver, as the verdict bore it.
    #[serde(flatten)]
    pub waiver: Waiver,
    /// The first failing run that it covered.
    pub first: Seen,
    /// The last.
    pub last: Seen,
}

/// A failure while it is followed.
struct Open {
    before: Option<(u32, How, Option<u32>)>,
    first: Segment,
    last: u32,
    version: u32,
    undecided: u32,
    /// Undecided runs since the last failing one.
    since: u32,
    end: End,
    waivers: Vec<(u32, u32, u32)>,
}

pub(super) fn of(timeline: &Timeline, bounds: Bounds) -> Vec<Exception> {
    let mut all: Vec<Exception> = timeline
        .series
        .iter()
        .filter(|series| series.segments.iter().any(|segment| segment.state.fails()))
        .flat_map(|series| of_series(timeline, series, bounds))
        .collect();
    all.sort_by(|a, b| {
        let order = |one: &Exception| {
            (
                std::cmp::Reverse(one.severity),
                one.opened.at,
                one.check.clone(),
                one.id.clone(),
            )
        };
        order(a).cmp(&order(b))
    });
    all
}

fn of_series(timeline: &Timeline, series: &Series, bounds: Bounds) -> Vec<Exception> {
    let mut found = Vec::new();
    let mut before = came(timeline, series);
    let mut open: Option<Open> = None;
    let mut earlier: Option<String> = None;
    let mut occurrence = 0;
    for span in timeline.spans(series) {
        let fine = match span.what {
            Known::Judged(segment) => match segment.state {
                State::Fail | State::Waived => {
                    let life = open.get_or_insert_with(|| Open {
                        before,
                        first: segment,
                        last: span.last,
                        version: segment.version,
                        undecided: 0,
                        since: 0,
                        end: End::Fails,
                        waivers: Vec::new(),
                    });
                    life.undecided += std::mem::take(&mut life.since);
                    (life.last, life.version, life.end) = (span.last, segment.version, End::Fails);
                    if let Some(waiver) = segment.waiver {
                        life.waivers.push((waiver, span.first, span.last));
                    }
                    None
                }
                State::Unknown => {
                    pause(&mut open, span.last - span.first + 1, End::Unknown);
                    None
                }
                State::Pass => Some((How::Pass, Some(segment.version))),
                State::NotApplicable => Some((How::NotApplicable, Some(segment.version))),
            },
            Known::Absent(Absence::Hidden) => {
                pause(&mut open, span.last - span.first + 1, End::Unknown);
                None
            }
            Known::Absent(Absence::NotLooked) => {
                pause(&mut open, span.last - span.first + 1, End::NotLooked);
                None
            }
            Known::Absent(Absence::Gone) => Some((How::Gone, None)),
        };
        if let Some((how, version)) = fine {
            if let Some(life) = open.take() {
                occurrence += 1;
                let closed = Some((span.first, how, version));
                let one = exception(timeline, series, life, closed, bounds, occurrence, earlier);
                earlier = one.as_ref().map(|one| one.id.clone());
                found.extend(one);
            }
            before = Some((span.last, how, version));
        }
    }
    if let Some(life) = open.take() {
        found.extend(exception(
            timeline,
            series,
            life,
            None,
            bounds,
            occurrence + 1,
            earlier,
        ));
    }
    let counts = |one: &Exception| {
        one.opened.at < bounds.end
            && one
                .closed
                .as_ref()
                .is_none_or(|closed| closed.seen.at >= bounds.start)
    };
    found.retain(counts);
    // A list for review, or an advice, has no exceptions: what it finds is for a person to look at.
    let decides = timeline
        .checks
        .get(series.check as usize)
        .and_then(|check| timeline.versions.get(check.version as usize))
        .is_some_and(|version| version.words.outcome == Counts::Verdict);
    if decides { found } else { Vec::new() }
}

/// The run before a series' first, where it looked and the resource was not there.
fn came(timeline: &Timeline, series: &Series) -> Option<(u32, How, Option<u32>)> {
    let before = series.segments.first()?.first.checked_sub(1)?;
    (timeline.absence(series, before) == Absence::Gone).then_some((before, How::Gone, None))
}

fn pause(open: &mut Option<Open>, runs: u32, end: End) {
    if let Some(life) = open {
        life.since += runs;
        life.end = end;
    }
}

fn exception(
    timeline: &Timeline,
    series: &Series,
    life: Open,
    closed: Option<(u32, How, Option<u32>)>,
    bounds: Bounds,
    occurrence: u32,
    recurrence_of: Option<String>,
) -> Option<Exception> {
    let words = &timeline.versions.get(life.first.version as usize)?.words;
    let (opened, last) = (timeline.seen(life.first.first)?, timeline.seen(life.last)?);
    let fine = |one: Option<(u32, How, Option<u32>)>| {
        one.and_then(|(run, how, _)| timeline.seen(run).map(|seen| Fine { seen, how }))
    };
    let (not_before, closing) = (fine(life.before), fine(closed));
    let seconds = |from: Timestamp, to: Timestamp| (to.as_second() - from.as_second()).max(0);
    let clip = |at: Timestamp| at.clamp(bounds.start, bounds.end);
    let earliest = not_before.as_ref().map(|fine| fine.seen.at);
    let latest = closing.as_ref().map(|fine| fine.seen.at);
    let other = |one: Option<(u32, How, Option<u32>)>, version: u32| {
        one.and_then(|(_, _, rule)| rule)
            .is_some_and(|rule| rule != version)
    };
    Some(Exception {
        id: format!("{}@{}", series.verdict(), opened.run),
        verdict: series.verdict(),
        check: intervals::check(timeline, series.check),
        title: words.title.clone(),
        severity: words.severity,
        criteria: words.criteria.clone(),
        kind: series.kind.to_string(),
        resource: series.resource.as_deref().map(str::to_owned),
        name: series.name.to_string(),
        region: series.region.to_string(),
        detected: timeline.run(life.first.first).and_then(|run| run.finished),
        open_at_start: opened.at < bounds.start,
        at_least_seconds: seconds(opened.at, last.at),
        at_most_seconds: earliest.zip(latest).map(|(from, to)| seconds(from, to)),
        in_window_at_least_seconds: seconds(clip(opened.at), clip(last.at)),
        in_window_at_most_seconds: seconds(
            clip(earliest.unwrap_or(bounds.start)),
            clip(latest.unwrap_or(bounds.end)),
        ),
        occurrence,
        recurrence_of,
        undecided_runs: life.undecided,
        opened_under_other_rule: other(life.before, life.first.version),
        closed_under_other_rule: other(closed, life.version),
        waivers: waivers(timeline, &life.waivers),
        responses: responses::of(timeline, series, opened.at),
        at_end: closing.is_none().then_some(life.end),
        not_before,
        opened,
        last_failing: last,
        closed: closing,
    })
}

fn waivers(timeline: &Timeline, borne: &[(u32, u32, u32)]) -> Vec<Borne> {
    let mut all: Vec<Borne> = Vec::new();
    for (waiver, first, last) in borne {
        let (Some(waiver), Some(first), Some(last)) = (
            timeline.waivers.get(*waiver as usize),
            timeline.seen(*first),
            timeline.seen(*last),
        ) else {
            continue;
        };
        match all.last_mut() {
            Some(before) if before.waiver == *waiver => before.last = last,
            Some(_) | None => all.push(Borne {
                waiver: waiver.clone(),
                first,
                last,
            }),
        }
    }
    all
}
