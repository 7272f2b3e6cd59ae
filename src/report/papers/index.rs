//! The index of the populations: how many are in each, whether that is all, what came of them.

use super::super::{Check, Report};
use super::cells::{shown, yes};
use super::digest::Digests;
use super::population::{file, incomplete};
use super::{Cell, Column, Sheet};
use crate::criteria::tally::CheckState;

/// One line of the index.
struct Line<'r> {
    check: &'r Check,
    why: Vec<String>,
    /// SHA-256 of the rows; none of a check that was left out.
    sha256: Option<&'r str>,
}

/// Every check's population: how many, whether that is all, what came of them, and the digest of the rows.
pub(super) fn sheet<'r>(report: &'r Report, digests: &'r Digests) -> Sheet<'r> {
    Sheet::new(
        "Populations",
        index_columns(),
        report.checks.iter().map(move |check| Line {
            check,
            why: incomplete(check, report),
            sha256: digests.of(&check.id),
        }),
    )
}

fn index_columns<'r>() -> Vec<Column<Line<'r>>> {
    vec![
        ("Check", 40, |line| {
            if line.sha256.is_some() {
                Cell::Population(shown(&line.check.id))
            } else {
                shown(&line.check.id).into()
            }
        }),
        ("Kind", 26, |line| shown(&line.check.kind).into()),
        ("Discovered", 11, |line| {
            line.check.outcomes.discovered.into()
        }),
        ("Complete", 10, |line| complete(line).into()),
        ("Why it may be short", 60, |line| line.why.join("\n").into()),
        ("Pass", 8, |line| line.check.outcomes.tally.pass.into()),
        ("Fail", 8, |line| line.check.outcomes.tally.fail.into()),
        ("Waived", 8, |line| line.check.outcomes.tally.waived.into()),
        ("Unknown", 9, |line| {
            line.check.outcomes.tally.unknown.into()
        }),
        ("Not applicable", 13, |line| {
            line.check.outcomes.tally.not_applicable.into()
        }),
        ("Ties out", 9, |line| {
            let outcomes = line.check.outcomes;
            yes(outcomes.discovered == outcomes.tally.discovered() || is_left_out(line)).into()
        }),
        ("Gaps in the lists", 15, |line| {
            line.check.outcomes.unlisted.into()
        }),
        ("CSV file", 48, |line| {
            if line.sha256.is_some() {
                file(&line.check.id).into()
            } else {
                "none: the run was told not to judge this check".into()
            }
        }),
        ("SHA-256 of the CSV file", 68, |line| {
            line.sha256.unwrap_or_default().into()
        }),
    ]
}

fn complete(line: &Line<'_>) -> &'static str {
    if is_left_out(line) {
        "not judged"
    } else {
        yes(line.why.is_empty() && line.check.outcomes.unlisted == 0)
    }
}

fn is_left_out(line: &Line<'_>) -> bool {
    line.check.state == CheckState::LeftOut
}
