//! Populations under a fault: each is there, and says that it is incomplete where what lists it was touched.

use std::collections::BTreeMap;

use tieout::report::{Population, Report};

use super::account::Account;
use super::compare::{Compared, Done};

/// Holds every population against the clean run's. Each gap is a verdict of every check on that kind.
pub(crate) fn compare(account: &Account, faulted: &Report, done: &Done, compared: &mut Compared) {
    let after = faulted.populations.iter().map(|found| (key(found), found));
    let after: BTreeMap<_, &Population> = after.collect();
    for before in &account.clean.populations {
        compared.verdicts += before.gaps.len() as u64;
        let (kind, account, region) = key(before);
        let complaints = match after.get(&key(before)) {
            None => vec!["is gone".to_owned()],
            Some(after) => complaints(before, after, done),
        };
        let complaints = complaints.into_iter();
        compared.violations.extend(
            complaints.map(|what| format!("the population of {kind} in {account} {region} {what}")),
        );
    }
}

fn key(population: &Population) -> (&str, &str, &str) {
    (&population.kind, &population.account, &population.region)
}

fn complaints(before: &Population, after: &Population, done: &Done) -> Vec<String> {
    let mut complaints = Vec::new();
    let named = after.gaps.iter().any(|gap| done.names(gap));
    let mut ids = before
        .calls
        .iter()
        .filter_map(|call| call.request_id.as_ref());
    if ids.any(|id| done.requests.contains(id)) && !named {
        complaints.push("does not say that its listing failed".to_owned());
    }
    if before.gaps.iter().any(|gap| !after.gaps.contains(gap)) && !named {
        complaints.push("forgot that it is incomplete".to_owned());
    }
    let other = |gap: &&_| !before.gaps.contains(gap) && !done.names(gap);
    let others = after.gaps.iter().filter(other);
    complaints.extend(others.map(|gap| format!("is incomplete for another reason: {gap}")));
    complaints
}
