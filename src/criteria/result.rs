//! The result of a criterion, with everything a report shows beside it.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::tally::{CheckState, Tally};
use super::{Attestation, Crosswalk, EvidenceKind};
use crate::check::Counts;
use crate::govern::attestation::{self, State};

/// What a run, with the attestations at hand, says of a criterion. Whether a control is effective
/// is the auditor's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// Something fails.
    Exceptions,
    /// Something is unknown, or an attestation is not current.
    Incomplete,
    /// Its checks pass or are validly waived, and its attestations are current.
    Supported,
    /// AWS's own controls, and our review of AWS's report on them is current.
    Inherited,
    /// People's statements, all current.
    Attested,
}

impl ResultKind {
    /// All of them, the one that needs most attention first.
    pub const ALL: [Self; 5] = [
        Self::Exceptions,
        Self::Incomplete,
        Self::Supported,
        Self::Inherited,
        Self::Attested,
    ];

    /// As reports spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exceptions => "exceptions",
            Self::Incomplete => "incomplete",
            Self::Supported => "supported",
            Self::Inherited => "inherited",
            Self::Attested => "attested",
        }
    }
}

impl fmt::Display for ResultKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// One criterion at one place of its framework, with its result and what the result rests on.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionResult {
    /// Framework and code: `tsc2017:CC6.1`.
    pub id: String,
    /// The framework's id: `tsc2017`.
    pub framework: String,
    /// The code within the framework: `CC6.1`.
    pub code: String,
    /// The section it stands under here.
    pub section: String,
    /// Its place in the framework, counted from 1.
    pub position: usize,
    /// Whether an earlier section has listed it already. It has the same result there; leave it out
    /// of counts.
    pub repeated: bool,
    /// A few words.
    pub title: String,
    /// What it asks.
    pub statement: String,
    /// What can decide it.
    pub evidence: EvidenceKind,
    /// What AWS cannot show about it.
    pub limits: String,
    /// The controls of AWS it rests on.
    pub inherited: Vec<String>,
    /// The result.
    pub result: ResultKind,
    /// Why, in sentences: what fails first, then what is missing.
    pub reasons: Vec<String>,
    /// The checks that are evidence for it, by id.
    pub checks: Vec<String>,
    /// How each of these checks stands, in the same order.
    pub standings: Vec<Standing>,
    /// The verdicts of the checks that decide it, added up.
    pub tally: Tally,
    /// The attestations it needs, and whether each is current.
    pub attestations: Vec<NeededAttestation>,
    /// The criteria of other frameworks that ask the same or touch it.
    pub crosswalk: Crosswalk,
}

/// How a check stands for a criterion.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// The check.
    pub check: String,
    /// How much it can carry.
    pub strength: Strength,
    /// Why it merely supports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What its verdicts count for.
    pub outcome: Counts,
    /// How it stands.
    pub state: CheckState,
    /// Its verdicts on resources.
    pub tally: Tally,
    /// How many of its verdicts are on resources that could not be listed.
    pub unlisted: u64,
}

/// How much a check can carry of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// It shows a part of what the criterion asks.
    Direct,
    /// It bears on the criterion; alone it never supports it. A failure of it is an exception all the same.
    Supporting,
}

impl Strength {
    /// As reports spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Supporting => "supporting",
        }
    }
}

/// An attestation that a criterion needs.
#[derive(Clone, Debug, Serialize)]
pub struct NeededAttestation {
    /// What it is.
    #[serde(flatten)]
    pub attestation: Attestation,
    /// Whether a statement is there that counts on the day of the run.
    pub current: bool,
    /// How it stands, in one word: `current`, `missing`, `expired`, …
    pub state: &'static str,
    /// Why it does not count, to follow "it".
    pub why: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
    /// The statement that says so; none where there is none.
    pub statement: Option<Stated>,
}

/// The statement that speaks for an attestation, in short.
#[derive(Clone, Debug, Serialize)]
pub struct Stated {
    /// Name of its file without the ending.
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// Who reviewed it.
    pub reviewer: Option<String>,
    /// The last day it counts.
    pub counts_until: Date,
    /// Days from the run to that day, where these are few.
    pub ends_in_days: Option<i32>,
}

impl NeededAttestation {
    /// The attestation as it stands; missing, where nothing is known of it.
    #[must_use]
    pub fn of(needed: &Attestation, standing: Option<&attestation::Standing>) -> Self {
        let missing = State::Missing;
        let state = standing.map_or(&missing, |standing| &standing.state);
        let stated = |standing: &attestation::Standing| {
            let by = standing.by.as_ref()?;
            let reviewed = by.statement.reviewed.as_ref();
            Some(Stated {
                name: by.statement.name.clone(),
                owner: by.statement.owner.clone(),
                reviewer: reviewed.map(|reviewed| reviewed.reviewer.clone()),
                counts_until: by.counts_until,
                ends_in_days: standing.ends_in_days,
            })
        };
        Self {
            attestation: needed.clone(),
            current: state.is_current(),
            state: state.name(),
            why: state.why(),
            remedy: state.remedy(&needed.id),
            statement: standing.and_then(stated),
        }
    }
}

/// How many criteria of a framework came to each result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResultCounts {
    /// Something fails.
    pub exceptions: u64,
    /// Something is unknown or awaited.
    pub incomplete: u64,
    /// Supported by checks and attestations.
    pub supported: u64,
    /// Rest on AWS's own controls.
    pub inherited: u64,
    /// Rest on people's statements.
    pub attested: u64,
}

impl ResultCounts {
    /// Counts each criterion of `framework` once.
    #[must_use]
    pub fn of(results: &[CriterionResult], framework: &str) -> Self {
        let mut counts = Self::default();
        for criterion in results
            .iter()
            .filter(|result| result.framework == framework && !result.repeated)
        {
            match criterion.result {
                ResultKind::Exceptions => counts.exceptions += 1,
                ResultKind::Incomplete => counts.incomplete += 1,
                ResultKind::Supported => counts.supported += 1,
                ResultKind::Inherited => counts.inherited += 1,
                ResultKind::Attested => counts.attested += 1,
            }
        }
        counts
    }
}
