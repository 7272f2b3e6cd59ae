//! The criteria: their results, what each rests on, and what people must state.

use std::collections::BTreeMap;

use super::super::{Check, Report};
use super::cells::{lines, listed, shown, yes};
use super::checks::{TSC_2017, TSP_2016, stands};
use super::{Column, Sheet};
use crate::check::Counts;
use crate::criteria::EvidenceKind;
use crate::criteria::result::{CriterionResult, Standing};

/// Every criterion of every framework, in the framework's order.
pub(super) fn sheet(report: &Report) -> Sheet<'_> {
    Sheet::new("Criteria", columns(), &report.criteria)
}

fn columns<'r>() -> Vec<Column<&'r CriterionResult>> {
    vec![
        ("Criterion", 18, |criterion| shown(&criterion.id).into()),
        ("Section", 30, |criterion| shown(&criterion.section).into()),
        ("Title", 40, |criterion| shown(&criterion.title).into()),
        ("Result", 12, |criterion| criterion.result.name().into()),
        ("Reasons", 60, |criterion| {
            listed(&criterion.reasons, |reason| shown(reason)).into()
        }),
        ("Decided by", 26, |criterion| {
            decided_by(criterion.evidence).into()
        }),
        ("Checks", 60, |criterion| {
            listed(&criterion.standings, in_short).into()
        }),
        ("Attestations", 50, |criterion| {
            listed(&criterion.attestations, |needed| {
                shown(&format!("{} ({})", needed.attestation.id, needed.state))
            })
            .into()
        }),
        ("Inherited from AWS", 50, |criterion| {
            listed(&criterion.inherited, |control| shown(control)).into()
        }),
        ("Limits", 60, |criterion| lines(&criterion.limits).into()),
        ("TSC 2017", 20, |criterion| {
            codes(criterion, TSC_2017).into()
        }),
        ("TSP 2016", 20, |criterion| {
            codes(criterion, TSP_2016).into()
        }),
        ("Listed before", 13, |criterion| {
            yes(criterion.repeated).into()
        }),
        ("What it asks (a paraphrase)", 70, |criterion| {
            lines(&criterion.statement).into()
        }),
    ]
}

/// `s3.blocks_public_access: fails (2 fail, 10 pass), direct`
fn in_short(standing: &Standing) -> String {
    let tally = standing.tally;
    let counts = super::super::text::present(
        &[
            (tally.fail, "fail"),
            (tally.unknown + standing.unlisted, "unknown"),
            (tally.waived, "waived"),
            (tally.pass, "pass"),
        ],
        ", ",
    );
    let counts = if counts.is_empty() {
        String::new()
    } else {
        format!(" ({counts})")
    };
    shown(&format!(
        "{}: {}{counts}, {}",
        standing.check,
        stands(standing.state),
        standing.strength.name()
    ))
}

/// What can decide a criterion, in words.
fn decided_by(evidence: EvidenceKind) -> &'static str {
    match evidence {
        EvidenceKind::Automated => "AWS's answers, and statements",
        EvidenceKind::Partial => "statements; AWS's answers in part",
        EvidenceKind::Inherited => "AWS's own controls",
        EvidenceKind::Attested => "statements by people",
    }
}

/// Its code in a framework: its own, or its counterparts; those it merely touches in brackets.
fn codes(criterion: &CriterionResult, framework: &str) -> String {
    if criterion.framework == framework {
        return shown(&criterion.code);
    }
    let of = |ids: &[String], say: fn(&str) -> String| {
        ids.iter()
            .filter_map(|id| id.split_once(':'))
            .filter(|(of, _)| *of == framework)
            .map(|(_, code)| say(code))
            .collect::<Vec<_>>()
    };
    let primary = of(&criterion.crosswalk.primary, shown);
    let related = of(&criterion.crosswalk.related, |code| {
        format!("({})", shown(code))
    });
    primary
        .into_iter()
        .chain(related)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A check that is evidence for a criterion.
struct Line<'r> {
    criterion: &'r CriterionResult,
    standing: &'r Standing,
    check: Option<&'r Check>,
}

/// A row for each check of each criterion, so that either can be filtered for.
pub(super) fn standings(report: &Report) -> Sheet<'_> {
    let checks: BTreeMap<&str, &Check> = report
        .checks
        .iter()
        .map(|check| (check.id.as_ref(), check))
        .collect();
    let once = report
        .criteria
        .iter()
        .filter(|criterion| !criterion.repeated);
    let lines = once.flat_map(move |criterion| {
        let lines = criterion.standings.iter().map(|standing| Line {
            criterion,
            standing,
            check: checks.get(standing.check.as_str()).copied(),
        });
        lines.collect::<Vec<_>>()
    });
    Sheet::new("Evidence for criteria", standing_columns(), lines)
}

fn standing_columns<'r>() -> Vec<Column<Line<'r>>> {
    vec![
        ("Criterion", 18, |line| shown(&line.criterion.id).into()),
        ("Result", 12, |line| line.criterion.result.name().into()),
        ("Check", 40, |line| shown(&line.standing.check).into()),
        ("Title", 50, |line| {
            line.check
                .map_or_else(String::new, |check| shown(&check.title))
                .into()
        }),
        ("Strength", 12, |line| line.standing.strength.name().into()),
        ("Why it only supports", 50, |line| {
            lines(line.standing.reason.as_deref().unwrap_or_default()).into()
        }),
        ("Decides", 20, |line| {
            match line.standing.outcome {
                Counts::Verdict => "yes",
                Counts::Population => "no: for review",
                Counts::Advisory => "no: advice",
            }
            .into()
        }),
        ("Stands", 18, |line| stands(line.standing.state).into()),
        ("Pass", 8, |line| line.standing.tally.pass.into()),
        ("Fail", 8, |line| line.standing.tally.fail.into()),
        ("Waived", 8, |line| line.standing.tally.waived.into()),
        ("Unknown", 9, |line| line.standing.tally.unknown.into()),
        ("Not applicable", 13, |line| {
            line.standing.tally.not_applicable.into()
        }),
        ("Gaps in the lists", 15, |line| {
            line.standing.unlisted.into()
        }),
    ]
}
