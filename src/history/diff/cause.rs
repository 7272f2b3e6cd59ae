//! Whose doing a change is.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::side::{Judged, Side};
use super::{Cause, FactChange};
use crate::bundle::BundleError;
use crate::history::row::{Fact, Said};

/// The facts that differ between two verdicts on one resource.
pub(super) fn facts(old: &Judged, new: &Judged) -> Result<Vec<FactChange>, BundleError> {
    let (old, new) = (old.facts()?, new.facts()?);
    let at = |facts: &[Fact], path: &str| facts.iter().find(|fact| fact.path == path).cloned();
    let mut changes = Vec::new();
    for fact in &new {
        let was = at(&old, &fact.path);
        if was.as_ref().map(Fact::said) != Some(fact.said()) {
            changes.push(FactChange {
                path: fact.path.clone(),
                before: was.as_ref().map(shown),
                after: Some(shown(fact)),
            });
        }
    }
    for fact in old.iter().filter(|fact| at(&new, &fact.path).is_none()) {
        changes.push(FactChange {
            path: fact.path.clone(),
            before: Some(shown(fact)),
            after: None,
        });
    }
    Ok(changes)
}

/// The facts of the one verdict there is, where the other run has none.
pub(super) fn only(judged: &Judged, later: bool) -> Result<Vec<FactChange>, BundleError> {
    let facts = judged.facts()?;
    Ok(facts
        .iter()
        .map(|fact| FactChange {
            path: fact.path.clone(),
            before: (!later).then(|| shown(fact)),
            after: later.then(|| shown(fact)),
        })
        .collect())
}

fn shown(fact: &Fact) -> Value {
    match fact.said() {
        Said::Value(value) => value.clone(),
        Said::Gap(service, operation, reason) => {
            json!({ "gap": format!("{service}:{operation}: {reason}") })
        }
    }
}

fn is_gap(value: &Value) -> bool {
    value.get("gap").is_some()
}

/// Whose doing it is that two verdicts on one resource differ.
pub(super) fn of_pair(
    old: &Judged,
    new: &Judged,
    facts: &[FactChange],
    before: &Side,
    after: &Side,
) -> BTreeSet<Cause> {
    let mut causes = BTreeSet::new();
    if before.rule(&old.row.check) != after.rule(&new.row.check) {
        causes.insert(Cause::Rules);
    }
    for fact in facts {
        match (&fact.before, &fact.after) {
            (Some(was), Some(is)) if !is_gap(was) && !is_gap(is) => {
                causes.insert(Cause::Account);
            }
            (Some(_), Some(_)) => {
                causes.insert(Cause::Reading);
            }
            // A rule that reads on, or stops earlier, does so for what it read before that.
            (None, Some(one)) | (Some(one), None) if is_gap(one) => {
                causes.insert(Cause::Reading);
            }
            (None, _) | (_, None) => {}
        }
    }
    if old.row.outcome == new.row.outcome && old.row.waiver.is_some() != new.row.waiver.is_some() {
        causes.insert(Cause::Waiver);
    }
    if causes.is_empty() && !facts.is_empty() {
        // It reads other facts, and none that it read before is another: a list grew or shrank.
        causes.insert(Cause::Account);
    }
    if causes.is_empty() {
        causes.insert(if before.tool() == after.tool() {
            Cause::Time
        } else {
            Cause::Tool
        });
    }
    causes
}
