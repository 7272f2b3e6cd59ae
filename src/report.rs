//! What a run found, as one ordered value with all that any format shows. It decides nothing.
//!
//! `report.json` is this value, written out; `schemas/report.v1.schema.json` is the frozen copy of its
//! names and is closed, so a field that is added, dropped or renamed here fails a test before it breaks
//! somebody's tool.
//!
//! Every list is in a stated order and every number can be added up again from the rows beneath it: a
//! report of the same run is the same bytes, and it ties out within itself.

pub mod answers;
pub mod area;
pub mod assemble;
pub mod attested;
mod count;
pub mod csv;
pub mod exceptions;
mod gaps;
pub mod html;
pub mod json;
mod origin;
pub mod oscal;
pub mod papers;
pub mod people;
pub mod period;
mod rows;
pub mod sample;
mod says;
pub mod terminal;
pub mod text;
mod value;
pub mod xlsx;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::check::{Counts, Outcome, Severity};
use crate::criteria::result::{CriterionResult, ResultCounts};
use crate::criteria::tally::{CheckState, Tally};
use crate::govern;
use crate::govern::marking::days_between;
use crate::govern::segregation::Person;
use crate::inventory::gap::Reason;
use crate::inventory::run::{Coverage, Run, Tally as CallTally};
use crate::inventory::{self, Source};

pub use area::Area;
pub use attested::{Attestation, Inherited};
pub use exceptions::Suppressions;
pub use people::{StatedResponse, StatedWaiver, WaiverLimit};

/// Names the form of `report.json`. It changes when a name in it goes or changes its meaning, never
/// because one was added inside.
pub const SCHEMA: &str = "tieout.report.v1";

/// All that any format shows.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Who scanned what, and when.
    pub run: Run,
    /// The counts.
    pub summary: Summary,
    /// Every criterion of every framework, in the framework's order.
    pub criteria: Vec<CriterionResult>,
    /// Every attestation, by id, with the statements that people made. Attested, never tested.
    pub attestations: Vec<Attestation>,
    /// What rests on AWS's own controls; none where no criterion does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inherited: Option<Inherited>,
    /// Every check, by id, also those the run left out.
    pub checks: Vec<Check>,
    /// Every verdict, by check, account, region and resource.
    pub verdicts: Vec<Verdict>,
    /// Every population, by kind, account and region.
    pub populations: Vec<Population>,
    /// The ledger of calls, by account, region and service.
    pub coverage: Vec<Coverage>,
    /// What could not be read, the gap that leaves most undecided first.
    pub gaps: Vec<Gap>,
    /// Every waiver, what needs attention first.
    pub waivers: Vec<StatedWaiver>,
    /// For how long a waiver may last, gravest first.
    pub waiver_limits: Vec<WaiverLimit>,
    /// What management says of exceptions, by name. It is no part of the tests, and changes nothing in them.
    pub responses: Vec<StatedResponse>,
    /// Exceptions made in AWS itself, by kind.
    pub suppressions: Vec<Suppressions>,
    /// Who has which role, by name.
    pub segregation: Vec<Person>,
}

/// The counts of a run. Each is the sum of rows of [`Report::checks`] or [`Report::criteria`].
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// Resources in all populations.
    pub resources: u64,
    /// The verdicts of the checks that decide criteria.
    pub outcomes: Counted,
    /// The same by severity, gravest first.
    pub severities: Vec<BySeverity>,
    /// The same by area. A check counts in one area, so the areas add up to `outcomes`.
    pub areas: Vec<ByArea>,
    /// The verdicts of checks that list a population for a person to review.
    pub review: Counted,
    /// The verdicts of checks that advise.
    pub advisory: Counted,
    /// How the criteria of each framework came out.
    pub frameworks: Vec<ByFramework>,
    /// The calls of the whole run.
    pub calls: CallTally,
    /// The IAM actions that would settle what was denied, in order.
    pub actions_to_grant: Vec<String>,
}

/// Outcomes, and what they must add up to: `discovered = pass + fail + waived + unknown + not_applicable`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Resources found, counted from the populations and not from the verdicts.
    pub discovered: u64,
    /// The verdicts.
    #[serde(flatten)]
    pub tally: Tally,
    /// Gaps in the lists of resources: each an unknown verdict beside those on resources.
    pub unlisted: u64,
}

/// The outcomes of the checks of one severity.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct BySeverity {
    /// How much a failure matters.
    pub severity: Severity,
    /// How many checks.
    pub checks: u64,
    /// Their verdicts.
    #[serde(flatten)]
    pub outcomes: Counted,
}

/// The outcomes and criteria of one area.
#[derive(Debug, Clone, Serialize)]
pub struct ByArea {
    /// Which.
    pub area: Area,
    /// How many checks.
    pub checks: u64,
    /// Their verdicts.
    #[serde(flatten)]
    pub outcomes: Counted,
    /// How the area's criteria came out, per framework and in the order of the frameworks.
    pub criteria: Vec<ByFramework>,
}

/// How many criteria of a framework came to each result.
#[derive(Debug, Clone, Serialize)]
pub struct ByFramework {
    /// The framework's id: `tsc2017`.
    pub framework: String,
    /// Its name for people.
    pub title: String,
    /// SHA-256 of the file that declares it, crosswalk included.
    pub sha256: String,
    /// Its criteria, each once.
    pub results: ResultCounts,
}

