//! What was reached: the ledger of calls, and how many of each kind they listed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::shown;
use crate::inventory::gap::Reason;
use crate::inventory::run::{Coverage, Tally};
use crate::report::Population;
use crate::report::html::cite::Citations;
use crate::report::text::{counted, number};

/// Pages of one list whose calls are cited before the rest is counted.
const PAGES: usize = 20;

/// The calls of the whole run.
#[derive(Serialize)]
pub(super) struct Calls {
    all: String,
    ok: String,
    absent: String,
    denied: String,
    failed: String,
    throttled: String,
}

/// The ledger of one account and region.
#[derive(Serialize)]
pub(super) struct PlaceRows {
    account: String,
    region: String,
    rows: Vec<LedgerRow>,
}

#[derive(Serialize)]
struct LedgerRow {
    service: String,
    ok: String,
    absent: String,
    denied: String,
    failed: String,
    throttled: String,
    gap: bool,
}

/// A kind over all accounts and regions.
#[derive(Serialize)]
pub(super) struct KindRow {
    kind: String,
    discovered: String,
    places: String,
    listed: Vec<Listed>,
    incomplete: Vec<String>,
    /// Whether nobody asked for it anywhere: then nothing is missing that a check would judge.
    not_asked: bool,
}

/// The list of one account and region, and the calls that told it.
#[derive(Serialize)]
struct Listed {
    account: String,
    region: String,
    discovered: String,
    calls: Vec<usize>,
    more: Option<String>,
}

pub(super) fn calls(calls: &Tally) -> Calls {
    let all = calls.ok + calls.absent + calls.denied + calls.failed;
    Calls {
        all: counted(all, "call", "calls"),
        ok: number(calls.ok),
        absent: number(calls.absent),
        denied: number(calls.denied),
        failed: number(calls.failed),
        throttled: number(calls.throttled),
    }
}

pub(super) fn ledger(coverage: &[Coverage]) -> Vec<PlaceRows> {
    coverage
        .chunk_by(|a, b| (&a.account, &a.region) == (&b.account, &b.region))
        .filter_map(|lines| {
            let first = lines.first()?;
            Some(PlaceRows {
                account: shown(&first.account),
                region: shown(&first.region),
                rows: lines.iter().map(line).collect(),
            })
        })
        .collect()
}

fn line(line: &Coverage) -> LedgerRow {
    LedgerRow {
        service: shown(&line.service),
        ok: number(line.calls.ok),
        absent: number(line.calls.absent),
        denied: number(line.calls.denied),
        failed: number(line.calls.failed),
        throttled: number(line.calls.throttled),
        gap: line.calls.denied + line.calls.failed > 0,
    }
}

pub(super) fn kinds(populations: &[Population], citations: &mut Citations) -> Vec<KindRow> {
    let mut kinds: BTreeMap<&str, Vec<&Population>> = BTreeMap::new();
    for population in populations {
        kinds.entry(&population.kind).or_default().push(population);
    }
    kinds
        .into_iter()
        .map(|(kind, found)| KindRow {
            kind: kind.to_owned(),
            discovered: number(found.iter().map(|population| population.discovered).sum()),
            places: counted(found.len() as u64, "place", "places"),
            listed: found
                .iter()
                .map(|population| listed(population, citations))
                .collect(),
            incomplete: found.iter().filter_map(|found| incomplete(found)).collect(),
            not_asked: found.iter().all(|population| is_not_asked(population)),
        })
        .collect()
}

fn listed(population: &Population, citations: &mut Citations) -> Listed {
    let more = population.calls.len().saturating_sub(PAGES) as u64;
    Listed {
        account: shown(&population.account),
        region: shown(&population.region),
        discovered: number(population.discovered),
        calls: population
            .calls
            .iter()
            .take(PAGES)
            .map(|call| citations.cite(call))
            .collect(),
        more: (more > 0).then(|| counted(more, "more page", "more pages")),
    }
}

fn incomplete(population: &Population) -> Option<String> {
    if population.complete {
        return None;
    }
    let why: Vec<String> = population.gaps.iter().map(|gap| gap.to_string()).collect();
    Some(shown(&format!(
        "{} {}: {}",
        population.account,
        population.region,
        why.join("; ")
    )))
}

fn is_not_asked(population: &Population) -> bool {
    !population.complete
        && population
            .gaps
            .iter()
            .all(|gap| gap.reason == Reason::NotAsked)
}
