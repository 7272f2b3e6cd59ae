//! Citations: a call is printed once, numbered, however many facts it told.

use std::collections::BTreeMap;

use crate::inventory::Source;

/// The calls cited so far, numbered from 1 in the order in which they were first cited.
#[derive(Debug, Default)]
pub(super) struct Citations {
    numbers: BTreeMap<Source, usize>,
}

impl Citations {
    /// The number of a call.
    pub(super) fn cite(&mut self, call: &Source) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(call.clone()).or_insert(next)
    }

    /// The calls in the order of their numbers.
    pub(super) fn in_order(&self) -> Vec<(usize, &Source)> {
        let mut calls: Vec<(usize, &Source)> = self
            .numbers
            .iter()
            .map(|(call, number)| (*number, call))
            .collect();
        calls.sort_unstable_by_key(|(number, _)| *number);
        calls
    }
}
