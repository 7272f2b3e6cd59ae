//! The checks: what each asserts, in words and in CEL, with its parameters, and how its verdicts add up.

use super::super::{Check, Report};
use super::cells::{lines, listed, shown, written};
use super::findings::counts_for;
use super::{Column, Sheet};
use crate::criteria::tally::CheckState;

/// Every check, by id, also those the run left out.
pub(super) fn sheet(report: &Report) -> Sheet<'_> {
    Sheet::new("Checks", columns(), &report.checks)
}

fn columns<'r>() -> Vec<Column<&'r Check>> {
    vec![
        ("Check", 40, |check| shown(&check.id).into()),
        ("Title: true exactly when it passes", 50, |check| {
            shown(&check.title).into()
        }),
        ("Severity", 10, |check| check.severity.name().into()),
        ("Kind", 24, |check| shown(&check.kind).into()),
        ("Counts for", 18, |check| counts_for(check).into()),
        ("Stands", 18, |check| stands(check.state).into()),
        ("TSC 2017", 20, |check| {
            criteria(check, |framework| framework == TSC_2017).into()
        }),
        ("TSP 2016", 20, |check| {
            criteria(check, |framework| framework == TSP_2016).into()
        }),
        ("Other frameworks", 20, |check| {
            criteria(check, |framework| {
                ![TSC_2017, TSP_2016].contains(&framework)
            })
            .into()
        }),
        ("Logic in words", 70, |check| lines(&check.logic).into()),
        ("Applies when (CEL)", 50, |check| {
            check
                .when
                .as_deref()
                .map_or_else(|| "always".to_owned(), lines)
                .into()
        }),
        ("Requires (CEL)", 70, |check| lines(&check.require).into()),
        ("Parameters", 50, |check| {
            listed(&check.params, |param| {
                let (value, default) = (written(&param.value), written(&param.default));
                if value == default {
                    format!("{} = {value} (the default)", shown(&param.name))
                } else {
                    format!(
                        "{} = {value} (changed; default {default})",
                        shown(&param.name)
                    )
                }
            })
            .into()
        }),
        ("Discovered", 11, |check| check.outcomes.discovered.into()),
        ("Pass", 8, |check| check.outcomes.tally.pass.into()),
        ("Fail", 8, |check| check.outcomes.tally.fail.into()),
        ("Waived", 8, |check| check.outcomes.tally.waived.into()),
        ("Unknown", 9, |check| check.outcomes.tally.unknown.into()),
        ("Not applicable", 13, |check| {
            check.outcomes.tally.not_applicable.into()
        }),
        ("Gaps in the lists", 15, |check| {
            check.outcomes.unlisted.into()
        }),
        ("Why it matters", 60, |check| lines(&check.why).into()),
        ("Remedy", 60, |check| lines(&check.fix).into()),
        ("Does not see", 60, |check| lines(&check.blind_spots).into()),
        ("Documentation", 60, |check| {
            listed(&check.links, |link| shown(link)).into()
        }),
        ("SHA-256 of the check's file", 68, |check| {
            check.sha256.as_str().into()
        }),
    ]
}

pub(super) const TSC_2017: &str = "tsc2017";
pub(super) const TSP_2016: &str = "tsp2016";

/// The criteria of some frameworks, by code; of others than the two, with the framework.
fn criteria(check: &Check, of: impl Fn(&str) -> bool) -> String {
    let found = check
        .criteria
        .iter()
        .filter(|id| of(id.split_once(':').map_or("", |(framework, _)| framework)));
    listed(found, |id| shown(id))
}

/// How a check stands, in words.
pub(super) fn stands(state: CheckState) -> &'static str {
    match state {
        CheckState::Fails => "fails",
        CheckState::LeftOut => "left out",
        CheckState::Undecided => "undecided",
        CheckState::Passes => "passes",
        CheckState::NothingToJudge => "nothing to judge",
    }
}
