//! What people state, held against what the run found: waivers with their state, management responses, who has which role.
//!
//! None of it moves an outcome. What a waiver covers is decided in [`crate::govern::marking`]; here it is told.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{Check, Verdict};
use crate::check::{Outcome, Severity};
use crate::criteria::Frameworks;
use crate::criteria::result::CriterionResult;
use crate::criteria::tally::{CheckState, Tally};
use crate::govern::marking::{Marked, Matched, State, days_between};
use crate::govern::pattern::covers;
use crate::govern::response::Said;
use crate::govern::segregation::Person;
use crate::govern::waiver::Terms;
use crate::govern::{self, Limits};

/// All that people state, before it is held against the verdicts.
#[derive(Debug, Default)]
pub struct Stated<'a> {
    /// The waivers, as [`crate::govern::marking::Marking::finish`] gives them.
    pub waivers: Vec<Marked<'a>>,
    /// What management says.
    pub responses: &'a [govern::Response],
    /// For how long a waiver may last.
    pub limits: Limits,
    /// People and their roles.
    pub segregation: Vec<Person>,
}

/// A waiver, and how it stands on the day of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedWaiver {
    /// Name of its file, without the ending.
    pub id: String,
    /// How it stands.
    pub state: State,
    /// The same in a sentence.
    pub says: String,
    /// How many failures it covers.
    pub applied: u64,
    /// The verdicts on what it names.
    pub matched: Matched,
    /// The check whose failure is accepted, by its id of today.
    pub check: String,
    /// The former id, where the file uses one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_check: Option<String>,
    /// How grave a failure of the check is. None: there is no such check.
    pub severity: Option<Severity>,
    /// What its file states.
    #[serde(flatten)]
    pub terms: Terms,
    /// Days from the run to the last day; fewer than none once it has passed.
    pub days_left: i64,
    /// The most days it may last. None: there is no such check.
    pub max_days: Option<u32>,
    /// Whether it was approved only after the day from which it was to count.
    pub retroactive: bool,
    /// The waiver that has its place.
    pub superseded_by: Option<String>,
    /// What is to make up for the failure, and how that stands now.
    pub compensating: Vec<Compensating>,
    /// The file.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// A check or attestation that is to make up for a waived failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compensating {
    /// Its id.
    pub id: String,
    /// What it is.
    pub is: Compensation,
    /// How it stands now, in a word or two.
    pub state: String,
    /// The verdicts, where it is a check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tally: Option<Tally>,
}

/// What makes up for a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Compensation {
    /// A check.
    Check,
    /// An attestation.
    Attestation,
    /// Neither: there is nothing of that id.
    Nothing,
}

/// What management says of an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedResponse {
    /// Name of its file, without the ending.
    pub id: String,
    /// The check it speaks of, by its id of today.
    pub check: Option<String>,
    /// The former id, where the file uses one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_check: Option<String>,
    /// The criterion it speaks of.
    pub criterion: Option<String>,
    /// The ARN, or the pattern of ARNs, it speaks of.
    pub resource: Option<String>,
    /// How many failures it speaks of, waived ones included.
    pub failures: u64,
    /// The verdicts that these are, by id. They follow from what it names, so `report.json` does without them.
    #[serde(skip)]
    pub answers: Vec<String>,
    /// What it speaks of, in a sentence.
    pub says: String,
    /// What is said, and by whom.
    #[serde(flatten)]
    pub said: Said,
    /// The file.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// The most days a waiver may last, for the checks of one severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WaiverLimit {
    /// Of the check.
    pub severity: Severity,
    /// In force.
    pub max_days: u32,
    /// Where `tieout.toml` does not say otherwise.
    pub default: u32,
}

/// What the statements are held against.
pub(super) struct Found<'a> {
    pub(super) day: Date,
    pub(super) checks: &'a [Check],
    /// Former ids of checks, and the ids of today.
    pub(super) former: BTreeMap<&'a str, &'a str>,
    pub(super) verdicts: &'a [Verdict],
    pub(super) criteria: &'a [CriterionResult],
    pub(super) frameworks: &'a Frameworks,
}

