//! What a report tells of its run, as the manifest keeps it.

use std::collections::BTreeSet;

use crate::bundle::digest;
use crate::bundle::manifest::{
    CheckCounts, Declared, Evidence, Gap, NotReached, Outcomes, PopulationCounts, Populations,
    Reached, Scope,
};
use crate::criteria::tally::CheckState;
use crate::inventory::GLOBAL;
use crate::inventory::gap::Reason;
use crate::inventory::kinds::inputs;
use crate::inventory::run::Coverage;
use crate::report::{self, Counted, Report};
use crate::scan::Rows;

/// What was asked for, and what was reached.
pub(super) fn scope(plan: &[String], report: &Report) -> Scope {
    let run = &report.run;
    let service = |call: &String| call.split(':').next().map(str::to_owned);
    // The user's own files are read by calls of a service that is none of AWS's.
    let of_aws = |service: &String| *service != inputs::SERVICE;
    let planned: BTreeSet<String> = plan.iter().filter_map(service).filter(of_aws).collect();
    let left_out = |check: &&report::Check| check.state == CheckState::LeftOut;
    let left_out = report.checks.iter().filter(left_out).count() as u64;
    let answered = || report.coverage.iter().filter(|line| is_answered(line));
    Scope {
        declared: Declared {
            accounts: run.callers.iter().map(|of| of.account.clone()).collect(),
            regions: run.scope.regions_asked.clone(),
            services: planned.into_iter().collect(),
            only: run.scope.only.clone(),
            skip: run.scope.skip.clone(),
            checks: report.checks.len() as u64 - left_out,
            checks_left_out: left_out,
        },
        reached: Reached {
            accounts: each(answered().map(|line| &line.account)),
            regions: run.scope.regions.clone(),
            services: each(answered().map(|line| &line.service)),
        },
        not_reached: not_reached(report),
    }
}

fn is_answered(line: &Coverage) -> bool {
    line.calls.ok + line.calls.absent > 0
}

fn each<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let names: BTreeSet<&String> = names.collect();
    names.into_iter().cloned().collect()
}

/// The regions that are not enabled, and the services none of whose calls was answered where they were asked.
fn not_reached(report: &Report) -> Vec<NotReached> {
    let run = &report.run;
    let disabled = run.callers.iter().flat_map(|caller| {
        run.scope.regions_disabled.iter().map(|region| NotReached {
            account: caller.account.clone(),
            region: region.clone(),
            service: None,
            reasons: BTreeSet::from([Reason::RegionDisabled]),
            calls: 0,
        })
    });
    let silent = report.coverage.iter().filter(|line| !is_answered(line));
    let silent = silent.map(|line| NotReached {
        account: line.account.clone(),
        region: line.region.clone(),
        service: Some(line.service.clone()),
        reasons: reasons(line, &report.gaps),
        calls: line.calls.denied + line.calls.failed,
    });
    disabled.chain(silent).collect()
}

/// Why the calls of a service in one place were not answered.
fn reasons(line: &Coverage, gaps: &[report::Gap]) -> BTreeSet<Reason> {
    // What exists once per account is asked in one region or another, and the gap names that one.
    let there = |gap: &&report::Gap| {
        gap.service == line.service
            && gap.account == line.account
            && (gap.region == line.region || line.region == GLOBAL)
    };
    gaps.iter().filter(there).map(|gap| gap.reason).collect()
}

/// What could not be read, in the report's order.
pub(super) fn gaps(report: &Report) -> Vec<Gap> {
    let line = |gap: &report::Gap| Gap {
        service: gap.service.clone(),
        operation: gap.operation.clone(),
        account: gap.account.clone(),
        region: gap.region.clone(),
        reason: gap.reason,
        code: gap.code.clone(),
        message: gap.message.clone(),
        retriable: gap.reason.is_retriable(),
        count: gap.asked_about.len().max(1) as u64,
        undecided: gap.undecided,
    };
    report.gaps.iter().map(line).collect()
}

/// How much evidence there is.
pub(super) fn evidence(report: &Report) -> Evidence {
    let facts = report.verdicts.iter().map(|verdict| verdict.evidence.len());
    Evidence {
        verdicts: report.verdicts.len() as u64,
        facts: facts.sum::<usize>() as u64,
    }
}

/// The arithmetic of each check that was judged.
pub(super) fn checks(report: &Report, rows: &Rows) -> Vec<CheckCounts> {
    let judged = |check: &&report::Check| check.state != CheckState::LeftOut;
    let line = |check: &report::Check| CheckCounts {
        check: check.id.to_string(),
        kind: check.kind.clone(),
        outcomes: outcomes(check.outcomes),
        complete: check.outcomes.unlisted == 0,
        // A check with nothing to judge has no lines.
        rows_sha256: match rows.get(&check.id) {
            Some(rows) => rows.clone(),
            None => digest(b"").sha256,
        },
    };
    report.checks.iter().filter(judged).map(line).collect()
}

fn outcomes(counted: Counted) -> Outcomes {
    let Counted {
        discovered,
        tally,
        unlisted,
    } = counted;
    Outcomes {
        discovered,
        pass: tally.pass,
        fail: tally.fail,
        waived: tally.waived,
        unknown: tally.unknown,
        not_applicable: tally.not_applicable,
        unlisted,
    }
}

/// The populations that have members, or that could not be listed to their end.
pub(super) fn populations(report: &Report) -> Populations {
    let is_empty = |found: &&report::Population| found.complete && found.discovered == 0;
    let line = |found: &report::Population| PopulationCounts {
        kind: found.kind.to_string(),
        account: found.account.to_string(),
        region: found.region.to_string(),
        discovered: found.discovered,
        complete: found.complete,
        rows_sha256: found.rows_sha256.clone(),
    };
    let (empty, listed): (Vec<_>, Vec<_>) = report.populations.iter().partition(is_empty);
    Populations {
        empty: empty.len() as u64,
        listed: listed.into_iter().map(line).collect(),
    }
}
