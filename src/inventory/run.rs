//! One execution: who scanned what, when and with which rules; and the ledger of what was read.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One execution of the scanner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// `run-2026-11-24T02-11-09Z`: also the bundle's folder.
    pub id: String,
    /// Version of the tool that collected.
    pub tool: String,
    /// When it started. This is `now` in every rule, in the scan and in each replay of it.
    pub started: Timestamp,
    /// When the last answer had arrived; absent where the run was cut off.
    pub finished: Option<Timestamp>,
    /// Who scanned, per account.
    pub callers: Vec<Caller>,
    /// What was asked for and what was reached.
    pub scope: Scope,
    /// Whether it was stopped before it had read everything.
    pub partial: bool,
    /// Whether this comes from recorded answers, and which.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replayed: Option<String>,
}

/// Who scanned an account, as `sts:GetCallerIdentity` answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Twelve digits.
    pub account: String,
    /// The caller's ARN.
    pub arn: String,
    /// Account aliases or names, where known.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub alias: String,
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
}

/// Declared and reached scope.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scope {
    /// Regions that were asked for on the command line; empty: every enabled region of the account.
    pub regions_asked: Vec<String>,
    /// Regions that were read.
    pub regions: Vec<String>,
    /// Regions of the partition that are not enabled for the account, and so hold nothing.
    pub regions_disabled: Vec<String>,
    /// `--only`, as given.
    pub only: Vec<String>,
    /// `--skip`, as given.
    pub skip: Vec<String>,
}

/// How the calls of one service in one place came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Answered.
    pub ok: u64,
    /// Answered that there is none.
    pub absent: u64,
    /// Denied, by a policy or a service control policy.
    pub denied: u64,
    /// Any other gap.
    pub failed: u64,
    /// Attempts refused for their rate, whether or not a later one was answered.
    pub throttled: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.ok += other.ok;
        self.absent += other.absent;
        self.denied += other.denied;
        self.failed += other.failed;
        self.throttled += other.throttled;
    }
}

/// One line of the coverage ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Twelve digits.
    pub account: String,
    /// Region, or `global`.
    pub region: String,
    /// Service.
    pub service: String,
    /// Its calls.
    #[serde(flatten)]
    pub calls: Tally,
}

/// The ledger: account × region × service.
pub type Ledger = BTreeMap<(String, String, String), Tally>;

/// The ledger as lines, in order.
pub fn coverage(ledger: &Ledger) -> Vec<Coverage> {
    ledger
        .iter()
        .map(|((account, region, service), calls)| Coverage {
            account: account.clone(),
            region: region.clone(),
            service: service.clone(),
            calls: *calls,
        })
        .collect()
}
