//! What was asked and answered: the lists of resources, the calls, and what was not told.

use super::super::{Gap, Population, Report};
use super::cells::{call, lines, listed, request_id, shown, yes};
use super::{Column, Sheet};
use crate::inventory::Source;
use crate::inventory::run::Coverage;

/// The list of each kind in each place: a row for each call that told it, and one where none did.
pub(super) fn listings(report: &Report) -> Sheet<'_> {
    let rows = report.populations.iter().flat_map(|population| {
        let calls = population.calls.iter().map(Some);
        let none = population.calls.is_empty().then_some(None);
        calls.chain(none).map(move |call| (population, call))
    });
    Sheet::new("Listings", listings_columns(), rows)
}

fn listings_columns<'r>() -> Vec<Column<(&'r Population, Option<&'r Source>)>> {
    vec![
        ("Kind", 30, |(population, _)| shown(&population.kind).into()),
        ("Account", 14, |(population, _)| {
            shown(&population.account).into()
        }),
        ("Region", 14, |(population, _)| {
            shown(&population.region).into()
        }),
        ("Discovered in all", 16, |(population, _)| {
            population.discovered.into()
        }),
        ("Complete", 10, |(population, _)| {
            yes(population.complete).into()
        }),
        ("Why it may be short", 60, |(population, _)| {
            listed(&population.gaps, |gap| shown(&gap.to_string())).into()
        }),
        ("Listed by", 44, |(_, source)| {
            source.map_or_else(String::new, call).into()
        }),
        ("Request id", 40, |(_, source)| {
            source.map_or_else(String::new, request_id).into()
        }),
        ("Answered at", 32, |(_, source)| {
            source
                .map_or_else(String::new, |call| call.at.to_string())
                .into()
        }),
        ("Answer SHA-256", 68, |(_, source)| {
            source
                .map_or_else(String::new, |call| shown(&call.sha256))
                .into()
        }),
    ]
}

/// What could not be read, the gap that leaves most undecided first.
pub(super) fn gaps(report: &Report) -> Sheet<'_> {
    Sheet::new("Gaps", gaps_columns(), &report.gaps)
}

fn gaps_columns<'r>() -> Vec<Column<&'r Gap>> {
    vec![
        ("Call", 44, |gap| {
            shown(&format!("{}:{}", gap.service, gap.operation)).into()
        }),
        ("Account", 14, |gap| shown(&gap.account).into()),
        ("Region", 14, |gap| shown(&gap.region).into()),
        ("Why", 34, |gap| gap.reason.to_string().into()),
        ("Error code", 24, |gap| {
            shown(gap.code.as_deref().unwrap_or_default()).into()
        }),
        ("What AWS said", 60, |gap| shown(&gap.message).into()),
        ("Action to grant", 36, |gap| shown(&gap.action).into()),
        ("Remedy", 60, |gap| lines(&gap.remedy).into()),
        ("Asked about", 44, |gap| {
            listed(&gap.asked_about, |asked| shown(asked)).into()
        }),
        ("Leaves unknown", 15, |gap| gap.undecided.into()),
    ]
}

/// Every call of the run, by account, region and service.
pub(super) fn coverage(report: &Report) -> Sheet<'_> {
    Sheet::new("Coverage", coverage_columns(), &report.coverage)
}

fn coverage_columns<'r>() -> Vec<Column<&'r Coverage>> {
    vec![
        ("Account", 14, |line| shown(&line.account).into()),
        ("Region", 16, |line| shown(&line.region).into()),
        ("Service", 24, |line| shown(&line.service).into()),
        ("Answered", 10, |line| line.calls.ok.into()),
        ("Absent", 10, |line| line.calls.absent.into()),
        ("Denied", 10, |line| line.calls.denied.into()),
        ("Failed", 10, |line| line.calls.failed.into()),
        ("Throttled attempts", 17, |line| line.calls.throttled.into()),
    ]
}
