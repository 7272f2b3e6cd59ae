//! The counts of a report, added up from its rows.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use super::{Area, ByArea, ByFramework, BySeverity, Check, Counted, Gap, Population, Summary};
use crate::check::{Counts, Severity};
use crate::criteria::Framework;
use crate::criteria::result::{CriterionResult, ResultCounts};
use crate::inventory::gap::Reason;
use crate::inventory::run::{Coverage, Tally as CallTally};

impl AddAssign for Counted {
    fn add_assign(&mut self, other: Self) {
        self.discovered += other.discovered;
        self.tally += other.tally;
        self.unlisted += other.unlisted;
    }
}

impl Counted {
    /// Whether every resource that was found has exactly one verdict.
    pub fn ties_out(&self) -> bool {
        self.discovered == self.tally.discovered()
    }
}

/// The parts of a report that its summary adds up.
pub(super) struct Rows<'a> {
    pub(super) checks: &'a [Check],
    pub(super) criteria: &'a [CriterionResult],
    pub(super) frameworks: &'a [&'a Framework],
    pub(super) populations: &'a [Population],
    pub(super) coverage: &'a [Coverage],
    pub(super) gaps: &'a [Gap],
}

/// The counts.
pub(super) fn summary(rows: &Rows<'_>) -> Summary {
    let deciding = |check: &&Check| check.outcome == Counts::Verdict;
    Summary {
        resources: rows.populations.iter().map(|found| found.discovered).sum(),
        outcomes: add(rows.checks.iter().filter(deciding)).1,
        severities: Severity::ALL
            .into_iter()
            .map(|severity| {
                let of_severity = rows.checks.iter().filter(deciding);
                let (checks, outcomes) = add(of_severity.filter(|c| c.severity == severity));
                BySeverity {
                    severity,
                    checks,
                    outcomes,
                }
            })
            .collect(),
        areas: Area::ALL
            .into_iter()
            .map(|area| {
                let of_area = rows.checks.iter().filter(deciding);
                let (checks, outcomes) = add(of_area.filter(|check| check.area == area));
                ByArea {
                    area,
                    checks,
                    outcomes,
                    criteria: results(rows, Some(area)),
                }
            })
            .collect(),
        review: add(of_counts(rows.checks, Counts::Population)).1,
        advisory: add(of_counts(rows.checks, Counts::Advisory)).1,
        frameworks: results(rows, None),
        calls: calls(rows.coverage),
        actions_to_grant: actions_to_grant(rows.gaps),
    }
}

fn of_counts(checks: &[Check], counts: Counts) -> impl Iterator<Item = &Check> {
    checks.iter().filter(move |check| check.outcome == counts)
}

fn add<'a>(checks: impl Iterator<Item = &'a Check>) -> (u64, Counted) {
    let mut sum = Counted::default();
    let mut number = 0;
    for check in checks {
        sum += check.outcomes;
        number += 1;
    }
    (number, sum)
}

fn results(rows: &Rows<'_>, area: Option<Area>) -> Vec<ByFramework> {
    let in_area: Vec<CriterionResult> = rows
        .criteria
        .iter()
        .filter(|found| area.is_none_or(|area| Area::of_section(&found.section) == area))
        .cloned()
        .collect();
    rows.frameworks
        .iter()
        .map(|framework| ByFramework {
            framework: framework.id.clone(),
            title: framework.title.clone(),
            sha256: framework.sha256.clone(),
            results: ResultCounts::of(&in_area, &framework.id),
        })
        .collect()
}

fn calls(coverage: &[Coverage]) -> CallTally {
    let mut sum = CallTally::default();
    for line in coverage {
        sum += line.calls;
    }
    sum
}

fn actions_to_grant(gaps: &[Gap]) -> Vec<String> {
    let actions: BTreeSet<&String> = gaps
        .iter()
        .filter(|gap| gap.reason == Reason::Denied && !gap.action.is_empty())
        .map(|gap| &gap.action)
        .collect();
    actions.into_iter().cloned().collect()
}