impl Found<'_> {
    /// The check of that id, or that once had it.
    fn check(&self, id: &str) -> Option<&Check> {
        let id = self.former.get(id).copied().unwrap_or(id);
        self.checks.iter().find(|check| *check.id == *id)
    }

    /// Every waiver and every response, held against it.
    pub(super) fn told(&self, stated: &Stated<'_>) -> (Vec<StatedWaiver>, Vec<StatedResponse>) {
        let waivers = stated.waivers.iter().map(|marked| self.waiver(marked));
        let responses = stated.responses.iter().map(|said| self.response(said));
        (waivers.collect(), responses.collect())
    }

    fn waiver(&self, marked: &Marked<'_>) -> StatedWaiver {
        let waiver = marked.waiver;
        let check = marked
            .check
            .map_or(waiver.check.as_str(), |check| check.id.as_str());
        StatedWaiver {
            id: waiver.id.clone(),
            state: marked.state,
            says: super::says::waiver(marked, self.day),
            applied: marked.applied,
            matched: marked.matched,
            check: check.to_owned(),
            written_check: (check != waiver.check).then(|| waiver.check.clone()),
            severity: marked.check.map(|check| check.severity),
            terms: waiver.terms.clone(),
            days_left: days_between(self.day, waiver.terms.expires),
            max_days: marked.max_days,
            retroactive: waiver.is_retroactive(),
            superseded_by: marked.superseded_by.map(str::to_owned),
            compensating: waiver
                .compensating
                .iter()
                .map(|id| self.compensating(id))
                .collect(),
            file: waiver.file.clone(),
            sha256: waiver.sha256.clone(),
        }
    }

    /// What a compensating check or attestation says now.
    fn compensating(&self, id: &str) -> Compensating {
        if let Some(check) = self.check(id) {
            let state = match check.state {
                CheckState::Fails => "fails",
                CheckState::LeftOut => "was left out of this run",
                CheckState::Undecided => "is undecided",
                CheckState::Passes => "passes",
                CheckState::NothingToJudge => "has nothing to judge",
            };
            return Compensating {
                id: check.id.to_string(),
                is: Compensation::Check,
                state: state.to_owned(),
                tally: Some(check.outcomes.tally),
            };
        }
        let needed = self
            .criteria
            .iter()
            .flat_map(|criterion| &criterion.attestations)
            .find(|needed| needed.attestation.id == id);
        let (is, state) = match (needed, self.frameworks.attestation(id)) {
            (Some(needed), _) => (Compensation::Attestation, format!("is {}", needed.state)),
            (None, Some(_)) => (
                Compensation::Attestation,
                "is needed by no criterion".to_owned(),
            ),
            (None, None) => (
                Compensation::Nothing,
                "is neither a check nor an attestation".to_owned(),
            ),
        };
        Compensating {
            id: id.to_owned(),
            is,
            state,
            tally: None,
        }
    }

    fn response(&self, said: &govern::Response) -> StatedResponse {
        let answers = self.answered(said);
        let failures = answers.len() as u64;
        let named = said.check.as_deref();
        let check = named.map(|id| self.check(id).map_or(id, |check| &*check.id));
        StatedResponse {
            id: said.id.clone(),
            check: check.map(str::to_owned),
            written_check: said.check.clone().filter(|id| check != Some(id)),
            criterion: said.criterion.clone(),
            resource: said.resource.clone(),
            failures,
            answers,
            says: self.of_response(said, failures),
            said: said.said.clone(),
            file: said.file.clone(),
            sha256: said.sha256.clone(),
        }
    }

    /// The failures of the check, or of the checks of the criterion, on what the response names.
    fn answered(&self, said: &govern::Response) -> Vec<String> {
        let named_check = said.check.as_deref().map(|id| self.check(id));
        let speaks_of = |check: &Check| {
            named_check.is_none_or(|named| named.is_some_and(|named| named.id == check.id))
                && said
                    .criterion
                    .as_ref()
                    .is_none_or(|id| check.criteria.contains(id))
        };
        let checks: Vec<&str> = self
            .checks
            .iter()
            .filter(|check| speaks_of(check))
            .map(|check| &*check.id)
            .collect();
        let named = |arn: Option<&str>| match (&said.resource, arn) {
            (None, _) => true,
            (Some(pattern), Some(arn)) => covers(pattern, arn),
            (Some(_), None) => false,
        };
        let failing = self.verdicts.iter().filter(|verdict| {
            verdict.outcome == Outcome::Fail
                && checks.binary_search(&&*verdict.check).is_ok()
                && named(verdict.resource.as_deref())
        });
        failing.map(|verdict| verdict.id.clone()).collect()
    }

    fn of_response(&self, said: &govern::Response, failures: u64) -> String {
        let unknown_check = said.check.as_deref().filter(|id| self.check(id).is_none());
        let unknown_criterion = said
            .criterion
            .as_deref()
            .filter(|id| self.frameworks.criterion(id).is_none());
        match (unknown_check, unknown_criterion) {
            (Some(id), _) => format!("It speaks of the check {id}, which there is not."),
            (None, Some(id)) => format!("It speaks of the criterion {id}, which there is not."),
            (None, None) if failures == 0 => {
                "It speaks of nothing that fails in this run.".to_owned()
            }
            (None, None) if failures == 1 => "It speaks of 1 failure of this run.".to_owned(),
            (None, None) => format!("It speaks of {failures} failures of this run."),
        }
    }
}

/// The limits as the report shows them.
pub(super) fn limits(limits: &Limits) -> Vec<WaiverLimit> {
    let rows = limits.rows();
    rows.map(|(severity, max_days, default)| WaiverLimit {
        severity,
        max_days,
        default,
    })
    .collect()
}
