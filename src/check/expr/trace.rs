//! The reading trace: every fact a rule read, once, in the order of first reading.

use std::collections::HashSet;
use std::sync::Arc;

use super::name::{Name, Stands};
use crate::check::{Path, Position, Reading};
use crate::inventory::{Fact, Gap, Source};

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) readings: Vec<Reading>,
    /// Which fixed names have been read: one bit each, as most rules have a handful.
    once: u64,
    /// The rest: names that stand for many places, and those beyond the bits. With what was read, where only that tells
    /// two of them apart.
    places: HashSet<(usize, Vec<Position>, Option<String>)>,
    /// What the rule itself could not do.
    faults: HashSet<Arc<Gap>>,
}

impl Trace {
    /// Notes what was read at a place: a fact, or all that keeps it from being known. The closures are called only if
    /// the place is new.
    pub(super) fn note<F: IntoIterator<Item = Fact>>(
        &mut self,
        name: &Name,
        positions: impl FnOnce() -> Vec<Position>,
        facts: impl Fn() -> F,
        source: Option<&Source>,
    ) {
        let mut told: Option<Vec<Fact>> = None;
        let positions = if name.stands == Stands::One && name.id < 64 {
            let bit = 1_u64 << name.id;
            if self.once & bit != 0 {
                return;
            }
            self.once |= bit;
            Vec::new()
        } else {
            let positions = positions();
            let apart = (name.stands == Stands::Values).then(|| {
                let facts: Vec<Fact> = facts().into_iter().collect();
                let apart = format!("{facts:?}");
                told = Some(facts);
                apart
            });
            if !self.places.insert((name.id, positions.clone(), apart)) {
                return;
            }
            positions
        };
        let path = Path {
            shape: name.shape.clone(),
            positions,
        };
        let told = told.unwrap_or_else(|| facts().into_iter().collect());
        self.readings.extend(told.into_iter().map(|fact| Reading {
            path: path.clone(),
            fact,
            source: source.cloned(),
        }));
    }

    /// Notes what the rule itself could not do.
    pub(super) fn fault(&mut self, gap: &Arc<Gap>) {
        if self.faults.insert(gap.clone()) {
            self.readings.push(Reading {
                path: Path {
                    shape: gap.parameters.replace("[]", "[ ]").into(),
                    positions: Vec::new(),
                },
                fact: Fact::Gap(gap.clone()),
                source: None,
            });
        }
    }
}
