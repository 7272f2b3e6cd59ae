//! What changed beside the account inside the window.

use serde::Serialize;

use super::Bounds;
use crate::history::Seen;
use crate::history::circumstance::Circumstance;
use crate::history::timeline::Timeline;

/// A change of circumstances, with the run where it first shows.
#[derive(Debug, Serialize)]
pub struct Changed {
    /// The first run with it.
    pub first: Seen,
    /// The run before, which had it otherwise.
    pub previous: Seen,
    /// What changed.
    #[serde(flatten)]
    pub change: Circumstance,
}

pub(super) fn of(timeline: &Timeline, bounds: Bounds) -> Vec<Changed> {
    let mut changes = Vec::new();
    for run in bounds.first.max(1)..bounds.past {
        let (Some(of), Some(first), Some(before)) = (
            timeline.run(run),
            timeline.seen(run),
            timeline.seen(run - 1),
        ) else {
            continue;
        };
        changes.extend(of.changes.iter().map(|change| Changed {
            first: first.clone(),
            previous: before.clone(),
            change: change.clone(),
        }));
    }
    changes
}
