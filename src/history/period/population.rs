//! What each check judged: at the start, at the end, added and removed.

use serde::Serialize;

use super::{Bounds, number};
use crate::history::Seen;
use crate::history::timeline::{Absence, Known, Series, Span, Timeline};

/// The resources of a check in the window. They tie out:
/// `at_start + unseen_at_start + added - removed = at_end + unseen_at_end`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Population {
    /// The first run that judged the check; none where none did.
    pub start: Option<Seen>,
    /// The last.
    pub end: Option<Seen>,
    /// Resources at the first.
    pub at_start: u32,
    /// Resources known from runs before, which the first did not look for or could not list.
    pub unseen_at_start: u32,
    /// Whether the first listed the population in full.
    pub complete_at_start: bool,
    /// Resources at the last.
    pub at_end: u32,
    /// Resources known from runs before, which the last did not look for or could not list.
    pub unseen_at_end: u32,
    /// Whether the last listed the population in full.
    pub complete_at_end: bool,
    /// Resources that were seen at any time in the window.
    pub ever: u32,
    /// Those that came, in order of time. One that went and came again is here again.
    pub added: Vec<Came>,
    /// Those that went, in order of time.
    pub removed: Vec<Went>,
}

/// A resource of a population.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The verdict's id.
    pub verdict: String,
    /// ARN.
    pub resource: String,
    /// The name people use.
    pub name: String,
    /// Region, or `global`.
    pub region: String,
}

/// A resource that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Came {
    /// Which.
    #[serde(flatten)]
    pub member: Member,
    /// The first run with it.
    pub first: Seen,
    /// The run before; none where the history has none.
    pub before: Option<Seen>,
    /// Whether the run before looked, so that it came in between. Otherwise it may have been there long since.
    pub looked_before: bool,
}

/// A resource that went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Went {
    /// Which.
    #[serde(flatten)]
    pub member: Member,
    /// The last run with it.
    pub last: Seen,
    /// The first run that looked and did not find it.
    pub gone: Seen,
}

pub(super) fn of(timeline: &Timeline, bounds: Bounds) -> Vec<Population> {
    let mut populations: Vec<Population> = Vec::new();
    let mut ends: Vec<Option<(u32, u32)>> = Vec::new();
    for place in 0..timeline.checks.len() {
        let check = number(place);
        let mut judged =
            (bounds.first..bounds.past).filter(|run| timeline.judged(*run, check).is_some());
        let first = judged.next();
        let last = judged.next_back().or(first);
        let complete = |run: Option<u32>| {
            run.and_then(|run| timeline.run(run))
                .is_some_and(|run| !run.unlisted.iter().any(|(of, _)| *of == check))
        };
        populations.push(Population {
            start: first.and_then(|run| timeline.seen(run)),
            end: last.and_then(|run| timeline.seen(run)),
            complete_at_start: complete(first),
            complete_at_end: complete(last),
            ..Population::default()
        });
        ends.push(first.zip(last));
    }
    for series in &timeline.series {
        let place = series.check as usize;
        let (Some(population), Some(Some((start, end)))) =
            (populations.get_mut(place), ends.get(place).copied())
        else {
            continue;
        };
        if series.resource.is_some() {
            count(timeline, series, start, end, population);
        }
    }
    for population in &mut populations {
        population.added.sort_by(|a, b| {
            (a.first.at, &a.member.resource).cmp(&(b.first.at, &b.member.resource))
        });
        population
            .removed
            .sort_by(|a, b| (a.gone.at, &a.member.resource).cmp(&(b.gone.at, &b.member.resource)));
    }
    populations
}

fn count(timeline: &Timeline, series: &Series, start: u32, end: u32, population: &mut Population) {
    let spans = timeline.spans(series);
    let at = |run: u32| {
        spans
            .iter()
            .find(|span| (span.first..=span.last).contains(&run))
    };
    for (run, seen, unseen) in [
        (
            start,
            &mut population.at_start,
            &mut population.unseen_at_start,
        ),
        (end, &mut population.at_end, &mut population.unseen_at_end),
    ] {
        match at(run).map(|span| span.what) {
            Some(Known::Judged(_)) => *seen += 1,
            Some(Known::Absent(Absence::Hidden | Absence::NotLooked)) => *unseen += 1,
            Some(Known::Absent(Absence::Gone)) | None => {}
        }
    }
    let judged = |span: &Span| matches!(span.what, Known::Judged(_));
    if spans
        .iter()
        .any(|span| judged(span) && span.first <= end && span.last >= start)
    {
        population.ever += 1;
    }
    let within = |run: u32| run > start && run <= end;
    let mut there = false;
    for span in &spans {
        if span.what == Known::Absent(Absence::Gone) {
            if there && within(span.first) {
                population
                    .removed
                    .extend(went(timeline, series, &spans, span.first));
            }
            there = false;
        } else {
            if !there && within(span.first) {
                population.added.extend(came(timeline, series, span.first));
            }
            there = true;
        }
    }
}

fn member(series: &Series) -> Option<Member> {
    Some(Member {
        verdict: series.verdict(),
        resource: series.resource.as_deref()?.to_owned(),
        name: series.name.to_string(),
        region: series.region.to_string(),
    })
}

fn came(timeline: &Timeline, series: &Series, first: u32) -> Option<Came> {
    let before = first.checked_sub(1);
    Some(Came {
        member: member(series)?,
        first: timeline.seen(first)?,
        before: before.and_then(|run| timeline.seen(run)),
        looked_before: before.is_some_and(|run| timeline.absence(series, run) == Absence::Gone),
    })
}

fn went(timeline: &Timeline, series: &Series, spans: &[Span], gone: u32) -> Option<Went> {
    let last = spans
        .iter()
        .filter(|span| matches!(span.what, Known::Judged(_)) && span.last < gone)
        .map(|span| span.last)
        .next_back()?;
    Some(Went {
        member: member(series)?,
        last: timeline.seen(last)?,
        gone: timeline.seen(gone)?,
    })
}
