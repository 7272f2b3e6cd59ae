//! Two reports of one account, held against each other: what a fault may change of its verdicts, and what it may not.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use tieout::check::Outcome;
use tieout::inventory::attempt::Attempt;
use tieout::inventory::{GLOBAL, Gap};
use tieout::report::{Report, Verdict};

use super::account::{Account, call};
use super::read::{call_of, gaps, place, told};
use super::variants::Variant;
use super::{populations, reasons};

/// What was done to a recording.
pub(crate) struct Done {
    pub(crate) variant: &'static Variant,
    /// The calls, as `service:Operation` and a region it was asked in, and when the first of them was answered.
    pub(crate) calls: BTreeMap<(String, String), Timestamp>,
    /// Request ids of the answers that are no longer what they were.
    pub(crate) requests: BTreeSet<String>,
}

/// What came of it.
#[derive(Clone, Default)]
pub(crate) struct Compared {
    /// Verdicts that were held against the clean run's.
    pub(crate) verdicts: u64,
    /// Those that were not unknown before.
    pub(crate) unknown: u64,
    /// What must not be.
    pub(crate) violations: Vec<String>,
}

impl Done {
    /// Nothing as yet.
    pub(crate) fn new(variant: &'static Variant) -> Self {
        Self {
            variant,
            calls: BTreeMap::new(),
            requests: BTreeSet::new(),
        }
    }

    /// This is no longer answered as it was.
    pub(crate) fn touched(&mut self, attempt: &Attempt) {
        let key = (call(attempt), attempt.region.clone());
        let first = self.calls.entry(key).or_insert(attempt.ended);
        *first = attempt.ended.min(*first);
        let answer = attempt.answer.as_ref();
        self.requests
            .extend(answer.and_then(|answer| answer.request_id.clone()));
    }

    /// The operations.
    pub(crate) fn operations(&self) -> BTreeSet<&str> {
        self.calls.keys().map(|(call, _)| call.as_str()).collect()
    }

    /// Whether a gap names one of the calls.
    pub(crate) fn names(&self, gap: &Gap) -> bool {
        let call = call_of(gap);
        let here = |region: &String| gap.region == *region || gap.region == GLOBAL;
        let mut calls = self.calls.keys();
        calls.any(|(named, region)| *named == call && here(region))
    }

    /// Whether a verdict names one of the calls, and one that its check needs.
    fn named_by(&self, verdict: &Verdict, account: &Account) -> bool {
        let names = |gap: &Gap| self.names(gap) && account.needs(&verdict.check, &call_of(gap));
        gaps(verdict).iter().any(names)
    }
}

/// Holds every verdict of a faulted run against the clean one.
pub(crate) fn compare(account: &Account, faulted: &Report, done: &Done) -> Compared {
    let mut compared = Compared::default();
    of_resources(account, faulted, done, &mut compared);
    populations::compare(account, faulted, done, &mut compared);
    let complaints = reasons::complaints(account, faulted, done);
    compared.violations.extend(complaints);
    compared
}

/// Of every resource: the verdict that it had, or unknown for the reason that was made.
fn of_resources(account: &Account, faulted: &Report, done: &Done, compared: &mut Compared) {
    fn key(verdict: &Verdict) -> ((&str, &str, &str), Option<&str>) {
        (place(verdict), verdict.resource.as_deref())
    }
    let of_resource = |verdict: &&Verdict| verdict.resource.is_some();
    let mut after = faulted.verdicts.iter().filter(of_resource).peekable();
    for before in account.clean.verdicts.iter().filter(of_resource) {
        while let Some(new) = after.next_if(|after| key(after) < key(before)) {
            compared.violations.push(format!("appeared: {}", told(new)));
        }
        compared.verdicts += 1;
        match after.next_if(|after| key(after) == key(before)) {
            Some(after) if after.outcome == before.outcome => {}
            Some(after) if after.outcome == Outcome::Unknown => {
                compared.unknown += 1;
                if !done.named_by(after, account) {
                    let unnamed = format!("unknown, and does not say why: {}", told(after));
                    compared.violations.push(unnamed);
                }
            }
            Some(after) => {
                let flipped = format!("was {}: {}", before.outcome.name(), told(after));
                compared.violations.push(flipped);
            }
            None if may_be_gone(account, faulted, done, before) => compared.unknown += 1,
            None => compared.violations.push(format!("gone: {}", told(before))),
        }
    }
    let appeared = after.map(|new| format!("appeared: {}", told(new)));
    compared.violations.extend(appeared);
}

/// A resource may be gone where the page that listed it was lost, or one before it. The check says so in its place.
fn may_be_gone(account: &Account, faulted: &Report, done: &Done, before: &Verdict) -> bool {
    let Some(kind) = account.rules.schema.kind(&before.kind) else {
        return false;
    };
    let lists = |call: &str| kind.listed_by.contains(&call);
    if done.variant.keeps_all || !done.operations().into_iter().any(lists) {
        return false;
    }
    let read = before.evidence.iter().filter_map(|read| read.call.as_ref());
    let mut listed = read.filter(|call| {
        let id = call.request_id.as_ref();
        // That there are none of another kind is told by a listing too, and says nothing of this one.
        lists(&format!("{}:{}", call.service, call.operation))
            && id.is_some_and(|id| account.listings.contains(id))
    });
    let listed_earlier = listed.any(|call| {
        let named = format!("{}:{}", call.service, call.operation);
        // Where a listing that it hangs on was lost before, this one may not have been asked at all.
        let hangs = done
            .calls
            .iter()
            .any(|((lost, _), first)| *lost != named && lists(lost) && *first < call.at);
        let first = done.calls.get(&(named, call.region.clone()));
        !hangs && first.is_some_and(|first| call.at < *first)
    });
    let first = faulted
        .verdicts
        .partition_point(|verdict| place(verdict) < place(before));
    let mut unlisted = faulted.verdicts[first..]
        .iter()
        .take_while(|verdict| place(verdict) == place(before) && verdict.resource.is_none());
    !listed_earlier
        && unlisted
            .any(|verdict| verdict.outcome == Outcome::Unknown && done.named_by(verdict, account))
}
