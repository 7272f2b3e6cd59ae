//! The fault sweep: whatever goes wrong with any call, each verdict is that of the clean run or unknown, and names the
//! call. Nothing passes that did not pass, nothing fails that did not fail, nothing vanishes.
//!
//! The recorded account is replayed for each fault, and what came of it is a table in the test's output. Where a row
//! has a violation, the test fails and shows every one.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its setting fails"
)]

#[path = "faults/account.rs"]
mod account;
#[path = "faults/compare.rs"]
mod compare;
#[path = "faults/cut.rs"]
mod cut;
#[path = "faults/ends.rs"]
mod ends;
#[path = "faults/page.rs"]
mod page;
#[path = "faults/populations.rs"]
mod populations;
#[path = "faults/read.rs"]
mod read;
#[path = "faults/reasons.rs"]
mod reasons;
#[path = "faults/sweep.rs"]
mod sweep;
#[path = "faults/table.rs"]
mod table;
#[path = "faults/variants.rs"]
mod variants;
#[path = "faults/wire.rs"]
mod wire;

use std::collections::{BTreeMap, BTreeSet};

use account::{Account, call};
use sweep::{FIRST, Trial, sweep};
use tieout::inventory::attempt::Attempt;
use variants::{DENIED, LOST, OPT_IN_REQUIRED, RESET, VARIANTS, Variant};

#[test]
fn faults_in_every_operation() {
    let account = Account::acme();
    let groups = account.groups();
    let chosen =
        |group: &BTreeSet<String>| account.chosen(|attempt| group.contains(&call(attempt)));
    let of_groups =
        |variant: &'static Variant| groups.iter().map(move |group| (variant, chosen(group)));
    let trials = VARIANTS.iter().flat_map(of_groups);
    let together = sweep(
        "Faults in every operation",
        account,
        trials.map(Trial::of_operations).collect(),
    );

    // That it is enough to try the operations of a group together.
    let alone = groups.iter().flatten().map(|operation| {
        let chosen = account.chosen(|attempt| call(attempt) == *operation);
        Trial::of_operations((&DENIED, chosen))
    });
    let alone = sweep(
        "The first of them, an operation at a time",
        account,
        alone.collect(),
    );
    assert_eq!(together[0].compared.unknown, alone[0].compared.unknown);
}

/// Of the calls of an operation, one after the other. What an error says was told apart above; here it counts that the
/// others were answered.
#[test]
fn a_fault_in_a_single_call() {
    let account = Account::acme();
    let mut calls: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, attempt) in account.attempts.iter().enumerate() {
        calls.entry(call(attempt)).or_default().push(n);
    }
    // The others were tried above.
    calls.retain(|_, of_operation| of_operation.len() > 1);
    let mut trials = Vec::new();
    for variant in VARIANTS.iter().filter(|variant| variant.in_one) {
        for group in account.groups() {
            let of_group = || group.iter().filter_map(|operation| calls.get(operation));
            let most = of_group().map(Vec::len).max().unwrap_or(0);
            for n in 0..most {
                let nth = of_group().filter_map(|of_operation| of_operation.get(n));
                trials.push(Trial::of_calls((variant, nth.copied().collect())));
            }
        }
    }
    sweep("Faults in a single call of an operation", account, trials);
}

#[test]
fn a_region_that_fails_as_a_whole() {
    let account = Account::acme();
    let mut trials = Vec::new();
    for variant in [&OPT_IN_REQUIRED, &RESET] {
        for region in &account.clean.run.scope.regions {
            let in_region = |attempt: &Attempt| attempt.region == *region;
            let begins = |attempt: &Attempt| FIRST.contains(&&*call(attempt));
            let chosen = account.chosen(|attempt| in_region(attempt) && !begins(attempt));
            trials.push(Trial::of_calls((variant, chosen)));
        }
    }
    sweep("Faults in every call of a region", account, trials);
}

#[test]
fn a_run_that_was_cut_off() {
    let account = Account::acme();
    let (first, all) = (FIRST.len(), account.attempts.len());
    let ends = (0..24).map(|n| first + (all - first) * n / 24);
    let trials = ends.map(|end| Trial::of_calls((&LOST, (end..all).collect())));
    sweep("Every call lost after some", account, trials.collect());
}
