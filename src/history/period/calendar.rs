//! The days of a window, the runs on them, and the gaps between.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{Bounds, day, days as days_between, next, number};
use crate::history::timeline::Timeline;

/// A run in the window.
#[derive(Debug, Serialize)]
pub struct Run {
    /// Its id.
    pub id: String,
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
    /// Regions it read.
    pub regions: Vec<String>,
    /// How many checks it judged.
    pub checks: u32,
    /// Where its bundle is.
    pub place: String,
    /// SHA-256 of its manifest.
    pub manifest_sha256: String,
}

/// A day of the window.
#[derive(Debug, Serialize)]
pub struct Day {
    /// Which, in UTC.
    pub day: Date,
    /// How it stands.
    pub state: DayState,
    /// The runs that started on it.
    pub runs: Vec<String>,
    /// Bundles of this day that were left out.
    pub excluded: Vec<String>,
}

/// How a day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// A run that came to its end.
    Run,
    /// Runs that were stopped, and no other.
    Partial,
    /// A run whose bundle had to be left out: there is no evidence of this day.
    Excluded,
    /// No run: there is no evidence of this day.
    Gap,
}

/// Planned and actual runs.
#[derive(Debug, Serialize)]
pub struct Cadence {
    /// A run was planned at least once in so many days.
    pub every_days: u32,
    /// How many spans of so many days the window has, each of which should have a run.
    pub planned: u32,
    /// How many runs there were.
    pub actual: u32,
    /// The first day of each span that had none.
    pub missed: Vec<Date>,
    /// The first run.
    pub first: Option<Timestamp>,
    /// The last run.
    pub last: Option<Timestamp>,
    /// The longest time without a run, the ends of the window included.
    pub longest_gap: Gap,
    /// Every stretch of days without a run.
    pub gaps: Vec<super::Stretch>,
}

/// A time without a run.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// From a run, or the beginning of the window.
    pub from: Timestamp,
    /// To the next run, or the end of the window.
    pub to: Timestamp,
    /// How long, in seconds.
    pub seconds: i64,
}

pub(super) fn runs(timeline: &Timeline, bounds: Bounds) -> Vec<Run> {
    let range = bounds.first..bounds.past;
    range
        .filter_map(|run| timeline.run(run))
        .map(|run| Run {
            id: run.id.clone(),
            started: run.started,
            finished: run.finished,
            tool: run.tool.clone(),
            partial: run.partial,
            caller: run.caller.clone(),
            regions: run.regions.iter().cloned().collect(),
            checks: number(run.judged.iter().flatten().count()),
            place: run.place.clone(),
            manifest_sha256: run.manifest.clone(),
        })
        .collect()
}

pub(super) fn days(timeline: &Timeline, bounds: Bounds) -> Vec<Day> {
    let mut on: BTreeMap<Date, (Vec<String>, bool)> = BTreeMap::new();
    for run in (bounds.first..bounds.past).filter_map(|run| timeline.run(run)) {
        let (ids, whole) = on.entry(day(run.started)).or_default();
        ids.push(run.id.clone());
        *whole |= !run.partial;
    }
    let mut left_out: BTreeMap<Date, Vec<String>> = BTreeMap::new();
    for one in &timeline.excluded {
        // A replay or a copy says nothing of its day that the run itself does not.
        if let Some(at) = one.at {
            left_out.entry(day(at)).or_default().push(one.place.clone());
        }
    }
    let mut all = Vec::new();
    let mut today = Some(bounds.from);
    while let Some(day) = today.filter(|day| *day <= bounds.to) {
        let (runs, whole) = on.remove(&day).unwrap_or_default();
        let excluded = left_out.remove(&day).unwrap_or_default();
        let state = match (runs.is_empty(), whole, excluded.is_empty()) {
            (false, true, _) => DayState::Run,
            (false, false, _) => DayState::Partial,
            (true, _, false) => DayState::Excluded,
            (true, _, true) => DayState::Gap,
        };
        all.push(Day {
            day,
            state,
            runs,
            excluded,
        });
        today = next(day);
    }
    all
}

pub(super) fn cadence(
    timeline: &Timeline,
    bounds: Bounds,
    calendar: &[Day],
    every_days: u32,
) -> Cadence {
    let every = every_days.max(1);
    let spans = calendar.chunks(every as usize);
    let missed: Vec<Date> = spans
        .clone()
        .filter(|span| span.iter().all(|day| day.runs.is_empty()))
        .filter_map(|span| span.first().map(|day| day.day))
        .collect();
    let times: Vec<Timestamp> = (bounds.first..bounds.past)
        .filter_map(|run| timeline.run(run))
        .map(|run| run.started)
        .collect();
    let ends: Vec<Timestamp> = std::iter::once(bounds.start)
        .chain(times.iter().copied())
        .chain([bounds.end])
        .collect();
    let longest = ends
        .iter()
        .zip(ends.iter().skip(1))
        .map(|(from, to)| Gap {
            from: *from,
            to: *to,
            seconds: to.as_second() - from.as_second(),
        })
        // Of equals the first.
        .reduce(|longest, gap| {
            if gap.seconds > longest.seconds {
                gap
            } else {
                longest
            }
        });
    Cadence {
        every_days: every,
        planned: number(spans.count()),
        actual: number(times.len()),
        missed,
        first: times.first().copied(),
        last: times.last().copied(),
        longest_gap: longest.unwrap_or(Gap {
            from: bounds.start,
            to: bounds.end,
            seconds: bounds.end.as_second() - bounds.start.as_second(),
        }),
        gaps: stretches(calendar.iter().map(|day| (day.day, day.runs.is_empty()))),
    }
}

/// Stretches of consecutive days for which something holds.
pub(super) fn stretches(days: impl Iterator<Item = (Date, bool)>) -> Vec<super::Stretch> {
    let mut found: Vec<super::Stretch> = Vec::new();
    for (day, holds) in days {
        if !holds {
            continue;
        }
        match found.last_mut() {
            Some(last) if next(last.to) == Some(day) => {
                last.to = day;
                last.days = days_between(last.from, day) + 1;
            }
            Some(_) | None => found.push(super::Stretch {
                from: day,
                to: day,
                days: 1,
            }),
        }
    }
    found
}
