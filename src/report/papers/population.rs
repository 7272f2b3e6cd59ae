//! The populations: every member of what a check judges, and their index.

use super::super::{Check, Report, Verdict, Waiver};
use super::cells::{call, facts, listed, of_calls, request_id, shown};
use super::digest::Digests;
use super::{Cell, Column, Sheet, members};
use crate::check::Outcome;
use crate::criteria::tally::CheckState;

/// A member, and the check that judges it.
pub(super) type Member<'r> = (&'r Check, &'r Verdict);

/// Every member of the population that a check judges, in order of account, region, ARN and name.
pub fn population<'r>(check: &'r Check, report: &'r Report) -> Sheet<'r> {
    rows_of(check, members(check, report))
}

/// Some members of the population that a check judges.
pub fn rows_of<'r>(
    check: &'r Check,
    members: impl IntoIterator<Item = &'r Verdict, IntoIter: 'r>,
) -> Sheet<'r> {
    let members = members.into_iter().map(move |verdict| (check, verdict));
    Sheet::new("Population", columns(), members)
}

fn columns<'r>() -> Vec<Column<Member<'r>>> {
    let own: [Column<Member<'r>>; 11] = [
        ("Row id", 18, |(_, verdict)| verdict.id.as_str().into()),
        ("Check", 34, |(check, _)| shown(&check.id).into()),
        ("Account", 14, |(_, verdict)| shown(&verdict.account).into()),
        ("Region", 14, |(_, verdict)| shown(&verdict.region).into()),
        ("Kind", 22, |(_, verdict)| shown(&verdict.kind).into()),
        ("ARN", 50, |(_, verdict)| arn(verdict).into()),
        ("Name", 28, |(_, verdict)| shown(&verdict.name).into()),
        ("Verdict", 14, |(_, verdict)| verdict.outcome.name().into()),
        waiver_column(),
        ("Facts read", 60, |(_, verdict)| facts(verdict).into()),
        ("Passes when", 60, |(check, _)| expected(check).into()),
    ];
    own.into_iter().chain(evidence_columns()).collect()
}

/// The waiver that covers a failure, in short.
pub(super) fn waiver_column<'r>() -> Column<Member<'r>> {
    ("Waiver", 24, |(_, verdict)| {
        verdict
            .waiver
            .as_ref()
            .map_or_else(String::new, waiver)
            .into()
    })
}

/// The calls that told what a verdict rests on: the columns with which a row ends.
pub(super) fn evidence_columns<'r>() -> [Column<Member<'r>>; 4] {
    [
        ("Calls", 44, |(_, verdict)| of_calls(verdict, call).into()),
        ("Request ids", 44, |(_, verdict)| {
            of_calls(verdict, request_id).into()
        }),
        ("Answered at", 32, |(_, verdict)| {
            of_calls(verdict, |call| call.at.to_string()).into()
        }),
        ("Answer SHA-256", 72, |(_, verdict)| {
            of_calls(verdict, |call| shown(&call.sha256)).into()
        }),
    ]
}

/// The ARN; empty where the verdict is on what could not be listed.
pub(super) fn arn(verdict: &Verdict) -> String {
    verdict.resource.as_deref().map_or_else(String::new, shown)
}

/// A waiver in short; the sheet of waivers has the rest.
pub(super) fn waiver(waiver: &Waiver) -> String {
    shown(&format!("{} until {}", waiver.id, waiver.expires))
}

/// The rule, on one line: what the facts are held against.
pub(super) fn expected(check: &Check) -> String {
    shown(
        &check
            .require
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Why the population of a check may be missing members. Empty: it is complete.
pub fn incomplete(check: &Check, report: &Report) -> Vec<String> {
    report
        .populations
        .iter()
        .filter(|population| *population.kind == *check.kind && !population.complete)
        .map(|population| {
            let why = listed(&population.gaps, |gap| gap.to_string()).replace('\n', "; ");
            shown(&format!(
                "{} {}: {why}",
                population.account, population.region
            ))
        })
        .collect()
}

/// One line of the index.
struct Line<'r> {
    check: &'r Check,
    why: Vec<String>,
    /// SHA-256 of the rows; none of a check that was left out.
    sha256: Option<&'r str>,
}

/// Every check's population: how many, whether that is all, what came of them, and the digest of the rows.
pub(super) fn index<'r>(report: &'r Report, digests: &'r Digests) -> Sheet<'r> {
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
            super::cells::yes(
                outcomes.discovered == outcomes.tally.discovered() || is_left_out(line),
            )
            .into()
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
        super::cells::yes(line.why.is_empty() && line.check.outcomes.unlisted == 0)
    }
}

fn is_left_out(line: &Line<'_>) -> bool {
    line.check.state == CheckState::LeftOut
}

/// The CSV file of a check's population, within the folder of workpapers.
pub(super) fn file(check: &str) -> String {
    format!("populations/{check}.csv")
}

/// Whether a verdict is a failure, waived or not.
pub(super) fn fails(verdict: &Verdict) -> bool {
    verdict.outcome == Outcome::Fail
}
