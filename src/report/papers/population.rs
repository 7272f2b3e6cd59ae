//! The populations: every member of what a check judges.

use super::super::{Check, Report, Verdict, Waiver};
use super::cells::{call, facts, listed, of_calls, request_id, shown};
use super::{Column, Sheet, members};
use crate::check::Outcome;

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

/// The CSV file of a check's population, within the folder of workpapers.
pub(super) fn file(check: &str) -> String {
    format!("populations/{check}.csv")
}

/// Whether a verdict is a failure, waived or not.
pub(super) fn fails(verdict: &Verdict) -> bool {
    verdict.outcome == Outcome::Fail
}
