//! The rules of checks: CEL, the Common Expression Language, over facts that may be missing.
//!
//! The crate `cel` parses. Everything after that is ours, because its evaluator may stop at the first
//! error where the specification lets a later operand decide, and an unread fact must never turn into a
//! value. A source goes through
//!
//! 1. [`parse`]: text to CEL's syntax tree, with positions;
//! 2. [`lower`]: names to positions in resources and records, types checked against the schema, `null` ruled
//!    out where a value is needed ([`narrow`]), constants folded: the [`tree`] that is kept;
//! 3. [`eval`]: a tree and a [`Subject`] to true, false or unknown, with every fact that was read ([`trace`]).
//!
//! An unread fact is an error in the sense of CEL, and so is what CEL itself calls one (no such key,
//! overflow). `&&`, `||`, `?:` and the macros absorb an error that the rest makes irrelevant, both ways round;
//! an error that is left makes the rule *unknown*. So replacing any fact by a gap can turn true or false
//! into unknown, never one into the other.

mod calculate;
mod convert;
mod equal;
mod eval;
mod functions;
mod lower;
mod mutate;
mod name;
mod narrow;
mod parse;
mod statement;
mod trace;
mod tree;
mod trouble;
mod types;
mod value;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;

use super::Reading;
use crate::inventory::schema::{Schema, Shape};
use crate::inventory::{Fact, Gap, Inventory, Resource};

pub use functions::{Function, functions};
pub use mutate::Mutant;

/// What a rule may speak of.
#[derive(Debug, Clone, Copy)]
pub struct Env<'a> {
    /// The kinds and their fields.
    pub schema: &'a Schema,
    /// The kind judged. The rule sees it under the kind's variable; `account` and `region` besides, where the
    /// schema has them, `params` and `now`.
    pub kind: &'a str,
    /// The shapes of the check's parameters.
    pub params: &'a BTreeMap<String, Shape>,
}

/// Something wrong with a rule, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Bytes of the source it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// A rule that is sound: every name is known, every type fits. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Rule {
    program: Arc<tree::Program>,
}

/// What a rule needs collected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// Fields of resources, as (kind, field): what the rule may read, and what its links are matched by.
    pub fields: BTreeSet<(&'static str, &'static str)>,
    /// Kinds whose populations it reads through links.
    pub populations: BTreeSet<&'static str>,
}

/// What a rule is asked about.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// Where links lead.
    pub inventory: &'a Inventory,
    /// The resource judged.
    pub resource: &'a Resource,
    /// The account it is in, or why nothing is known of it.
    pub account: Result<&'a Resource, Arc<Gap>>,
    /// Its region, or why nothing is known of it.
    pub region: Result<&'a Resource, Arc<Gap>>,
    /// Values of the parameters, in the order of their names.
    pub params: &'a [Fact],
    /// The moment of the scan.
    pub now: Timestamp,
}

/// Three-valued truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It holds, whatever was not read.
    True,
    /// It does not hold, whatever was not read.
    False,
    /// What was not read decides.
    Unknown,
}

/// What a rule says of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Whether it holds.
    pub truth: Truth,
    /// Every fact that was read, in the order of first reading, gaps among them.
    pub evidence: Vec<Reading>,
}

impl Judgement {
    /// The gaps that were met.
    pub fn gaps(&self) -> impl Iterator<Item = &Arc<Gap>> {
        self.evidence.iter().filter_map(Reading::gap)
    }
}

/// Reads a rule. All complaints at once.
pub fn compile(source: &str, env: &Env<'_>) -> Result<Rule, Vec<Complaint>> {
    compile_despite(source, env, &|_| false)
}

/// The same, with parameters of which something has been said already: they are of any type.
pub(in crate::check) fn compile_despite(
    source: &str,
    env: &Env<'_>,
    refused: &dyn Fn(&str) -> bool,
) -> Result<Rule, Vec<Complaint>> {
    let parsed = parse::parse(source)?;
    let program = lower::lower(&parsed, env, refused)?;
    Ok(Rule {
        program: Arc::new(program),
    })
}

impl Rule {
    /// The text it was read from.
    pub fn source(&self) -> &str {
        &self.program.source
    }

    /// What it needs collected.
    pub fn reads(&self) -> &Reads {
        &self.program.reads
    }

    /// The rule in words, a line for each condition, indented as they are nested.
    pub fn outline(&self) -> Vec<String> {
        words::outline(&self.program.root)
    }

    /// What it says of a subject. Total: whatever goes wrong is *unknown*.
    pub fn evaluate<'a>(&'a self, subject: &'a Subject<'a>) -> Judgement {
        eval::evaluate(&self.program, subject)
    }

    /// The rule with one thing wrong, in every way an example should notice.
    pub fn mutants(&self) -> Vec<Mutant> {
        mutate::mutants(&self.program)
    }
}