/// One check: what it asserts, with which rule, and how its verdicts add up.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// `s3.blocks_public_access`.
    pub id: Arc<str>,
    /// True exactly when the check passes.
    pub title: String,
    /// How much a failure matters.
    pub severity: Severity,
    /// What kind of resource it judges.
    pub kind: String,
    /// What its verdicts count for.
    pub outcome: Counts,
    /// The one area it counts in.
    pub area: Area,
    /// The criteria it is evidence for.
    pub criteria: Vec<String>,
    /// How it stands.
    pub state: CheckState,
    /// Its verdicts, tied to the populations.
    #[serde(flatten)]
    pub outcomes: Counted,
    /// The rule, as its file states it.
    pub require: String,
    /// Where the rule applies; everywhere, if absent.
    pub when: Option<String>,
    /// The same in words, derived from the rules and the dictionary of facts.
    pub logic: String,
    /// The values the rule used, beside the check's own defaults.
    pub params: Vec<Param>,
    /// Why it matters.
    pub why: String,
    /// How to put it right.
    pub fix: String,
    /// The same as a command or template, by name of the form.
    pub fixes: BTreeMap<String, String>,
    /// What the check cannot see.
    pub blind_spots: String,
    /// Documentation.
    pub links: Vec<String>,
    /// SHA-256 of the check's file: which rule judged.
    pub sha256: String,
}

/// One parameter of a check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Param {
    /// Its name in the rule.
    pub name: String,
    /// The value in force.
    pub value: Value,
    /// The value the check's file gives it.
    pub default: Value,
}

/// What one check says of one resource, or of a population that could not be listed in full.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Sixteen hexadecimal digits that name it in links: a digest of check, kind, account, region and ARN, so
    /// the same in every run.
    pub id: String,
    /// The check.
    pub check: Arc<str>,
    /// What it says.
    pub outcome: Outcome,
    /// How much a failure matters.
    pub severity: Severity,
    /// Kind of the resource.
    pub kind: Arc<str>,
    /// ARN; none where the verdict is about members of a population that could not be listed.
    pub resource: Option<Arc<str>>,
    /// The name people use; empty where there is no resource.
    pub name: Arc<str>,
    /// Twelve digits.
    pub account: Arc<str>,
    /// Region, or `global`.
    pub region: Arc<str>,
    /// Every fact the rule read, in the order it read them.
    pub evidence: Vec<Evidence>,
    /// The waiver that covers a failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waiver>,
}

/// One fact a rule read.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// Where it stands: `bucket.public_access.block_acls`.
    pub path: String,
    /// `value`, or the `gap` in its place.
    #[serde(flatten)]
    pub read: Read,
    /// The call that told it. None for a gap, which names its own.
    pub call: Option<Source>,
}

/// What came of reading a fact.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// What the call said. A link is the ARN of what it leads to.
    Value(Value),
    /// Why there is no value.
    Gap(Arc<inventory::Gap>),
}

/// A failure that somebody accepted. The verdict stays a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiver {
    /// Its name.
    pub id: String,
    /// Who answers for it.
    pub owner: String,
    /// Who approved it: somebody else.
    pub approver: String,
    /// Why.
    pub reason: String,
    /// Where the decision is on record.
    pub ticket: String,
    /// The last day it counts.
    pub expires: Date,
    /// Days from the run to that day.
    pub days_left: i64,
    /// Whether it was approved only after the day from which it was to count.
    pub retroactive: bool,
}

impl Waiver {
    /// A waiver that covers a failure, on the day of the run.
    pub fn of(waiver: &govern::Waiver, day: Date) -> Self {
        Self {
            id: waiver.id.clone(),
            owner: waiver.terms.owner.clone(),
            approver: waiver.terms.approver.clone(),
            reason: waiver.terms.reason.clone(),
            ticket: waiver.terms.ticket.clone(),
            expires: waiver.terms.expires,
            days_left: days_between(day, waiver.terms.expires),
            retroactive: waiver.is_retroactive(),
        }
    }
}

/// One population.
#[derive(Debug, Clone, Serialize)]
pub struct Population {
    /// Of what.
    pub kind: Arc<str>,
    /// Twelve digits.
    pub account: Arc<str>,
    /// Region, or `global`.
    pub region: Arc<str>,
    /// How many members were listed.
    pub discovered: u64,
    /// Whether that is all of them.
    pub complete: bool,
    /// SHA-256, hexadecimal, over its members in order of ARN: a line of JSON `["<ARN>","<name>"]` for each. The same members have
    /// the same digest.
    pub rows_sha256: String,
    /// The calls that listed them.
    pub calls: Vec<Source>,
    /// Why it may be missing some.
    pub gaps: Vec<Arc<inventory::Gap>>,
}

/// One thing that could not be read, however many resources it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// AWS's error code.
    pub code: Option<String>,
    /// What AWS said of the first, in one line.
    pub message: String,
    /// The IAM action that allows the call; empty where none would help.
    pub action: String,
    /// What to do about it, in words.
    pub remedy: String,
    /// What it was asked about, in order: `bucket=acme-logs`. Empty for a listing.
    pub asked_about: Vec<String>,
    /// How many verdicts it leaves unknown.
    pub undecided: u64,
}
