//! Many faults, each in a replay of its own.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use super::account::Account;
use super::compare::{Compared, Done, compare};
use super::table::{Line, add, print};
use super::variants::Variant;
use super::{ends, reasons};

/// Calls without which a scan does not begin: it ends with 2, and says which it was.
pub(crate) const FIRST: [&str; 2] = ["sts:GetCallerIdentity", "ec2:DescribeRegions"];

/// A fault, and in which of the attempts.
pub(crate) struct Trial {
    variant: &'static Variant,
    chosen: BTreeSet<usize>,
    /// Whether these are all calls of their operations, so that somebody must notice.
    whole: bool,
}

impl Trial {
    /// In all calls of some operations.
    pub(crate) fn of_operations((variant, chosen): (&'static Variant, BTreeSet<usize>)) -> Self {
        Self {
            variant,
            chosen,
            whole: true,
        }
    }

    /// In some calls.
    pub(crate) fn of_calls((variant, chosen): (&'static Variant, BTreeSet<usize>)) -> Self {
        Self {
            variant,
            chosen,
            whole: false,
        }
    }
}

/// Tries every fault, prints the table, and ends the test where something is as it must not be.
pub(crate) fn sweep(title: &str, account: &Account, trials: Vec<Trial>) -> Vec<Line> {
    let next = AtomicUsize::new(0);
    let lines = Mutex::new(Vec::<Line>::new());
    let work = || {
        while let Some(trial) = trials.get(next.fetch_add(1, Relaxed)) {
            if let Some(line) = attempt(account, trial) {
                add(
                    &mut lines.lock().expect("no thread ended in the middle"),
                    line,
                );
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut lines = lines.into_inner().expect("no thread ended in the middle");
    lines.sort_by_key(|line| {
        trials
            .iter()
            .position(|trial| trial.variant.fault == line.fault)
    });
    print(title, &lines);
    let violations: BTreeSet<&String> = lines
        .iter()
        .flat_map(|line| &line.compared.violations)
        .collect();
    let listed: String = violations
        .iter()
        .map(|violation| format!("  {violation}\n"))
        .collect();
    assert!(
        violations.is_empty(),
        "{} violations:\n{listed}",
        violations.len()
    );
    lines
}

/// None where the fault can happen to none of the calls.
fn attempt(account: &Account, trial: &Trial) -> Option<Line> {
    let variant = trial.variant;
    let mut done = Done::new(variant);
    let mut attempts = Vec::new();
    for (n, attempt) in account.attempts.iter().enumerate() {
        let chosen = trial.chosen.contains(&n);
        match chosen.then(|| (variant.alter)(attempt)).flatten() {
            Some(altered) => {
                done.touched(attempt);
                attempts.extend(altered);
            }
            None => attempts.push(attempt.clone()),
        }
    }
    if done.calls.is_empty() {
        return None;
    }
    let (code, mut compared) = match account.replay(attempts) {
        Ok(mut report) => {
            let mut compared = compare(account, &report, &done);
            if trial.whole && !variant.quiet {
                let unnoticed = reasons::unnoticed(account, &report, &done);
                compared.violations.extend(unnoticed);
            }
            let (code, complaints) = ends::judged(&mut report, &account.spotless);
            compared.violations.extend(complaints);
            (code, compared)
        }
        Err(error) => {
            let mut compared = Compared::default();
            let error = error.to_string();
            let operations = done.operations();
            let named = |call: &&str| operations.contains(*call) && error.contains(*call);
            if !FIRST.iter().any(named) {
                let stopped = format!("could not run: {error}");
                compared.violations.push(stopped);
            }
            (2, compared)
        }
    };
    for violation in &mut compared.violations {
        *violation = format!("{} {}: {violation}", variant.fault, variant.form);
    }
    let mut line = Line {
        fault: variant.fault,
        operations: done.operations().into_iter().map(str::to_owned).collect(),
        calls: done.requests.len(),
        replays: 1,
        compared,
        ..Line::default()
    };
    line.ended[code - 1] = 1;
    Some(line)
}
