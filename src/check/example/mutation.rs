//! Are the examples any good? Each rule is broken in every way it can be, and an example must notice.
//!
//! There is no list of excuses. A mutant that no example can notice says the same as the rule, so the rule
//! says something twice: make it simpler.

use std::fmt;

use super::outcome;
use crate::check::Check;
use crate::check::expr::{Mutant, Rule};

/// A broken rule that no example noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// The check.
    pub check: String,
    /// Its file.
    pub file: String,
    /// `require` or `when`.
    pub part: &'static str,
    /// What was broken.
    pub change: String,
}

impl fmt::Display for Survivor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            check,
            file,
            part,
            change,
        } = self;
        writeln!(out, "{file}: {check}")?;
        writeln!(
            out,
            "  no example notices when `{part}` is broken: {change}"
        )?;
        write!(
            out,
            "  add an example whose outcome hangs on that part, or make the rule simpler"
        )
    }
}

/// How the examples of one check stood the test.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many broken rules were tried.
    pub tried: usize,
    /// Those that went unnoticed.
    pub survivors: Vec<Survivor>,
}

/// Breaks the rules of a check in every way and asks its examples.
pub fn test(check: &Check) -> Report {
    let mut report = Report::default();
    let when = check.when.iter().map(|rule| ("when", rule));
    for (part, rule) in when.chain([("require", &check.require)]) {
        for mutant in rule.mutants() {
            report.tried += 1;
            let change = mutant.what.split_whitespace().collect::<Vec<_>>().join(" ");
            if !noticed(&broken(check, part, mutant)) {
                report.survivors.push(Survivor {
                    check: check.id.clone(),
                    file: check.file.clone(),
                    part,
                    change,
                });
            }
        }
    }
    report
}

fn noticed(broken: &Check) -> bool {
    let differs = |example| outcome(broken, example).0 != example.expect;
    broken.examples.iter().any(differs)
}

fn broken(check: &Check, part: &str, mutant: Mutant) -> Check {
    let rule: Rule = mutant.rule;
    let mut broken = check.clone();
    if part == "when" {
        broken.when = Some(rule);
    } else {
        broken.require = rule;
    }
    broken
}
