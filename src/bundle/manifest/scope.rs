//! What was asked for, what was reached, and what was not and why.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::inventory::gap::Reason;

/// Declared and reached scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// What was asked for.
    pub declared: Declared,
    /// What was read.
    pub reached: Reached,
    /// What was asked for and not reached, each with the reason: by region and service.
    pub not_reached: Vec<NotReached>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// The accounts that the credentials lead to.
    pub accounts: Vec<String>,
    /// Regions that were named; empty: every region enabled for the account.
    pub regions: Vec<String>,
    /// Services that the plan asks.
    pub services: Vec<String>,
    /// `--only`, as given; empty: all.
    pub only: Vec<String>,
    /// `--skip`, as given.
    pub skip: Vec<String>,
    /// How many checks were judged.
    pub checks: u64,
    /// How many were left out.
    pub checks_left_out: u64,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Accounts of which at least one call was answered.
    pub accounts: Vec<String>,
    /// Regions that were read.
    pub regions: Vec<String>,
    /// Services of which at least one call was answered, anywhere.
    pub services: Vec<String>,
}

/// A region or service that was asked for and not reached: no call to it was answered, or none was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotReached {
    /// Twelve digits.
    pub account: String,
    /// The region, or `global`.
    pub region: String,
    /// The service there; absent where it is the whole region.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service: Option<String>,
    /// Why: of each gap met there, once.
    pub reasons: BTreeSet<Reason>,
    /// How many calls were not answered.
    pub calls: u64,
}

/// One thing that could not be read, however many resources it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Service of the call.
    pub service: String,
    /// The call.
    pub operation: String,
    /// Where it was asked.
    pub account: String,
    /// Where it was asked.
    pub region: String,
    /// Why it did not tell.
    pub reason: Reason,
    /// AWS's error code, where an error answer arrived.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// What AWS said of the first, in one line.
    pub message: String,
    /// Whether scanning again may tell, with nothing granted, given or mended first.
    pub retriable: bool,
    /// About how many things it was asked: 1 for a listing.
    pub count: u64,
    /// How many verdicts it leaves unknown.
    pub undecided: u64,
}
