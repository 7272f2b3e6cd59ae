//! Who may be allowed an action on a resource: an index, so that nobody is asked who cannot be.

use std::collections::{BTreeSet, HashMap};

use super::Account;
use super::means::ACTIONS;
use super::power::Power;
use crate::policy::statement::{Effect, Selection};

/// By action and by what a pattern begins with, up to its first wildcard, the principals that it is allowed to.
#[derive(Debug)]
pub(super) struct Able<'a> {
    allowed: HashMap<&'static str, HashMap<&'a str, Vec<usize>>>,
}

impl<'a> Able<'a> {
    pub(super) fn new(power: &Power<'a>, account: &'a Account) -> Self {
        let mut allowed: HashMap<&'static str, HashMap<&'a str, Vec<usize>>> = HashMap::new();
        for (at, holder) in account.holders.iter().enumerate() {
            for action in ACTIONS {
                let allowing = power
                    .documents(holder)
                    .flat_map(|document| document.concerning(action))
                    .filter(|statement| statement.effect == Effect::Allow);
                for statement in allowing {
                    let by_beginning = allowed.entry(action).or_default();
                    let mut allow = |beginning: &'a str| {
                        let principals = by_beginning.entry(beginning).or_default();
                        if principals.last() != Some(&at) {
                            principals.push(at);
                        }
                    };
                    match &statement.resources {
                        Some(Selection::Of(patterns)) => patterns
                            .iter()
                            .for_each(|pattern| allow(beginning(pattern))),
                        Some(Selection::AllBut(_)) | None => allow(""),
                    }
                }
            }
        }
        Self { allowed }
    }

    /// Those who may be allowed it on this; whoever is not among them is not.
    pub(super) fn on(&self, action: &str, arn: &str) -> BTreeSet<usize> {
        let Some(by_beginning) = self.allowed.get(action) else {
            return BTreeSet::new();
        };
        let beginnings = arn
            .char_indices()
            .map(|(end, _)| end)
            .chain([arn.len()])
            .filter_map(|end| arn.get(..end));
        beginnings
            .filter_map(|beginning| by_beginning.get(beginning))
            .flatten()
            .copied()
            .collect()
    }

    /// Those who may be allowed it on anything.
    pub(super) fn anywhere(&self, action: &str) -> BTreeSet<usize> {
        self.allowed
            .get(action)
            .into_iter()
            .flat_map(HashMap::values)
            .flatten()
            .copied()
            .collect()
    }
}

fn beginning(pattern: &str) -> &str {
    let variable = pattern.find("${").unwrap_or(pattern.len());
    let wildcard = pattern.find(['*', '?']).unwrap_or(pattern.len());
    pattern.get(..variable.min(wildcard)).unwrap_or(pattern)
}
