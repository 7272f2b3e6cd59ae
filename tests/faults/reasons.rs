//! What gaps say of a fault: what happened, and what would settle it.

use std::collections::BTreeSet;

use tieout::aws::actions;
use tieout::check::Outcome;
use tieout::inventory::{Gap, Reason};
use tieout::report::{Gap as Line, Report};

use super::account::Account;
use super::compare::Done;
use super::read::gaps;

/// What is wrong with the gaps that name a faulted call.
pub(crate) fn complaints(account: &Account, faulted: &Report, done: &Done) -> Vec<String> {
    let unknown = faulted.verdicts.iter();
    let unknown = unknown.filter(|verdict| verdict.outcome == Outcome::Unknown);
    let met: BTreeSet<Gap> = unknown
        .flat_map(gaps)
        .filter(|gap| done.names(gap))
        .collect();
    let mut complaints = Vec::new();
    for gap in met.difference(&account.gaps) {
        let reasons = done.variant.reasons;
        if !reasons.contains(&gap.reason) {
            let reason = gap.reason;
            complaints.push(format!("says {reason:?} where {reasons:?} happened: {gap}"));
        }
        let needs_one = !actions::action(&gap.service, &gap.operation).is_empty();
        let granted = &faulted.summary.actions_to_grant;
        if gap.reason == Reason::Denied && needs_one && !granted.contains(&gap.action) {
            complaints.push(format!("does not say what to grant: {gap}"));
        }
    }
    complaints
}

/// The operations whose fault left no trace, so that nothing was tried.
pub(crate) fn unnoticed(account: &Account, faulted: &Report, done: &Done) -> Vec<String> {
    let failed = |report: &Report, service: &str| -> u64 {
        let lines = report.coverage.iter();
        let of_service = lines.filter(|line| line.service == service);
        of_service
            .map(|line| line.calls.denied + line.calls.failed)
            .sum()
    };
    let noticed = |call: &str| {
        let (service, operation) = call.split_once(':').expect("a call names its service");
        let named = |gap: &Line| gap.service == service && gap.operation == operation;
        faulted.gaps.iter().any(named) || failed(faulted, service) > failed(&account.clean, service)
    };
    let unnoticed = done.operations().into_iter().filter(|call| !noticed(call));
    unnoticed
        .map(|call| format!("nobody noticed that {call} failed"))
        .collect()
}
