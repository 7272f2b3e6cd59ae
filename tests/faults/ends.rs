//! How a run with a fault ends: its exit code, in full and over the checks that find nothing wrong.

use std::collections::BTreeSet;

use tieout::check::{Counts, Outcome, Severity};
use tieout::cli::exit::{self, Exit};
use tieout::report::{Check, Counted, Report};

/// The checks that pass wherever they apply, and so would end a scan of their own with 0.
pub(crate) fn spotless(report: &Report) -> BTreeSet<String> {
    let spotless = |check: &&Check| {
        let Counted {
            tally, unlisted, ..
        } = check.outcomes;
        check.outcome == Counts::Verdict && tally.fail + tally.unknown + unlisted == 0
    };
    report
        .checks
        .iter()
        .filter(spotless)
        .map(|check| check.id.to_string())
        .collect()
}

/// How a scan of these checks alone would have ended.
pub(crate) fn of_only(report: &mut Report, checks: &BTreeSet<String>) -> Exit {
    let summary = &mut report.summary;
    summary.outcomes = Counted::default();
    for row in &mut summary.severities {
        row.outcomes = Counted::default();
    }
    for check in report
        .checks
        .iter()
        .filter(|check| checks.contains(&*check.id))
    {
        summary.outcomes += check.outcomes;
        for row in &mut summary.severities {
            if row.severity == check.severity {
                row.outcomes += check.outcomes;
            }
        }
    }
    exit::of(report, Severity::Info)
}

/// How a faulted run ends, and what is wrong with that.
pub(crate) fn judged(report: &mut Report, spotless: &BTreeSet<String>) -> (usize, Vec<String>) {
    let deciding = |check: &&Check| check.outcome == Counts::Verdict;
    let deciding: BTreeSet<&str> = report
        .checks
        .iter()
        .filter(deciding)
        .map(|check| &*check.id)
        .collect();
    let any = |outcome, of: &dyn Fn(&str) -> bool| {
        let mut verdicts = report.verdicts.iter();
        verdicts.any(|verdict| verdict.outcome == outcome && of(&verdict.check))
    };
    let fails = any(Outcome::Fail, &|check| deciding.contains(check));
    let due = if fails { Exit::Fails } else { Exit::Unknown };
    let undecided = any(Outcome::Unknown, &|check| spotless.contains(check));
    let due_of_spotless = if undecided {
        Exit::Unknown
    } else {
        Exit::Clean
    };
    let mut complaints = Vec::new();
    let ended = exit::of(report, Severity::Info);
    if ended != due {
        complaints.push(format!("ends with {ended:?} where {due:?} is due"));
    }
    let only = of_only(report, spotless);
    if only != due_of_spotless {
        complaints.push(format!(
            "what passed alone ends with {only:?} where {due_of_spotless:?} is due"
        ));
    }
    (ended as usize, complaints)
}
