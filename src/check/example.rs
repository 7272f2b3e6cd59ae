//! The examples a check carries: small accounts in which it must come to a stated outcome.
//!
//! An example shows a reader what the check catches and what it leaves alone, and it is the check's test: it runs through
//! the very [`judge`](super::judge) that judges a scan. [`mutation`] then breaks the rule in every way it can be
//! broken and demands that an example notices.

mod gap;
mod given;
pub mod mutation;
mod paths;
mod read;
pub(super) mod scalar;
mod world;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use super::judge::judge;
use super::{About, Check, Outcome, Verdict};
use crate::inventory::{Fact, Inventory};

pub(super) use read::{Frame, read};
pub(super) use world::Blanks;

use world::World;

/// AWS's own example account.
const ACCOUNT: &str = "111122223333";

/// Where its regional resources are.
const REGION: &str = "us-east-1";

/// One example of a check.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The line of its name in the check's file.
    pub line: usize,
    /// What the check must say.
    pub expect: Outcome,
    /// Parameters that differ from the check's.
    pub params: BTreeMap<String, Fact>,
    /// The moment of the scan.
    pub now: Timestamp,
    /// ARN of the resource judged.
    pub subject: Arc<str>,
    world: World,
}

impl Example {
    /// The account.
    pub fn inventory(&self) -> &Inventory {
        self.world.inventory()
    }
}

/// An example that a check does not live up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The check.
    pub check: String,
    /// Its file.
    pub file: String,
    /// The example.
    pub example: String,
    /// Its line.
    pub line: usize,
    /// What the example expects.
    pub expected: Outcome,
    /// What the check says.
    pub found: Outcome,
    /// What the rule read on the way, one line each.
    pub trace: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (found, expected) = (self.found.name(), self.expected.name());
        writeln!(out, "{}:{}: {}", self.file, self.line, self.check)?;
        write!(
            out,
            "  “{}” comes to {found}, and expects {expected}",
            self.example
        )?;
        if self.trace.is_empty() {
            write!(out, "\n  the rule read nothing")?;
        }
        for line in &self.trace {
            write!(out, "\n  {line}")?;
        }
        Ok(())
    }
}

/// The examples that the check does not live up to.
pub fn failures(check: &Check) -> Vec<Failure> {
    let failures = check
        .examples
        .iter()
        .filter_map(|example| failure(check, example));
    failures.collect()
}

fn failure(check: &Check, example: &Example) -> Option<Failure> {
    let (found, trace) = outcome(check, example);
    (found != example.expect).then(|| Failure {
        check: check.id.clone(),
        file: check.file.clone(),
        example: example.name.clone(),
        line: example.line,
        expected: example.expect,
        found,
        trace,
    })
}

/// What the check says of the example, and what its rule read.
fn outcome(check: &Check, example: &Example) -> (Outcome, Vec<String>) {
    // The file's own defaults and what the example says: a user's parameters change no example.
    let mut check = check.clone();
    check.params.clone_from(&check.defaults);
    check.params.extend(example.params.clone());
    // The judge says something of every resource; were it silent, that would be a mistake, and show as one here.
    let mut found = (
        Outcome::Unknown,
        vec!["the judge says nothing of it".to_owned()],
    );
    judge(
        std::slice::from_ref(&check),
        example.inventory(),
        example.now,
        |verdict| {
            if matches!(verdict.about, About::Resource(resource) if resource.arn == example.subject)
            {
                found = (verdict.outcome, trace(&verdict));
            }
        },
    );
    found
}

/// What a verdict's rule read, as a person would note it.
fn trace(verdict: &Verdict<'_>) -> Vec<String> {
    let readings = verdict.evidence.iter().map(|reading| {
        if let Fact::Gap(gap) = &reading.fact {
            format!(
                "{} = ? ({}:{} left out)",
                reading.path, gap.service, gap.operation
            )
        } else {
            format!("{} = {}", reading.path, written(&reading.fact))
        }
    });
    readings.collect()
}

/// A fact as JSON, which is near enough to how a rule would write it.
fn written(fact: &Fact) -> String {
    match fact {
        Fact::One(_) => "(a resource)".to_owned(),
        Fact::Many(members, None) => format!("({} resources)", members.len()),
        Fact::Many(members, Some(_)) => format!("({} resources, and perhaps more)", members.len()),
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Double(_)
        | Fact::Text(_)
        | Fact::Time(_)
        | Fact::List(_)
        | Fact::Record(_)
        | Fact::Map(_)
        | Fact::Gap(_) => serde_json::to_string(fact).unwrap_or_else(|error| error.to_string()),
    }
}
