//! What one check found in a whole run, and how it stands for the criteria it is evidence for.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::Serialize;

use crate::check::Counts;

/// How many verdicts came to each outcome. A waived failure counts as waived, not as a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The assertion holds.
    pub pass: u64,
    /// It does not.
    pub fail: u64,
    /// It does not, and the failure is validly waived.
    pub waived: u64,
    /// A fact it rests on could not be read.
    pub unknown: u64,
    /// The check does not apply to the resource.
    pub not_applicable: u64,
}

impl Tally {
    /// The resources that were judged: the population as far as it could be listed.
    #[must_use]
    pub fn discovered(&self) -> u64 {
        let Self {
            pass,
            fail,
            waived,
            unknown,
            not_applicable,
        } = *self;
        pass + fail + waived + unknown + not_applicable
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.pass += other.pass;
        self.fail += other.fail;
        self.waived += other.waived;
        self.unknown += other.unknown;
        self.not_applicable += other.not_applicable;
    }
}

/// What one check found in a run, over all accounts and regions.
#[derive(Clone, Debug)]
pub struct CheckTally {
    /// The check.
    pub check: String,
    /// The criteria it is evidence for, by id.
    pub criteria: Vec<String>,
    /// Those of them that it only supports, each with the reason.
    pub supports: BTreeMap<String, String>,
    /// Whether it decides them.
    pub outcome: Counts,
    /// Its verdicts on resources.
    pub tally: Tally,
    /// How many of its verdicts are on resources that could not be listed. Whoever is missing may fail.
    pub unlisted: u64,
    /// Whether the run was told not to judge it (`--only`, `--skip`).
    pub left_out: bool,
}

/// How a check stands, by its verdicts alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Something fails, and no valid waiver covers it.
    Fails,
    /// The run was told not to judge it.
    LeftOut,
    /// Nothing fails, but something is unknown or could not be listed.
    Undecided,
    /// Everything it applies to passes or is validly waived, and that is something.
    Passes,
    /// It applies to nothing there is.
    NothingToJudge,
}

impl CheckTally {
    /// How the check stands. What it found failing stands, whatever else it did not see.
    #[must_use]
    pub fn state(&self) -> CheckState {
        if self.tally.fail > 0 {
            CheckState::Fails
        } else if self.left_out {
            CheckState::LeftOut
        } else if self.tally.unknown > 0 || self.unlisted > 0 {
            CheckState::Undecided
        } else if self.tally.pass > 0 || self.tally.waived > 0 {
            CheckState::Passes
        } else {
            CheckState::NothingToJudge
        }
    }

    /// Whether its verdicts can lower its criteria, and so support them. A list for review and an
    /// advice do neither.
    #[must_use]
    pub fn decides(&self) -> bool {
        match self.outcome {
            Counts::Verdict => true,
            Counts::Population | Counts::Advisory => false,
        }
    }
}
