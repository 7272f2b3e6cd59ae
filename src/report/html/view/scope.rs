//! Under which conditions all this was found: scope, rules, parameters, versions.

use std::collections::BTreeSet;

use serde::Serialize;

use super::evidence::written;
use super::{check_anchor, second, shown};
use crate::criteria::tally::CheckState;
use crate::inventory::run::Coverage;
use crate::report::Report;
use crate::report::origin::{Line, lines};
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
    origin: Vec<Known>,
    services: String,
    silent: Option<String>,
}

/// What is known of the run beside what AWS answered.
#[derive(Serialize)]
struct Known {
    of: &'static str,
    text: Option<String>,
    code: Option<String>,
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
        origin: origin(report),
        services: counted(services(report, true).len() as u64, "service", "services"),
        silent: silent(report),
        partitions: shown(&partitions.join(", ")),
    }
}

fn origin(report: &Report) -> Vec<Known> {
    let told = |text: String| (!text.is_empty()).then_some(text);
    let known = |line: Line| Known {
        of: line.of,
        text: told(line.text),
        code: told(line.code),
    };
    lines(&report.run).into_iter().map(known).collect()
}

/// The services of which at least one call was answered; or those of which none was.
fn services(report: &Report, answered: bool) -> Vec<&str> {
    let of = |line: &Coverage| line.calls.ok + line.calls.absent > 0;
    let asked: BTreeSet<&str> = report
        .coverage
        .iter()
        .map(|line| line.service.as_str())
        .collect();
    let reached = |service: &&str| {
        let mut lines = report.coverage.iter();
        lines.any(|line| line.service == **service && of(line)) == answered
    };
    asked.into_iter().filter(reached).collect()
}

fn silent(report: &Report) -> Option<String> {
    let none = services(report, false);
    (!none.is_empty()).then(|| shown(&none.join(", ")))
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
