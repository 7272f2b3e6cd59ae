//! How a run adds up: its calls, its evidence, the arithmetic of its checks, its populations.

use serde::{Deserialize, Serialize};

use crate::inventory::run::Tally;

/// The calls of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Calls {
    /// How they came out. `throttled` counts attempts, and is no part of the sum.
    #[serde(flatten)]
    pub outcomes: Tally,
    /// Requests that were sent, each kept in `calls/`. Fewer than calls where one answer served several, more where a call was tried
    /// again.
    pub attempts: u64,
    /// Attempts to which no usable answer came.
    pub unanswered: u64,
    /// Answered pages of listings; absent where the recorder did not yet count them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pages: Option<u64>,
    /// The same by service.
    pub services: Vec<ServiceCalls>,
}

/// The calls of one service, over all accounts and regions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ServiceCalls {
    /// Which.
    pub service: String,
    /// How they came out.
    #[serde(flatten)]
    pub outcomes: Tally,
    /// Requests that were sent.
    pub attempts: u64,
}

/// How much evidence there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// Verdicts: one of each check on each resource of its kind, and one for each gap in a list of resources.
    pub verdicts: u64,
    /// Facts cited in them, read or not.
    pub facts: u64,
}

/// Verdicts by outcome: `discovered = pass + fail + waived + unknown + not_applicable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outcomes {
    /// Resources found, counted from the populations and not from the verdicts.
    pub discovered: u64,
    /// Verdicts `pass`.
    pub pass: u64,
    /// Verdicts `fail` that no waiver covers.
    pub fail: u64,
    /// Verdicts `fail` that a valid waiver covers.
    pub waived: u64,
    /// Verdicts `unknown` on resources that were listed.
    pub unknown: u64,
    /// Verdicts `not_applicable`.
    pub not_applicable: u64,
    /// Gaps in the lists of resources: each an unknown verdict beside those above.
    pub unlisted: u64,
}

impl Outcomes {
    /// Whether every resource that was found has exactly one verdict.
    pub fn ties_out(&self) -> bool {
        let Self {
            discovered,
            pass,
            fail,
            waived,
            unknown,
            not_applicable,
            unlisted: _,
        } = *self;
        discovered == pass + fail + waived + unknown + not_applicable
    }
}

/// The arithmetic of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckCounts {
    /// Its id.
    pub check: String,
    /// The kind it judges.
    pub kind: String,
    /// Its verdicts.
    #[serde(flatten)]
    pub outcomes: Outcomes,
    /// Whether every population it judges was listed to its end.
    pub complete: bool,
    /// SHA-256, hexadecimal, over its lines in `verdicts.ndjson.zst`, in their order, each with its line feed.
    pub rows_sha256: String,
}

/// The populations of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Populations {
    /// How many were listed to their end and have no member. They are in the report, and not below.
    pub empty: u64,
    /// The others, by kind, account and region.
    pub listed: Vec<PopulationCounts>,
}

/// One population.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationCounts {
    /// Of what.
    pub kind: String,
    /// Twelve digits.
    pub account: String,
    /// Region, or `global`.
    pub region: String,
    /// How many members were listed.
    pub discovered: u64,
    /// Whether that is all of them.
    pub complete: bool,
    /// SHA-256, hexadecimal, over its members in order of ARN: a line of JSON `["<ARN>","<name>"]` for each.
    pub rows_sha256: String,
}
