//! Checks and what they say: one assertion about one kind of resource, judged three-valued.

pub mod example;
pub mod expr;
pub mod judge;
pub mod load;
pub mod logic;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::inventory::{Fact, Gap, Place, Source};

/// How much a failure matters. Ordered: `Info` is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Good practice.
    Low,
    /// Weakens a control.
    Medium,
    /// Breaks a control.
    High,
    /// Open to anyone, or to one step of an attacker.
    Critical,
}

impl Severity {
    /// All of them, gravest first.
    pub const ALL: [Self; 5] = [
        Self::Critical,
        Self::High,
        Self::Medium,
        Self::Low,
        Self::Info,
    ];

    /// As files and flags spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// What one check says of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The assertion holds.
    Pass,
    /// It does not hold.
    Fail,
    /// A fact it rests on could not be read.
    Unknown,
    /// The check does not apply to this resource.
    NotApplicable,
}

impl Outcome {
    /// As files and reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// What a check's verdicts count for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Its failures are exceptions of its criteria.
    #[default]
    Verdict,
    /// A complete list for review or sampling: what it fails is for a person to look at.
    Population,
    /// Never lowers a criterion.
    Advisory,
}

/// One assertion about one kind of resource, as its file states it.
#[derive(Debug, Clone)]
pub struct Check {
    /// The path under `checks/`: `s3.blocks_public_access`.
    pub id: String,
    /// True exactly when the check passes.
    pub title: String,
    /// How much a failure matters.
    pub severity: Severity,
    /// The kind it judges.
    pub resource: String,
    /// Criteria it is evidence for: `tsc2017:CC6.1`. First those it is direct evidence for, then those it supports.
    pub criteria: Vec<String>,
    /// Which of these it only supports, and why: it bears on them, and alone it never carries one.
    pub supports: BTreeMap<String, String>,
    /// What its verdicts count for.
    pub outcome: Counts,
    /// Where the check applies; always, if absent.
    pub when: Option<expr::Rule>,
    /// What must hold.
    pub require: expr::Rule,
    /// Values a user may override: name, and value in force.
    pub params: BTreeMap<String, Fact>,
    /// The same with the defaults of the file.
    pub defaults: BTreeMap<String, Fact>,
    /// Why it matters.
    pub why: String,
    /// How to put it right.
    pub fix: String,
    /// The same as an AWS CLI command, as Terraform, as CloudFormation; by name of the form.
    pub fixes: BTreeMap<String, String>,
    /// What the check cannot see.
    pub blind_spots: String,
    /// Documentation.
    pub links: Vec<String>,
    /// Former ids.
    pub was: Vec<String>,
    /// The examples it carries.
    pub examples: Vec<example::Example>,
    /// SHA-256 of the file, hexadecimal: which rule judged.
    pub digest: String,
    /// Where it was read from, as complaints name it.
    pub file: String,
    /// The file's own text.
    pub text: Arc<str>,
}

/// One fact that a rule read, as the evaluator recorded it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Where it stands: `bucket.public_access.block_acls`.
    pub path: Path,
    /// What was read, possibly a gap.
    pub fact: Fact,
    /// The call that told it; a gap names its own.
    pub source: Option<Source>,
}

impl Reading {
    /// Why it could not be read, if it could not.
    pub fn gap(&self) -> Option<&Arc<Gap>> {
        if let Fact::Gap(gap) = &self.fact {
            Some(gap)
        } else {
            None
        }
    }
}

/// The place of a fact, as a rule spells it, with the positions of the list elements it went through:
/// `trail.selectors[].read_write` with `[2]` is `trail.selectors[2].read_write`. Kept in two parts because the
/// first is shared by all resources.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// The path, with `[]` for each position.
    pub shape: Arc<str>,
    /// The positions or keys, in order.
    pub positions: Vec<Position>,
}

/// Which element of a list, or which entry of a map.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Position {
    /// The `n`th element, from zero.
    Nth(usize),
    /// The entry of a map, or of linked resources the one of that ARN.
    Key(Arc<str>),
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nth(n) => write!(out, "{n}"),
            Self::Key(key) => out.write_str(key),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut positions = self.positions.iter();
        for (n, part) in self.shape.split("[]").enumerate() {
            if n > 0 {
                match positions.next() {
                    Some(position) => write!(out, "[{position}]")?,
                    None => out.write_str("[]")?,
                }
            }
            out.write_str(part)?;
        }
        Ok(())
    }
}

/// What one check says of one resource, or of a population that could not be listed.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The check.
    pub check: &'a Check,
    /// Account, region and kind.
    pub place: &'a Place,
    /// Of what.
    pub about: About<'a>,
    /// What it says.
    pub outcome: Outcome,
    /// What it rests on: every fact the rule read, in the order first read.
    pub evidence: Vec<Reading>,
}

/// What a verdict is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// One resource.
    Resource(&'a crate::inventory::Resource),
    /// Members of the population that could not be listed. Always *unknown*.
    Unlisted(&'a Arc<Gap>),
}
