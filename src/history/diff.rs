//! Two runs, side by side.
//!
//! A verdict is the same in both by its id: check, kind, account, region and ARN. For each that differs it is said how,
//! and by whose doing: the account's, the rules', the scope's, or because something could not be read. A resource that
//! one of the runs did not look for is never *gone*, and a failure that can no longer be read is never *closed*.

mod cause;
mod judge;
mod side;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::circumstance::{self, Circumstance};
use super::{HistoryError, Place, State};
use crate::bundle::{Bundle, BundleError};
use crate::check::{Counts, Severity};
use side::Side;

/// Names the form of the JSON. It changes when a name in it goes or changes its meaning.
pub const SCHEMA: &str = "tieout.diff.v1";

/// What differs between two runs.
#[derive(Debug, Clone, Serialize)]
pub struct Diff {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The earlier run, or the one that was named first.
    pub before: RunOf,
    /// The run that is held against it.
    pub after: RunOf,
    /// How many verdicts changed in each way.
    pub summary: BTreeMap<Sort, usize>,
    /// How many verdicts are what they were, facts and all.
    pub unchanged: usize,
    /// What changed beside the account.
    pub circumstances: Vec<Circumstance>,
    /// Every change: by sort, then gravest first, then by check and resource.
    pub changes: Vec<Change>,
}

/// One of the two runs.
#[derive(Debug, Clone, Serialize)]
pub struct RunOf {
    /// Its id.
    pub run: String,
    /// When it started.
    pub at: Timestamp,
    /// Version of the tool.
    pub tool: String,
    /// The accounts, twelve digits each.
    pub accounts: Vec<String>,
    /// Whether it was stopped before it had read everything.
    pub partial: bool,
    /// How many verdicts it has.
    pub verdicts: usize,
}

/// How a verdict changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// It fails, and did not.
    Opened,
    /// It fails as before, and no waiver accepts it any longer.
    WaiverEnded,
    /// It cannot be told any longer.
    BecameUnknown,
    /// It failed, and now passes or no longer applies.
    Closed,
    /// It fails as before, and a waiver accepts it now.
    Waived,
    /// It could not be told, and nothing is wrong with it.
    WasUnknown,
    /// It was there and is not: both runs looked.
    Disappeared,
    /// It was not there and is: both runs looked. It does not fail.
    Appeared,
    /// The check no longer applies to it, or now does, and nothing is wrong with it.
    Applies,
    /// It comes to the same, from other facts.
    Changed,
    /// The later run did not look: the check or the region was out of its scope.
    NoLongerLooked,
    /// The earlier run did not look. It does not fail.
    NewlyLooked,
}

impl Sort {
    /// As the JSON spells it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::WaiverEnded => "waiver_ended",
            Self::BecameUnknown => "became_unknown",
            Self::Closed => "closed",
            Self::Waived => "waived",
            Self::WasUnknown => "was_unknown",
            Self::Disappeared => "disappeared",
            Self::Appeared => "appeared",
            Self::Applies => "applies",
            Self::Changed => "changed",
            Self::NoLongerLooked => "no_longer_looked",
            Self::NewlyLooked => "newly_looked",
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::WaiverEnded => "waiver ended",
            Self::BecameUnknown => "became unknown",
            Self::Closed => "closed",
            Self::Waived => "waived",
            Self::WasUnknown => "was unknown",
            Self::Disappeared => "disappeared",
            Self::Appeared => "appeared",
            Self::Applies => "applies otherwise",
            Self::Changed => "other facts, same outcome",
            Self::NoLongerLooked => "no longer looked at",
            Self::NewlyLooked => "looked at for the first time",
        }
    }
}

/// Whose doing a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The account is another: a fact has another value, a resource came or went.
    Account,
    /// The check's file or its parameters are others.
    Rules,
    /// One of the runs did not look there.
    Scope,
    /// What could be read is other: a call was answered that was not, or the other way round.
    Reading,
    /// A waiver came or went.
    Waiver,
    /// Rule and facts are the same and the tool is another version.
    Tool,
    /// Rule, facts and tool are the same: the rule counts days, and days went by.
    Time,
}

impl Cause {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Account => "the account changed",
            Self::Rules => "the rule changed",
            Self::Scope => "the scope changed",
            Self::Reading => "what could be read changed",
            Self::Waiver => "the waiver changed",
            Self::Tool => "the tool changed",
            Self::Time => "time went by",
        }
    }
}

