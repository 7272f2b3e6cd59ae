//! On which days a check has evidence.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::calendar::stretches;
use super::{Bounds, day, next, number};
use crate::history::State;
use crate::history::timeline::{Absence, Known, Timeline};

/// The days of the window, counted by the evidence there is for a check: `evidenced + in_part + none` are all of them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Coverage {
    /// Days with a run that decided the check for every resource it knew of.
    pub evidenced: u32,
    /// Days whose runs judged the check and left something undecided: a fact unread, a population not listed in full, a
    /// region not looked at.
    pub in_part: u32,
    /// Days without a run that judged the check.
    pub none: u32,
    /// Days of the window.
    pub days: u32,
    /// Runs that judged it.
    pub runs: u32,
    /// The longest stretch of days that are not evidenced; none where each is.
    pub longest_gap: Option<Stretch>,
}

/// Consecutive days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// How many.
    pub days: u32,
}

/// The evidence of every check.
pub(super) struct Days {
    bounds: Bounds,
    days: Vec<Date>,
    /// By check: runs that judged it.
    judged: BTreeMap<u32, Vec<u32>>,
    /// Check and run: something was left undecided.
    undecided: BTreeSet<(u32, u32)>,
    of_run: BTreeMap<u32, Date>,
}

pub(super) fn of(timeline: &Timeline, bounds: Bounds) -> Days {
    let mut judged: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut undecided = BTreeSet::new();
    let mut of_run = BTreeMap::new();
    // Runs before the window count for what their sources still held when it began.
    for place in 0..bounds.past {
        let Some(run) = timeline.run(place) else {
            continue;
        };
        of_run.insert(place, day(run.started));
        for (check, version) in run.judged.iter().enumerate() {
            let check = number(check);
            if version.is_some() {
                judged.entry(check).or_default().push(place);
                if run.partial {
                    undecided.insert((check, place));
                }
            }
        }
        undecided.extend(run.unlisted.iter().map(|(check, _)| (*check, place)));
    }
    for series in &timeline.series {
        for span in timeline.spans(series) {
            let open = match span.what {
                Known::Judged(segment) => segment.state == State::Unknown,
                Known::Absent(Absence::Hidden | Absence::NotLooked) => series.resource.is_some(),
                Known::Absent(Absence::Gone) => false,
            };
            if open {
                undecided.extend((span.first..=span.last).map(|run| (series.check, run)));
            }
        }
    }
    let mut days = Vec::new();
    let mut today = Some(bounds.from);
    while let Some(day) = today.filter(|day| *day <= bounds.to) {
        days.push(day);
        today = next(day);
    }
    Days {
        bounds,
        days,
        judged,
        undecided,
        of_run,
    }
}

impl Days {
    /// The coverage of a check.
    pub(super) fn of_check(&self, check: u32) -> Coverage {
        let mut whole = BTreeSet::new();
        let mut part = BTreeSet::new();
        let mut runs = 0;
        for run in self.runs(check).filter(|run| self.bounds.has(*run)) {
            runs += 1;
            if let Some(day) = self.of_run.get(&run) {
                if self.decided(check, run) {
                    whole.insert(*day);
                } else {
                    part.insert(*day);
                }
            }
        }
        let evidenced = number(whole.len());
        let in_part = number(part.difference(&whole).count());
        let all = number(self.days.len());
        let without = stretches(self.days.iter().map(|day| (*day, !whole.contains(day))));
        Coverage {
            evidenced,
            in_part,
            none: all - evidenced - in_part,
            days: all,
            runs,
            // Of equals the first.
            longest_gap: without.into_iter().rev().max_by_key(|stretch| stretch.days),
        }
    }

    /// The runs that judged a check, those before the window included.
    pub(super) fn runs(&self, check: u32) -> impl Iterator<Item = u32> {
        self.judged.get(&check).into_iter().flatten().copied()
    }

    /// Whether a run that judged a check left nothing of it undecided.
    pub(super) fn decided(&self, check: u32, run: u32) -> bool {
        !self.undecided.contains(&(check, run))
    }
}
