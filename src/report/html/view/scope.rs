//! Under which conditions all this was found: scope, rules, parameters, versions.

use serde::Serialize;

use super::evidence::written;
use super::{check_anchor, second, shown};
use crate::criteria::tally::CheckState;
use crate::report::Report;
use crate::report::text::counted;

#[derive(Serialize)]
pub(super) struct Scope {
    run: String,
    tool: String,
    schema: &'static str,
    started: String,
    finished: Option<String>,
    regions_asked: Option<String>,
    regions: String,
    regions_disabled: Option<String>,
    only: Option<String>,
    skip: Option<String>,
    frameworks: Vec<(String, String)>,
    checks: String,
    left_out: String,
    changed: Vec<Changed>,
    partitions: String,
}

/// A parameter that is not at its default.
#[derive(Serialize)]
struct Changed {
    anchor: String,
    check: String,
    name: String,
    value: String,
    default: String,
}

pub(super) fn scope(report: &Report) -> Scope {
    let run = &report.run;
    let listed = |list: &[String]| (!list.is_empty()).then(|| shown(&list.join(", ")));
    let mut partitions: Vec<&str> = run.callers.iter().map(|c| c.partition.as_str()).collect();
    partitions.sort_unstable();
    partitions.dedup();
    let left_out = report
        .checks
        .iter()
        .filter(|check| check.state == CheckState::LeftOut)
        .count() as u64;
    Scope {
        run: shown(&run.id),
        tool: shown(&run.tool),
        schema: report.schema,
        started: second(run.started),
        finished: run.finished.map(second),
        regions_asked: listed(&run.scope.regions_asked),
        regions: shown(&run.scope.regions.join(", ")),
        regions_disabled: listed(&run.scope.regions_disabled),
        only: listed(&run.scope.only),
        skip: listed(&run.scope.skip),
        frameworks: report
            .summary
            .frameworks
            .iter()
            .map(|framework| (framework.title.clone(), framework.sha256.clone()))
            .collect(),
        checks: counted(report.checks.len() as u64 - left_out, "check", "checks"),
        left_out: counted(left_out, "check", "checks"),
        changed: changed(report),
        partitions: shown(&partitions.join(", ")),
    }
}

fn changed(report: &Report) -> Vec<Changed> {
    let of_check = |check: &crate::report::Check| {
        let changed = check
            .params
            .iter()
            .filter(|param| param.value != param.default);
        let row = |param: &crate::report::Param| Changed {
            anchor: check_anchor(&check.id),
            check: shown(&check.id),
            name: shown(&param.name),
            value: written(&param.value),
            default: written(&param.default),
        };
        changed.map(row).collect::<Vec<_>>()
    };
    report.checks.iter().flat_map(of_check).collect()
}
