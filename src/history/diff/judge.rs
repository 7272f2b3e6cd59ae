//! How one verdict changed.

use std::collections::BTreeSet;

use super::side::{Judged, Side};
use super::{Cause, Change, FactChange, Sort, cause};
use crate::bundle::{BundleError, RULES};
use crate::history::State;
use crate::history::rule::damaged;

/// The change between two verdicts on one resource, of which one may be missing; none where there is none.
pub(super) fn pair(
    old: Option<&Judged>,
    new: Option<&Judged>,
    before: &Side,
    after: &Side,
) -> Result<Option<Change>, BundleError> {
    let (sort, causes, facts) = match (old, new) {
        (Some(old), Some(new)) => {
            let facts = cause::facts(old, new)?;
            let Some(sort) = moved(old.state(), new.state(), &facts) else {
                return Ok(None);
            };
            let causes = cause::of_pair(old, new, &facts, before, after);
            (sort, causes, facts)
        }
        (Some(old), None) => {
            let (sort, cause) = gone(old, after);
            (sort, BTreeSet::from([cause]), cause::only(old, false)?)
        }
        (None, Some(new)) => {
            let (sort, cause) = come(new, before);
            (sort, BTreeSet::from([cause]), cause::only(new, true)?)
        }
        (None, None) => return Ok(None),
    };
    let Some(shown) = new.or(old) else {
        return Ok(None);
    };
    let check = &shown.row.check;
    let Some(words) = after.words(check).or_else(|| before.words(check)) else {
        let what = format!("it lacks the rule {check}, by which a verdict was made");
        return Err(damaged(RULES, what));
    };
    let row = &shown.row;
    Ok(Some(Change {
        sort,
        causes,
        verdict: row.id.clone(),
        check: check.clone(),
        title: words.title.clone(),
        severity: row.severity,
        counts: words.outcome,
        kind: row.kind.clone(),
        resource: row.resource.clone(),
        name: row.name.clone(),
        account: row.account.clone(),
        region: row.region.clone(),
        before: old.map(Judged::state),
        after: match (sort, new) {
            // It may still be there: its population could not be listed in full.
            (Sort::BecameUnknown, None) => Some(State::Unknown),
            (_, new) => new.map(Judged::state),
        },
        facts,
    }))
}

/// How a verdict moved that is in both runs.
fn moved(was: State, is: State, facts: &[FactChange]) -> Option<Sort> {
    match (was, is) {
        (State::Waived, State::Fail) => Some(Sort::WaiverEnded),
        (State::Fail, State::Waived) => Some(Sort::Waived),
        (was, is) if was == is => (!facts.is_empty()).then_some(Sort::Changed),
        (_, State::Fail | State::Waived) => Some(Sort::Opened),
        (_, State::Unknown) => Some(Sort::BecameUnknown),
        (State::Fail | State::Waived, _) => Some(Sort::Closed),
        (State::Unknown, _) => Some(Sort::WasUnknown),
        (State::Pass | State::NotApplicable, _) => Some(Sort::Applies),
    }
}

/// How a verdict went that the later run does not have.
fn gone(old: &Judged, after: &Side) -> (Sort, Cause) {
    let row = &old.row;
    if !after.looked(row) {
        (Sort::NoLongerLooked, Cause::Scope)
    } else if row.resource.is_none() {
        // The listing that failed then does not fail now.
        (Sort::WasUnknown, Cause::Reading)
    } else if after.may_hide(row) {
        (Sort::BecameUnknown, Cause::Reading)
    } else {
        (Sort::Disappeared, Cause::Account)
    }
}

/// How a verdict came that the earlier run does not have.
fn come(new: &Judged, before: &Side) -> (Sort, Cause) {
    let row = &new.row;
    let cause = if !before.looked(row) {
        Cause::Scope
    } else if before.may_hide(row) || row.resource.is_none() {
        Cause::Reading
    } else {
        Cause::Account
    };
    let sort = match (new.state(), cause) {
        (State::Fail | State::Waived, _) => Sort::Opened,
        (State::Unknown, _) => Sort::BecameUnknown,
        (_, Cause::Scope) => Sort::NewlyLooked,
        (_, Cause::Reading) => Sort::WasUnknown,
        (State::Pass | State::NotApplicable, _) => Sort::Appeared,
    };
    (sort, cause)
}
