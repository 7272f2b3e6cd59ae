//! The reading trace: every fact a rule read, once, in the order of first reading.

use std::collections::HashSet;
use std::sync::Arc;

use super::tree::Name;
use crate::check::{Path, Position, Reading};
use crate::inventory::{Fact, Gap, Source};

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) readings: Vec<Reading>,
    /// Which fixed names have been read: one bit each, as most rules have a handful.
    once: u64,
    /// The rest: names that stand for many places, and those beyond the bits.
    places: HashSet<(usize, Vec<Position>)>,
}

impl Trace {
    /// Notes what was read at a place: a fact, or all that keeps it from being known. The closures are called only if
    /// the place is new.
    pub(super) fn note<F: IntoIterator<Item = Fact>>(
        &mut self,
        name: &Name,
        positions: impl FnOnce() -> Vec<Position>,
        facts: impl FnOnce() -> F,
        source: Option<&Source>,
    ) {
        let positions = if name.fixed && name.id < 64 {
            let bit = 1_u64 << name.id;
            if self.once & bit != 0 {
                return;
            }
            self.once |= bit;
            Vec::new()
        } else {
            let positions = positions();
            if !self.places.insert((name.id, positions.clone())) {
                return;
            }
            positions
        };
        let path = Path {
            shape: name.shape.clone(),
            positions,
        };
        self.readings
            .extend(facts().into_iter().map(|fact| Reading {
                path: path.clone(),
                fact,
                source: source.cloned(),
            }));
    }

    /// Notes what the rule itself could not do.
    pub(super) fn fault(&mut self, gap: &Arc<Gap>) {
        let fact = Fact::Gap(gap.clone());
        if self.readings.iter().all(|known| known.fact != fact) {
            self.readings.push(Reading {
                path: Path {
                    shape: gap.parameters.replace("[]", "[ ]").into(),
                    positions: Vec::new(),
                },
                fact,
                source: None,
            });
        }
    }
}
