//! A line of `verdicts.ndjson.zst`, read as far as it is needed.
//!
//! A year of a large account is millions of lines that say what they said the day before, so most are read no further than
//! [`Head`], which borrows and allocates nothing.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::State;
use crate::check::{Outcome, Severity};
use crate::inventory::{Call, Gap};

/// What says whether a verdict is still what it was.
#[derive(Debug, Deserialize)]
pub struct Head<'a> {
    /// The verdict's id: the same in every run.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// The account.
    #[serde(borrow)]
    pub account: Cow<'a, str>,
    /// What the check says.
    pub outcome: Outcome,
    /// The waiver that covers a failure.
    #[serde(default, borrow)]
    pub waiver: Option<WaiverName<'a>>,
}

/// A waiver by its name alone.
#[derive(Debug, Deserialize)]
pub struct WaiverName<'a> {
    /// Its name.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
}

/// A whole line; the evidence unparsed.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    /// The verdict's id: the same in every run.
    pub id: String,
    /// The check.
    pub check: String,
    /// What it says.
    pub outcome: Outcome,
    /// How much a failure matters.
    pub severity: Severity,
    /// Kind of the resource.
    pub kind: String,
    /// ARN; none where a population could not be listed.
    pub resource: Option<String>,
    /// The name people use.
    pub name: String,
    /// Twelve digits.
    pub account: String,
    /// Region, or `global`.
    pub region: String,
    /// What the rule read; [`Row::facts`] parses it.
    pub evidence: Box<RawValue>,
    /// The waiver that covers a failure.
    #[serde(default)]
    pub waiver: Option<Waiver>,
}

/// A waiver as a verdict bears it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, serde::Serialize)]
pub struct Waiver {
    /// Its name.
    pub id: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Who approved it.
    pub approver: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The last day it counts.
    pub expires: Option<String>,
}

/// One fact that a rule read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Fact {
    /// Where it stands.
    pub path: String,
    /// What the call said; absent for a gap.
    #[serde(default)]
    pub value: Value,
    /// Why there is no value.
    #[serde(default)]
    pub gap: Option<Gap>,
    /// The call that told it.
    #[serde(default)]
    pub call: Option<Call>,
}

impl Row {
    /// What the run says of the resource.
    pub fn state(&self) -> State {
        State::of(self.outcome, self.waiver.is_some())
    }

    /// The facts the rule read, in the order it read them.
    ///
    /// # Errors
    /// When the evidence is not what a bundle of this form holds.
    pub fn facts(&self) -> Result<Vec<Fact>, serde_json::Error> {
        serde_json::from_str(self.evidence.get())
    }
}

impl Fact {
    /// What was read, without the call that told it: a new run asks anew, and has other request ids for the same fact.
    pub fn said(&self) -> Said<'_> {
        match &self.gap {
            Some(gap) => Said::Gap(&gap.service, &gap.operation, gap.reason),
            None => Said::Value(&self.value),
        }
    }
}

/// What came of reading a fact, for comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Said<'a> {
    /// A value.
    Value(&'a Value),
    /// Service, operation and reason of a gap.
    Gap(&'a str, &'a str, crate::inventory::Reason),
}
