//! Who asked, when, in which scope and by which rules.

use super::super::{Counted, Report};
use super::cells::{listed, shown, yes};
use super::{Cell, Column, Sheet};
use crate::criteria::tally::CheckState;

/// The run, a line for each thing to know of it.
pub(super) fn sheet(report: &Report) -> Sheet<'_> {
    Sheet::new("Run", columns(), lines(report))
}

fn columns() -> Vec<Column<(String, Cell)>> {
    vec![
        ("What", 44, |(what, _)| what.as_str().into()),
        ("Value", 100, |(_, value)| value.clone()),
    ]
}

fn lines(report: &Report) -> Vec<(String, Cell)> {
    let mut lines: Vec<(String, Cell)> = Vec::new();
    let mut line = |what: &str, value: Cell| lines.push((what.to_owned(), value));
    let run = &report.run;
    line("Run", shown(&run.id).into());
    line("Tool", shown(&format!("tieout {}", run.tool)).into());
    line("Form of the report", report.schema.into());
    line(
        "Started: `now` in every rule",
        run.started.to_string().into(),
    );
    let finished = run.finished.map(|at| at.to_string());
    line(
        "Finished",
        finished.unwrap_or_else(|| "not finished".to_owned()).into(),
    );
    line(
        "Stopped before everything was read",
        yes(run.partial).into(),
    );
    line(
        "Replayed from",
        shown(
            run.replayed
                .as_deref()
                .unwrap_or("no: this is the run itself"),
        )
        .into(),
    );
    for caller in &run.callers {
        let alias = if caller.alias.is_empty() {
            String::new()
        } else {
            format!(" ({})", caller.alias)
        };
        let said = format!(
            "{}{alias}, partition {}, as {}",
            caller.account, caller.partition, caller.arn
        );
        line("Account, and as whom", shown(&said).into());
    }
    let scope = &run.scope;
    let or = |values: &[String], none: &str| {
        if values.is_empty() {
            none.to_owned()
        } else {
            listed(values, |value| shown(value))
        }
    };
    line(
        "Regions asked for",
        or(&scope.regions_asked, "every region enabled for the account").into(),
    );
    line("Regions read", or(&scope.regions, "none").into());
    line(
        "Regions not enabled",
        or(&scope.regions_disabled, "none").into(),
    );
    line("Checks chosen (--only)", or(&scope.only, "all").into());
    line("Checks left out (--skip)", or(&scope.skip, "none").into());
    let left_out = report
        .checks
        .iter()
        .filter(|check| check.state == CheckState::LeftOut)
        .count() as u64;
    line(
        "Checks judged",
        (report.checks.len() as u64 - left_out).into(),
    );
    line("Checks left out", left_out.into());
    let changed = report.checks.iter().flat_map(|check| {
        let changed = check
            .params
            .iter()
            .filter(|param| param.value != param.default);
        changed.map(move |param| {
            format!(
                "{} {} = {} (default {})",
                check.id, param.name, param.value, param.default
            )
        })
    });
    let changed: Vec<String> = changed.collect();
    line(
        "Parameters changed",
        or(&changed, "none: every parameter has its default").into(),
    );
    for framework in &report.summary.frameworks {
        line(
            &format!("SHA-256 of {}, crosswalk included", framework.title),
            framework.sha256.as_str().into(),
        );
    }
    for limit in &report.waiver_limits {
        let default = if limit.max_days == limit.default {
            "the default".to_owned()
        } else {
            format!("changed; default {}", limit.default)
        };
        line(
            &format!("Most days a waiver may last: {}", limit.severity),
            format!("{} ({default})", limit.max_days).into(),
        );
    }
    let reviews = report.inherited.iter().flat_map(|it| &it.reviews);
    for review in reviews {
        let default = if review.max_gap_days == review.default_max_gap_days {
            "the default".to_owned()
        } else {
            format!("changed; default {}", review.default_max_gap_days)
        };
        line(
            &format!(
                "Most days that AWS's report may lie back once there is a newer one: {}",
                review.attestation
            ),
            format!("{} ({default})", review.max_gap_days).into(),
        );
    }
    let summary = &report.summary;
    line("Resources in all populations", summary.resources.into());
    for (what, counted) in [
        ("Checks that decide criteria", summary.outcomes),
        ("Lists for review", summary.review),
        ("Advice", summary.advisory),
    ] {
        for (name, count) in counts(counted) {
            line(&format!("{what}: {name}"), count.into());
        }
    }
    let calls = summary.calls;
    for (name, count) in [
        ("answered", calls.ok),
        ("absent", calls.absent),
        ("denied", calls.denied),
        ("failed", calls.failed),
    ] {
        line(&format!("Calls: {name}"), count.into());
    }
    lines
}

fn counts(counted: Counted) -> [(&'static str, u64); 7] {
    let tally = counted.tally;
    [
        ("discovered", counted.discovered),
        ("pass", tally.pass),
        ("fail", tally.fail),
        ("waived", tally.waived),
        ("unknown", tally.unknown),
        ("not applicable", tally.not_applicable),
        ("gaps in the lists", counted.unlisted),
    ]
}
