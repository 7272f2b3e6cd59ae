//! How every attestation stands on the day of a run.
//!
//! One attestation may have many statements: one a quarter, one for each account. Of those that no later one has superseded, the
//! one that counts longest speaks for an account; where none counts, the one made last says why. An attestation is current if one
//! counts for every account of the run.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::provider::{self, Listing};
use super::{Compared, State, Statement};

/// What a criterion asks people to state.
#[derive(Debug, Clone, Copy)]
pub struct Needed<'a> {
    /// Its id: `access-review`.
    pub id: &'a str,
    /// For how many days from the day it was made a statement counts.
    pub max_age_days: u32,
    /// Where it is a review of AWS's own report: how many days may lie between what the report covers and the run.
    pub report_max_days: Option<u32>,
}

/// The day, and what the statements are held against.
#[derive(Debug, Clone, Copy)]
pub struct Day<'a> {
    /// The day of the run's start (UTC).
    pub today: Date,
    /// The accounts of the run; none where a folder is looked at beside a scan.
    pub accounts: &'a [String],
    /// What AWS says of its reports; none where a folder is looked at beside a scan.
    pub listing: Option<&'a Listing>,
}

/// Days before the end at which a statement is said to end soon.
pub const SOON: i32 = 30;

/// How one statement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// The statement.
    pub statement: Statement,
    /// How it stands.
    pub state: State,
    /// The last day it counts: as stated, and no later than its kind allows.
    pub counts_until: Date,
}

/// How an attestation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// In one word.
    pub state: State,
    /// The statement that says so; none where there is none.
    pub by: Option<Stands>,
    /// All its statements, the one made last first.
    pub all: Vec<Stands>,
    /// Days from the run to the last day it counts, where these are few.
    pub ends_in_days: Option<i32>,
}

/// How every attestation stands, by its id. One that is not in it is missing.
pub type Standings = BTreeMap<String, Standing>;

impl Standing {
    /// One that nobody has made.
    pub fn missing() -> Self {
        Self {
            state: State::Missing,
            by: None,
            all: Vec::new(),
            ends_in_days: None,
        }
    }
}

/// How each of the needed attestations stands.
pub fn standings<'a>(
    statements: &[Statement],
    needed: impl IntoIterator<Item = Needed<'a>>,
    day: Day<'_>,
) -> Standings {
    let stands = |needed: Needed<'a>| (needed.id.to_owned(), standing(statements, needed, day));
    needed.into_iter().map(stands).collect()
}

fn standing(statements: &[Statement], needed: Needed<'_>, day: Day<'_>) -> Standing {
    let own: Vec<&Statement> = statements
        .iter()
        .filter(|statement| statement.attestation == needed.id)
        .collect();
    let mut all: Vec<Stands> = own
        .iter()
        .map(|statement| stands(statement, &own, needed, day))
        .collect();
    all.sort_by(|a, b| order(b).cmp(&order(a)));
    let Some((state, by)) = speaks(&all, day.accounts) else {
        return Standing::missing();
    };
    let by = by.clone();
    let left = day.today.until(by.counts_until).map(|left| left.get_days());
    let ends_in_days = left.ok().filter(|left| state.is_current() && *left <= SOON);
    Standing {
        state,
        by: Some(by),
        all,
        ends_in_days,
    }
}

/// The later made, the later.
fn order(stands: &Stands) -> (Date, Date, &str) {
    let Stands {
        statement,
        counts_until,
        ..
    } = stands;
    (statement.attested, *counts_until, &statement.name)
}

/// The statement that speaks for the attestation, and what it says: that of the account for which it stands worst.
fn speaks<'a>(all: &'a [Stands], accounts: &[String]) -> Option<(State, &'a Stands)> {
    let latest = all.first()?;
    let own = |stands: &'a Stands| (stands.state.clone(), stands);
    if accounts.is_empty() {
        return best(all.iter()).map(own);
    }
    let of = |account: &String| {
        let covers = |stands: &&Stands| {
            let scope = &stands.statement.scope.accounts;
            scope.is_empty() || scope.contains(account)
        };
        let excluded = State::ScopeExcludesAccount {
            accounts: vec![account.clone()],
        };
        best(all.iter().filter(covers)).map_or((excluded, latest), own)
    };
    let each: Vec<_> = accounts.iter().map(of).collect();
    let worse = each.iter().find(|(state, _)| !state.is_current());
    worse.or(each.first()).cloned()
}

/// Of statements in order, the latest first: the one that counts longest, or else the latest that none has superseded.
fn best<'a>(stands: impl Iterator<Item = &'a Stands> + Clone) -> Option<&'a Stands> {
    let current = stands.clone().filter(|stands| stands.state.is_current());
    let longest = current.max_by_key(|stands| stands.counts_until);
    let unsuperseded = |stands: &&Stands| !matches!(stands.state, State::Superseded { .. });
    longest
        .or_else(|| stands.clone().find(unsuperseded))
        .or_else(|| stands.clone().next())
}

fn stands(statement: &Statement, all: &[&Statement], needed: Needed<'_>, day: Day<'_>) -> Stands {
    let oldest = statement
        .attested
        .saturating_add(i64::from(needed.max_age_days).days());
    let counts_until = statement.expires.min(oldest);
    Stands {
        state: state(statement, all, needed, day, counts_until),
        counts_until,
        statement: statement.clone(),
    }
}

/// The first thing that keeps a statement from counting.
fn state(
    statement: &Statement,
    all: &[&Statement],
    needed: Needed<'_>,
    day: Day<'_>,
    counts_until: Date,
) -> State {
    let today = day.today;
    // It holds until the later one begins to.
    let later = all.iter().find(|later| {
        later.supersedes.as_deref() == Some(&statement.name) && first_day(later) <= today
    });
    if let Some(later) = later {
        return State::Superseded {
            by: later.name.clone(),
        };
    }
    if statement.reviewed.is_none() {
        return State::Unreviewed;
    }
    match &statement.document.compared {
        Compared::Differs { sha256 } => {
            return State::DocumentDiffers {
                found: sha256.clone(),
            };
        }
        Compared::Unread { why } => return State::DocumentUnread { why: why.clone() },
        Compared::Same | Compared::NotCompared => {}
    }
    let from = first_day(statement);
    if today < from {
        return State::NotYetValid { from };
    }
    if today > counts_until {
        let since = counts_until.saturating_add(1.day());
        return if counts_until < statement.expires {
            State::TooOld { since }
        } else {
            State::Expired { since }
        };
    }
    let scope = &statement.scope.accounts;
    let outside = |account: &&String| !scope.is_empty() && !scope.contains(account);
    let outside: Vec<String> = day.accounts.iter().filter(outside).cloned().collect();
    if !outside.is_empty() && outside.len() == day.accounts.len() {
        return State::ScopeExcludesAccount { accounts: outside };
    }
    needed
        .report_max_days
        .and_then(|max_days| provider::wrong(statement, max_days, today, day.listing))
        .unwrap_or(State::Current)
}

/// The first day a statement counts: not before it was made and reviewed.
fn first_day(statement: &Statement) -> Date {
    let made = statement.valid_from.max(statement.attested);
    let reviewed = statement.reviewed.as_ref().map(|review| review.reviewed);
    reviewed.map_or(made, |reviewed| made.max(reviewed))
}
