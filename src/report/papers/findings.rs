//! What fails, what is unknown, and what somebody accepted.

use std::collections::BTreeMap;

use super::super::answers::{self, Answers};
use super::super::{Check, Read, Report, Verdict, Waiver};
use super::cells::{facts, lines, listed, shown};
use super::population::{Member, arn, evidence_columns, expected, fails, waiver_column};
use super::{Column, Sheet};
use crate::check::{Counts, Outcome};

/// Every failure, also of lists for review and of advice, waived or not, in order of check, account, region and ARN.
pub(super) fn exceptions(report: &Report) -> Sheet<'_> {
    let answers = Answers::of(report);
    let answered = of(report, fails).map(move |(_, verdict)| {
        let said = answers.to(verdict).iter();
        listed(said, |said| {
            shown(&format!(
                "{} ({}, {})",
                said.id, said.said.author, said.said.date
            ))
        })
        .into()
    });
    // The sheet of responses has what each says; here stands which.
    Sheet::new("Exceptions", exceptions_columns(), of(report, fails)).beside(
        "Waiver",
        (answers::LABEL, 44),
        answered,
    )
}

/// Every verdict that could not be reached, also on what could not be listed, in the same order.
pub(super) fn unknown(report: &Report) -> Sheet<'_> {
    Sheet::new(
        "Unknown",
        unknown_columns(),
        of(report, |verdict| verdict.outcome == Outcome::Unknown),
    )
}

/// Every failure that a waiver covers, with the waiver.
pub(super) fn waived(report: &Report) -> Sheet<'_> {
    let covered = of(report, fails)
        .filter_map(|(check, verdict)| Some((check, verdict, verdict.waiver.as_ref()?)));
    Sheet::new("Waived failures", waived_columns(), covered)
}

fn of(report: &Report, which: fn(&Verdict) -> bool) -> impl Iterator<Item = Member<'_>> {
    let checks: BTreeMap<&str, &Check> = report
        .checks
        .iter()
        .map(|check| (check.id.as_ref(), check))
        .collect();
    report
        .verdicts
        .iter()
        .filter(move |verdict| which(verdict))
        .filter_map(move |verdict| Some((*checks.get(&*verdict.check)?, verdict)))
}

/// The columns with which every finding begins: which check, and where.
fn place_columns<'r>() -> [Column<Member<'r>>; 9] {
    [
        ("Row id", 18, |(_, verdict)| verdict.id.as_str().into()),
        ("Check", 34, |(check, _)| shown(&check.id).into()),
        ("Title", 44, |(check, _)| shown(&check.title).into()),
        ("Severity", 10, |(check, _)| check.severity.name().into()),
        ("Counts for", 18, |(check, _)| counts_for(check).into()),
        ("Criteria", 20, |(check, _)| {
            listed(&check.criteria, |id| shown(id)).into()
        }),
        ("Account", 14, |(_, verdict)| shown(&verdict.account).into()),
        ("Region", 14, |(_, verdict)| shown(&verdict.region).into()),
        ("Kind", 22, |(_, verdict)| shown(&verdict.kind).into()),
    ]
}

fn exceptions_columns<'r>() -> Vec<Column<Member<'r>>> {
    let own: [Column<Member<'r>>; 7] = [
        ("ARN", 50, |(_, verdict)| arn(verdict).into()),
        ("Name", 28, |(_, verdict)| shown(&verdict.name).into()),
        waiver_column(),
        ("Facts read", 60, |(_, verdict)| facts(verdict).into()),
        ("Passes when", 60, |(check, _)| expected(check).into()),
        ("Why it matters", 60, |(check, _)| lines(&check.why).into()),
        ("Remedy", 60, |(check, _)| lines(&check.fix).into()),
    ];
    place_columns()
        .into_iter()
        .chain(own)
        .chain(evidence_columns())
        .collect()
}

fn unknown_columns<'r>() -> Vec<Column<Member<'r>>> {
    let own: [Column<Member<'r>>; 4] = [
        ("ARN", 50, |(_, verdict)| match verdict.resource {
            Some(_) => arn(verdict).into(),
            None => "none: the list of resources is short".into(),
        }),
        ("Name", 28, |(_, verdict)| shown(&verdict.name).into()),
        ("Not read", 70, |(_, verdict)| unread(verdict).into()),
        ("Facts read", 60, |(_, verdict)| facts(verdict).into()),
    ];
    place_columns().into_iter().chain(own).collect()
}

fn waived_columns<'r>() -> Vec<Column<(&'r Check, &'r Verdict, &'r Waiver)>> {
    vec![
        ("Waiver", 24, |(.., waiver)| shown(&waiver.id).into()),
        ("Owner", 24, |(.., waiver)| shown(&waiver.owner).into()),
        ("Approver", 24, |(.., waiver)| {
            shown(&waiver.approver).into()
        }),
        ("Reason", 60, |(.., waiver)| lines(&waiver.reason).into()),
        ("Expires", 12, |(.., waiver)| {
            waiver.expires.to_string().into()
        }),
        ("Covers row", 18, |(_, verdict, _)| {
            verdict.id.as_str().into()
        }),
        ("Check", 34, |(check, ..)| shown(&check.id).into()),
        ("Severity", 10, |(check, ..)| check.severity.name().into()),
        ("Account", 14, |(_, verdict, _)| {
            shown(&verdict.account).into()
        }),
        ("Region", 14, |(_, verdict, _)| {
            shown(&verdict.region).into()
        }),
        ("ARN", 50, |(_, verdict, _)| arn(verdict).into()),
        ("Verdict", 10, |(_, verdict, _)| {
            verdict.outcome.name().into()
        }),
    ]
}

/// What a check's verdicts count for.
pub(super) fn counts_for(check: &Check) -> &'static str {
    match check.outcome {
        Counts::Verdict => "its criteria",
        Counts::Population => "review by a person",
        Counts::Advisory => "advice",
    }
}

/// The gaps that a verdict waits for.
fn unread(verdict: &Verdict) -> String {
    let gaps = verdict.evidence.iter().filter_map(|fact| match &fact.read {
        Read::Gap(gap) => Some((&fact.path, gap)),
        Read::Value(_) => None,
    });
    listed(gaps, |(path, gap)| shown(&format!("{path}: {gap}")))
}