/// A verdict that changed.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// How.
    pub sort: Sort,
    /// Whose doing, all that apply.
    pub causes: BTreeSet<Cause>,
    /// The verdict's id, in the later run where it is there.
    pub verdict: String,
    /// The check.
    pub check: String,
    /// True exactly when the check passes.
    pub title: String,
    /// How much a failure matters.
    pub severity: Severity,
    /// What the check's verdicts count for.
    pub counts: Counts,
    /// Kind of the resource.
    pub kind: String,
    /// ARN; none where a population could not be listed.
    pub resource: Option<String>,
    /// The name people use.
    pub name: String,
    /// Twelve digits.
    pub account: String,
    /// Region, or `global`.
    pub region: String,
    /// What the earlier run said; none where it said nothing.
    pub before: Option<State>,
    /// What the later run says.
    pub after: Option<State>,
    /// The facts that differ, in the order the rule reads them.
    pub facts: Vec<FactChange>,
}

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactChange {
    /// Where it stands.
    pub path: String,
    /// What it was: a value, or `{"gap": words}`; none where the rule did not read it.
    pub before: Option<Value>,
    /// What it is.
    pub after: Option<Value>,
}

impl Diff {
    /// Whether something fails that did not, or that a waiver no longer covers. A failure that comes with its waiver is
    /// none of these, and neither is what a list for review or an advice finds.
    pub fn opened(&self) -> bool {
        self.any(|change| {
            matches!(change.sort, Sort::Opened | Sort::WaiverEnded)
                && change.after == Some(State::Fail)
        })
    }

    /// Whether something can no longer be told.
    pub fn became_unknown(&self) -> bool {
        self.any(|change| change.sort == Sort::BecameUnknown)
    }

    fn any(&self, is: impl Fn(&Change) -> bool) -> bool {
        self.changes
            .iter()
            .any(|change| change.counts == Counts::Verdict && is(change))
    }
}

/// Compares two runs. `across` allows them to be of different accounts; resources are then the same by kind, region and
/// the rest of their ARN.
///
/// # Errors
/// When a file that is read is damaged, a run was never judged, or the accounts differ and should not.
pub fn diff(before: Place, after: Place, across: bool) -> Result<Diff, HistoryError> {
    let (before, after) = (Bundle::glance(before)?, Bundle::glance(after)?);
    let (old, new) = (accounts(&before), accounts(&after));
    if !across && old != new {
        return Err(HistoryError::OtherAccount(old.join(", "), new.join(", ")));
    }
    let circumstances = circumstance::between(&before.manifest, &after.manifest);
    let (before, after) = (Side::read(&before, across)?, Side::read(&after, across)?);
    let (changes, unchanged) = compared(&before, &after)?;
    let mut summary = BTreeMap::new();
    for change in &changes {
        *summary.entry(change.sort).or_default() += 1;
    }
    Ok(Diff {
        schema: SCHEMA,
        before: before.run(),
        after: after.run(),
        summary,
        unchanged,
        circumstances,
        changes,
    })
}

fn compared(before: &Side, after: &Side) -> Result<(Vec<Change>, usize), BundleError> {
    let mut old: HashMap<&str, &side::Judged> = HashMap::new();
    for judged in &before.judged {
        old.insert(&judged.key, judged);
    }
    let mut changes = Vec::new();
    let mut unchanged = 0;
    for new in &after.judged {
        match judge::pair(old.remove(new.key.as_str()), Some(new), before, after)? {
            Some(change) => changes.push(change),
            None => unchanged += 1,
        }
    }
    for gone in old.into_values() {
        changes.extend(judge::pair(Some(gone), None, before, after)?);
    }
    changes.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok((changes, unchanged))
}

type Order<'a> = (
    Sort,
    std::cmp::Reverse<Severity>,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
);

fn order(change: &Change) -> Order<'_> {
    (
        change.sort,
        std::cmp::Reverse(change.severity),
        &change.check,
        &change.region,
        &change.name,
        &change.verdict,
    )
}

fn accounts(bundle: &Bundle<Place>) -> Vec<String> {
    let accounts: BTreeSet<&str> = bundle
        .manifest
        .run
        .callers
        .iter()
        .map(|caller| caller.account.as_str())
        .collect();
    accounts.into_iter().map(str::to_owned).collect()
}
