//! What people attested, statement by statement.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{criterion_anchor, lines, shown};
use crate::govern::attestation::{Compared, Scope};
use crate::report::attested::{Attestation, Statement};
use crate::report::text::{counted, number};
use crate::report::{Report, attested};

#[derive(Serialize)]
pub(super) struct AttestedView {
    /// How many stand how: `31 current, 1 expired, 22 missing`.
    counts: String,
    /// Those whose end is near.
    soon: Vec<Soon>,
    /// Those that somebody made, the ones that do not count first.
    made: Vec<MadeView>,
    /// Those that nobody made.
    missing: Vec<MissingView>,
    missing_count: String,
}

#[derive(Serialize)]
struct Soon {
    anchor: String,
    id: String,
    when: String,
}

#[derive(Serialize)]
struct MadeView {
    anchor: String,
    id: String,
    what: String,
    document: String,
    max_age: String,
    state: String,
    class: &'static str,
    who: String,
    why: Option<String>,
    remedy: Option<String>,
    soon: Option<String>,
    criteria: Vec<CriterionLink>,
    statements: Vec<StatementView>,
}

#[derive(Serialize)]
struct MissingView {
    anchor: String,
    id: String,
    what: String,
    document: String,
    max_age: String,
    criteria: Vec<CriterionLink>,
}

#[derive(Serialize)]
struct CriterionLink {
    anchor: String,
    label: String,
}

#[derive(Serialize)]
struct StatementView {
    name: String,
    file: String,
    sha256: String,
    state: String,
    class: &'static str,
    why: Option<String>,
    statement: String,
    owner: String,
    owner_role: String,
    attested: String,
    reviewed: Option<String>,
    valid_from: String,
    counts_until: String,
    /// The stated end, where its kind allows no such late one.
    stated_end: Option<String>,
    title: String,
    version: String,
    digest: String,
    location: String,
    compared: String,
    in_force: Option<String>,
    scope: String,
    population_count: Option<String>,
    supersedes: Option<String>,
}

pub(super) fn attested(report: &Report) -> AttestedView {
    let (mut made, missing): (Vec<_>, Vec<_>) = report
        .attestations
        .iter()
        .partition(|attestation| !attestation.statements.is_empty());
    made.sort_by_key(|attestation| attestation.current);
    let soon = report.attestations.iter();
    AttestedView {
        counts: counts(report),
        soon: soon.filter_map(ends_soon).collect(),
        made: made.into_iter().map(made_view).collect(),
        missing_count: counted(
            missing.len() as u64,
            "statement that nobody made",
            "statements that nobody made",
        ),
        missing: missing.into_iter().map(missing_view).collect(),
    }
}

/// The place of an attestation in links.
pub(super) fn attestation_anchor(id: &str) -> String {
    format!("attestation-{id}")
}

/// How many attestations stand how, those that count first.
pub(super) fn counts(report: &Report) -> String {
    let mut states: BTreeMap<(bool, &str), u64> = BTreeMap::new();
    for attestation in &report.attestations {
        *states
            .entry((!attestation.current, attestation.state))
            .or_default() += 1;
    }
    let said: Vec<String> = states
        .iter()
        .map(|((_, state), count)| format!("{} {}", number(*count), words(state)))
        .collect();
    said.join(", ")
}

fn words(state: &str) -> String {
    state.replace('_', " ")
}

fn class(current: bool) -> &'static str {
    if current { "attested" } else { "unknown" }
}

fn in_days(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "in 1 day".to_owned(),
        more => format!("in {more} days"),
    }
}

fn ends_soon(attestation: &Attestation) -> Option<Soon> {
    Some(Soon {
        anchor: attestation_anchor(&attestation.id),
        id: shown(&attestation.id),
        when: in_days(attestation.ends_in_days?),
    })
}

fn links(attestation: &Attestation) -> Vec<CriterionLink> {
    let link = |id: &String| CriterionLink {
        anchor: criterion_anchor(id, false),
        label: shown(&id.replace(':', " ")),
    };
    attestation.criteria.iter().map(link).collect()
}

fn made_view(attestation: &Attestation) -> MadeView {
    let by = attestation
        .statements
        .iter()
        .find(|statement| Some(&statement.statement.name) == attestation.by.as_ref());
    MadeView {
        anchor: attestation_anchor(&attestation.id),
        id: shown(&attestation.id),
        what: shown(&attestation.what),
        document: shown(&attestation.document),
        max_age: counted(u64::from(attestation.max_age_days), "day", "days"),
        state: words(attestation.state),
        class: class(attestation.current),
        who: by.map_or_else(String::new, |by| shown(&by.statement.owner)),
        why: attestation.why.as_deref().map(shown),
        remedy: attestation.remedy.as_deref().map(shown),
        soon: attestation.ends_in_days.map(in_days),
        criteria: links(attestation),
        statements: attestation.statements.iter().map(statement_view).collect(),
    }
}

fn missing_view(attestation: &Attestation) -> MissingView {
    MissingView {
        anchor: attestation_anchor(&attestation.id),
        id: shown(&attestation.id),
        what: shown(&attestation.what),
        document: shown(&attestation.document),
        max_age: counted(u64::from(attestation.max_age_days), "day", "days"),
        criteria: links(attestation),
    }
}

fn statement_view(statement: &attested::Statement) -> StatementView {
    let Statement {
        statement: said,
        state,
        why,
        counts_until,
    } = statement;
    let document = &said.document;
    let in_force = match (document.in_force_from, document.in_force_until) {
        (Some(from), Some(until)) => Some(format!("{from} to {until}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    };
    StatementView {
        name: shown(&said.name),
        file: shown(&said.file),
        sha256: said.sha256.clone(),
        state: words(state),
        class: class(*state == "current"),
        why: why.as_deref().map(shown),
        statement: lines(&said.statement),
        owner: shown(&said.owner),
        owner_role: shown(&said.owner_role),
        attested: said.attested.to_string(),
        reviewed: said
            .reviewed
            .as_ref()
            .map(|by| format!("{}, {}", shown(&by.reviewer), by.reviewed)),
        valid_from: said.valid_from.to_string(),
        counts_until: counts_until.to_string(),
        stated_end: (said.expires > *counts_until).then(|| said.expires.to_string()),
        title: shown(&document.title),
        version: shown(&document.version),
        digest: document.sha256.clone(),
        location: shown(&document.location),
        compared: compared(&document.compared),
        in_force,
        scope: scope(&said.scope),
        population_count: said.population_count.map(number),
        supersedes: said.supersedes.as_deref().map(shown),
    }
}

fn compared(compared: &Compared) -> String {
    match compared {
        Compared::Same => "the document had this digest when the run was made".to_owned(),
        Compared::Differs { sha256 } => {
            format!("the document had another digest when the run was made: {sha256}")
        }
        Compared::Unread { why } => format!("the document could not be read: {}", shown(why)),
        Compared::NotCompared => {
            "not compared: the document is elsewhere, and the digest stands as stated".to_owned()
        }
    }
}

fn scope(scope: &Scope) -> String {
    let accounts = match scope.accounts.as_slice() {
        [] => "every account".to_owned(),
        [one] => format!("account {one}"),
        several => format!("accounts {}", several.join(", ")),
    };
    let systems = (!scope.systems.is_empty()).then(|| scope.systems.join(", "));
    let said = [Some(accounts), systems, scope.text.clone()];
    shown(&said.into_iter().flatten().collect::<Vec<_>>().join("; "))
}
