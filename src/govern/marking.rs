//! Waivers held against verdicts, one verdict at a time.
//!
//! A verdict is marked and stays what it is. Only a failure is ever waived: what could not be read is nothing that anybody
//! can have accepted. Every waiver comes out with its state, also one that marks nothing.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::pattern::covers;
use super::waiver::Terms;
use super::{Governance, Waiver};
use crate::check::{self, About, Check, Outcome};

/// How a waiver stands on the day of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It counts, and covers a failure.
    Active,
    /// It counts, and there is no failure for it to cover.
    Unmatched,
    /// Its check was left out of the run, so nobody knows what it would cover.
    LeftOut,
    /// Its day, or that of its approval, has not come.
    NotYetInForce,
    /// Its last day has passed.
    Expired,
    /// It is to last longer than the severity of its check allows.
    TooLong,
    /// It was taken back.
    Revoked,
    /// Another took its place.
    Superseded,
    /// There is no check of that id.
    UnknownCheck,
}

impl State {
    /// All of them, in the order of the report: what needs attention first.
    pub const ALL: [Self; 9] = [
        Self::Expired,
        Self::TooLong,
        Self::UnknownCheck,
        Self::Unmatched,
        Self::NotYetInForce,
        Self::Superseded,
        Self::Revoked,
        Self::LeftOut,
        Self::Active,
    ];

    /// As people read it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Unmatched => "unmatched",
            Self::LeftOut => "left out",
            Self::NotYetInForce => "not yet in force",
            Self::Expired => "expired",
            Self::TooLong => "too long",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
            Self::UnknownCheck => "unknown check",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// The verdicts on the resources that a waiver names, whatever came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// Its check passes.
    pub pass: u64,
    /// It fails, waived or not.
    pub fail: u64,
    /// It could not be decided.
    pub unknown: u64,
    /// It does not apply.
    pub not_applicable: u64,
}

impl Matched {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Pass => self.pass += 1,
            Outcome::Fail => self.fail += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::NotApplicable => self.not_applicable += 1,
        }
    }

    /// All of them.
    #[must_use]
    pub fn resources(self) -> u64 {
        self.pass + self.fail + self.unknown + self.not_applicable
    }
}

/// A waiver, and what the run found of it.
#[derive(Debug, Clone)]
pub struct Marked<'a> {
    /// The waiver.
    pub waiver: &'a Waiver,
    /// The check it is about, also where the waiver calls it by a former id. None: there is no such check.
    pub check: Option<&'a Check>,
    /// How it stands.
    pub state: State,
    /// The most days it may last.
    pub max_days: Option<u32>,
    /// The failures it covers.
    pub applied: u64,
    /// The verdicts on what it names.
    pub matched: Matched,
    /// The waiver that has its place, where it is superseded.
    pub superseded_by: Option<&'a str>,
}

/// Marks verdicts with the waivers that cover them.
#[derive(Debug)]
pub struct Marking<'a> {
    by_check: BTreeMap<&'a str, Vec<Marked<'a>>>,
    aside: Vec<Marked<'a>>,
}

impl<'a> Marking<'a> {
    /// The waivers as they stand on `day`, over the checks that are judged and those left out.
    pub fn new(
        governance: &'a Governance,
        judged: &'a [Check],
        left_out: &'a [Check],
        day: Date,
    ) -> Self {
        let mut marking = Self {
            by_check: BTreeMap::new(),
            aside: Vec::new(),
        };
        for waiver in &governance.waivers {
            let check = named(judged, &waiver.check);
            let absent = named(left_out, &waiver.check);
            let known = check.or(absent);
            let max_days = known.map(|check| governance.limits.days(check.severity));
            let superseded_by = governance
                .waivers
                .iter()
                .find(|other| other.supersedes.contains(&waiver.id) && day >= other.counts_from())
                .map(|other| other.id.as_str());
            let state = match (known, max_days) {
                (None, _) | (_, None) => State::UnknownCheck,
                (Some(_), Some(days)) => {
                    let barred = barred(waiver, days, superseded_by.is_some(), day);
                    barred.unwrap_or(if check.is_none() {
                        State::LeftOut
                    } else {
                        State::Active
                    })
                }
            };
            let marked = Marked {
                waiver,
                check: known,
                state,
                max_days,
                applied: 0,
                matched: Matched::default(),
                superseded_by,
            };
            match check {
                Some(check) => marking
                    .by_check
                    .entry(check.id.as_str())
                    .or_default()
                    .push(marked),
                None => marking.aside.push(marked),
            }
        }
        marking
    }

    /// The waiver that covers this verdict, if one does: of several, the one that was approved last.
    pub fn covers(&mut self, verdict: &check::Verdict<'_>) -> Option<&'a Waiver> {
        // Nobody can have accepted what is not even listed.
        let About::Resource(resource) = verdict.about else {
            return None;
        };
        let waivers = self.by_check.get_mut(verdict.check.id.as_str())?;
        let named = waivers.iter_mut().filter(|marked| {
            let Terms {
                resource: pattern,
                account,
                region,
                ..
            } = &marked.waiver.terms;
            covers(pattern, &resource.arn)
                && account
                    .as_deref()
                    .is_none_or(|it| *it == *verdict.place.account)
                && region
                    .as_deref()
                    .is_none_or(|it| *it == *verdict.place.region)
        });
        let mut chosen: Option<&mut Marked<'a>> = None;
        for marked in named {
            marked.matched.count(verdict.outcome);
            let counts = verdict.outcome == Outcome::Fail && marked.state == State::Active;
            let later = chosen
                .as_ref()
                .is_none_or(|best| marked.waiver.terms.approved > best.waiver.terms.approved);
            if counts && later {
                chosen = Some(marked);
            }
        }
        let marked = chosen?;
        marked.applied += 1;
        Some(marked.waiver)
    }

    /// Every waiver with its state, what needs attention first, then by id.
    pub fn finish(self) -> Vec<Marked<'a>> {
        let all = self.by_check.into_values().flatten().chain(self.aside);
        let mut all: Vec<Marked<'a>> = all
            .map(|mut marked| {
                if marked.state == State::Active && marked.applied == 0 {
                    marked.state = State::Unmatched;
                }
                marked
            })
            .collect();
        let place = |state: State| State::ALL.iter().position(|it| *it == state);
        all.sort_by(|a, b| (place(a.state), &a.waiver.id).cmp(&(place(b.state), &b.waiver.id)));
        all
    }
}

/// The check of that id, or that once had it.
fn named<'a>(checks: &'a [Check], id: &str) -> Option<&'a Check> {
    let by_id = checks.iter().find(|check| check.id == id);
    by_id.or_else(|| {
        checks
            .iter()
            .find(|check| check.was.iter().any(|was| was == id))
    })
}

/// Why a waiver does not count on that day, if it does not.
fn barred(waiver: &Waiver, max_days: u32, superseded: bool, day: Date) -> Option<State> {
    if waiver.terms.revoked.is_some_and(|revoked| day >= revoked) {
        return Some(State::Revoked);
    }
    if superseded {
        return Some(State::Superseded);
    }
    if days_between(waiver.terms.from, waiver.terms.expires) > i64::from(max_days) {
        return Some(State::TooLong);
    }
    if day > waiver.terms.expires {
        return Some(State::Expired);
    }
    (day < waiver.counts_from()).then_some(State::NotYetInForce)
}

/// Days from one day to another; fewer than none where the other is before.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

#[cfg(test)]
mod tests;
