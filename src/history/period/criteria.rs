//! Criteria through time, as each run reported them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Bounds, day};
use crate::history::Seen;
use crate::history::timeline::Timeline;

/// One criterion in the window.
#[derive(Debug, Serialize)]
pub struct Criterion {
    /// Framework and code: `tsc2017:CC6.1`.
    pub id: String,
    /// Days by the result of the day's last run. Days without a run, and runs whose bundles do not keep results, are under
    /// none of them.
    pub days: BTreeMap<String, u32>,
    /// Its results, in order of time.
    pub spans: Vec<Standing>,
}

/// A result over consecutive runs.
#[derive(Debug, Serialize)]
pub struct Standing {
    /// `supported`, `exceptions`, `incomplete`, `inherited` or `attested`.
    pub result: String,
    /// The first run with it.
    pub first: Seen,
    /// The last.
    pub last: Seen,
    /// How many runs.
    pub runs: u32,
}

pub(super) fn of(timeline: &Timeline, bounds: Bounds) -> Vec<Criterion> {
    let mut criteria: BTreeMap<&str, (BTreeMap<jiff::civil::Date, &str>, Vec<Standing>)> =
        BTreeMap::new();
    for run in bounds.first..bounds.past {
        let (Some(of), Some(seen)) = (timeline.run(run), timeline.seen(run)) else {
            continue;
        };
        for (criterion, result) in &of.results {
            let (days, spans) = criteria.entry(criterion).or_default();
            days.insert(day(of.started), result);
            match spans.last_mut() {
                Some(last) if last.result == *result => {
                    last.last = seen.clone();
                    last.runs += 1;
                }
                Some(_) | None => spans.push(Standing {
                    result: result.clone(),
                    first: seen.clone(),
                    last: seen.clone(),
                    runs: 1,
                }),
            }
        }
    }
    criteria
        .into_iter()
        .map(|(id, (by_day, spans))| {
            let mut days = BTreeMap::new();
            for result in by_day.into_values() {
                *days.entry(result.to_owned()).or_default() += 1;
            }
            Criterion {
                id: id.to_owned(),
                days,
                spans,
            }
        })
        .collect()
}
