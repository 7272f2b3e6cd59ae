//! Whether a run without its names comes to what it came to with them.

use std::collections::{BTreeMap, BTreeSet};

use crate::bundle::redaction::Names;
use crate::check::Outcome;
use crate::inventory::Reason;
use crate::report::{Evidence, Read, Report, Verdict};

/// More than this many are counted and not told.
const TOLD: usize = 5;

/// What a verdict comes to, whatever things are called: its outcome, whether it is waived, and why it is unknown.
type Came = (&'static str, bool, BTreeSet<Reason>);

/// Check, account, region and resource of a verdict.
type Place = (String, String, String, String);

/// Every verdict and criterion that comes to something else, in words; as many as are told, and how many there are.
pub(super) fn differing(with: &Report, without: &Report, names: &Names) -> (Vec<String>, usize) {
    let text = |text: &str| names.text(text).into_owned();
    let mut expected = by_place(with, &text);
    let mut found = by_place(without, &str::to_owned);
    nowhere_else(&mut expected, &mut found);
    let mut wrong = Vec::new();
    for (place, came) in &mut found {
        let mut same = expected.remove(place).unwrap_or_default();
        came.retain(|one| {
            let at = same.iter().position(|other| other.0 == one.0);
            at.map(|at| same.swap_remove(at)).is_none()
        });
        if !same.is_empty() {
            expected.insert(place.clone(), same);
        }
    }
    let left = |all: BTreeMap<Place, Vec<(Came, String)>>| {
        all.into_iter().filter(|(_, came)| !came.is_empty())
    };
    for ((check, _, region, resource), came) in left(found) {
        for ((outcome, ..), why) in came {
            wrong.push(format!(
                "{check} of {resource} in {region} comes to {outcome}{why}"
            ));
        }
    }
    for ((check, _, region, resource), came) in left(expected) {
        for ((outcome, ..), _) in came {
            wrong.push(format!(
                "{check} of {resource} in {region} no longer comes to {outcome}"
            ));
        }
    }
    let results = |report: &Report| -> Vec<(String, &'static str)> {
        let all = report.criteria.iter();
        all.map(|it| (it.id.to_string(), it.result.name()))
            .collect()
    };
    for ((id, with), (_, without)) in results(with).into_iter().zip(results(without)) {
        if with != without {
            wrong.push(format!("{id} comes to {without} and not {with}"));
        }
    }
    let many = wrong.len();
    wrong.truncate(TOLD);
    (wrong, many)
}

/// What each verdict comes to, and why in words, by its place.
fn by_place(report: &Report, of: &dyn Fn(&str) -> String) -> BTreeMap<Place, Vec<(Came, String)>> {
    let mut all: BTreeMap<Place, Vec<(Came, String)>> = BTreeMap::new();
    for verdict in &report.verdicts {
        let resource = verdict.resource.as_deref().unwrap_or_default();
        let place = (
            verdict.check.to_string(),
            of(&verdict.account),
            verdict.region.to_string(),
            of(resource),
        );
        all.entry(place)
            .or_default()
            .push((came(verdict), because(verdict)));
    }
    all
}

/// A resource that a collector names by a digest of what it holds, a subscription nobody confirmed by its address, has another
/// name now, which nothing translates. Those that stand on one side alone are compared without it.
fn nowhere_else(
    expected: &mut BTreeMap<Place, Vec<(Came, String)>>,
    found: &mut BTreeMap<Place, Vec<(Came, String)>>,
) {
    let resources = |all: &BTreeMap<Place, Vec<(Came, String)>>| -> BTreeSet<String> {
        all.keys().map(|(.., resource)| resource.clone()).collect()
    };
    let (old, new) = (resources(expected), resources(found));
    let unnamed = |all: &mut BTreeMap<Place, Vec<(Came, String)>>, others: &BTreeSet<String>| {
        let alone: Vec<Place> = all
            .keys()
            .filter(|(.., it)| !others.contains(it))
            .cloned()
            .collect();
        for place in alone {
            let came = all.remove(&place).unwrap_or_default();
            let (check, account, region, _) = place;
            all.entry((check, account, region, UNNAMED.to_owned()))
                .or_default()
                .extend(came);
        }
    };
    unnamed(expected, &new);
    unnamed(found, &old);
}

/// Stands for a resource whose name nothing translates.
const UNNAMED: &str = "something";

/// The first call that did not tell.
fn because(verdict: &Verdict) -> String {
    let gap = verdict.evidence.iter().find_map(|it| match &it.read {
        Read::Gap(gap) => Some(gap),
        Read::Value(_) => None,
    });
    gap.map_or_else(String::new, |gap| format!(" ({gap})"))
}

fn came(verdict: &Verdict) -> Came {
    let reason = |evidence: &Evidence| match &evidence.read {
        Read::Gap(gap) => Some(gap.reason),
        Read::Value(_) => None,
    };
    // What decides is read in the order of names, and the rest is not read then; what is undecided has read all.
    let undecided = verdict.outcome == Outcome::Unknown;
    let gaps = verdict.evidence.iter().filter(|_| undecided);
    (
        verdict.outcome.name(),
        verdict.waiver.is_some(),
        gaps.filter_map(reason).collect(),
    )
}
