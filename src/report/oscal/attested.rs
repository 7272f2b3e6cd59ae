//! What people state, as observations; the documents it rests on, as resources; and who they are, as parties.
//!
//! OSCAL's own `attestations` are the assessor's, and these are not. So each statement is an observation: of method INTERVIEW,
//! because a person was asked and answered; and of EXAMINE too, where another person looked at the document and says so, or where it is
//! a review of AWS's own report. Never of TEST: nobody tested.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::name::Names;
use super::words::{day_begins, day_ends, line, markup, prop};
use super::{put, put_one};
use crate::criteria::result::CriterionResult;
use crate::govern::attestation::{self, Compared};
use crate::report::Report;
use crate::report::attested::{Attestation, Statement};

/// The file of the bundle in which every statement stands as it was read.
const STATEMENTS: &str = "governance.ndjson.zst";

/// What a reference cannot hold as it is. A `%` stays: a location that is a URL has its own.
const NOT_IN_A_REFERENCE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']');

/// Every statement with the attestation it makes, in the report's order.
fn statements(report: &Report) -> impl Iterator<Item = (&Attestation, &Statement)> {
    let all = report.attestations.iter();
    all.flat_map(|of| of.statements.iter().map(move |statement| (of, statement)))
}

/// Everybody who stated or reviewed something, or answered for management, each once.
pub(super) fn people(report: &Report, names: &Names) -> Vec<Value> {
    let mut people = BTreeSet::new();
    for (_, Statement { statement, .. }) in statements(report) {
        people.insert(statement.owner.as_str());
        people.extend(statement.reviewed.iter().map(|by| by.reviewer.as_str()));
    }
    people.extend(
        report
            .responses
            .iter()
            .map(|said| said.said.author.as_str()),
    );
    let party =
        |person| json!({ "uuid": names.person(person), "type": "person", "name": line(person) });
    people.into_iter().map(party).collect()
}

/// The statements as observations, those that do not count among them.
pub(super) fn observations(
    report: &Report,
    files: &BTreeMap<String, String>,
    names: &Names,
) -> Vec<Value> {
    let one = |(of, statement)| observation(of, statement, files, names);
    statements(report).map(one).collect()
}

/// The observations on which a criterion rests besides those of its checks: the statements that speak for it today.
pub(super) fn of_criterion<'r>(
    criterion: &'r CriterionResult,
    names: &'r Names,
) -> impl Iterator<Item = Value> + 'r {
    let spoken = criterion.attestations.iter().filter_map(|needed| {
        let by = needed.statement.as_ref()?;
        Some(names.statement(&needed.attestation.id, &by.name))
    });
    spoken.map(|uuid| json!({ "observation-uuid": uuid }))
}

fn observation(
    of: &Attestation,
    stands: &Statement,
    files: &BTreeMap<String, String>,
    names: &Names,
) -> Value {
    let said = &stands.statement;
    let mut methods = vec!["INTERVIEW"];
    if said.reviewed.is_some() || said.review.is_some() {
        methods.push("EXAMINE");
    }
    let owner = json!({ "type": "party", "actor-uuid": names.person(&said.owner) });
    let reviewer = said.reviewed.as_ref();
    let reviewer =
        reviewer.map(|by| json!({ "type": "party", "actor-uuid": names.person(&by.reviewer) }));
    let actors: Vec<Value> = std::iter::once(owner).chain(reviewer).collect();
    let mut observation = json!({
        "uuid": names.statement(&of.id, &said.name),
        "title": markup(&format!("Attested, not tested: {}", of.what)),
        "description": markup(&said.statement),
        "methods": methods,
        "types": ["control-objective"],
        "origins": [{ "actors": actors }],
        "subjects": [{
            "subject-uuid": names.evidence(&of.id, &said.name),
            "type": "resource",
            "title": markup(&said.document.title),
        }],
        "relevant-evidence": evidence(of, said, files, names),
    });
    put(&mut observation, "props", props(of, stands));
    let (collected, expires) = (day_begins(said.attested), day_ends(stands.counts_until));
    put_one(&mut observation, "collected", json!(collected));
    put_one(&mut observation, "expires", json!(expires));
    if let Some(why) = &stands.why {
        let remarks = format!("It does not count: it {}.", markup(why));
        put_one(&mut observation, "remarks", json!(remarks));
    }
    observation
}

fn props(of: &Attestation, stands: &Statement) -> Vec<Value> {
    let said = &stands.statement;
    let speaks = of.by.as_ref() == Some(&said.name);
    let mut props = vec![
        prop("attestation", &of.id),
        prop("statement", &said.name),
        prop("statement-sha256", &said.sha256),
        prop("state", stands.state),
        prop("speaks-for-it", &speaks.to_string()),
        prop("owner", &format!("{}, {}", said.owner, said.owner_role)),
    ];
    if let Some(by) = &said.reviewed {
        props.push(prop(
            "reviewed",
            &format!("{} on {}", by.reviewer, by.reviewed),
        ));
    }
    if let Some(review) = &said.review {
        props.extend(of_review(review));
    }
    props
}

/// What a review says of AWS's own report.
fn of_review(review: &attestation::Review) -> Vec<Value> {
    let period = format!("{}/{}", review.period_start, review.period_end);
    let mut props = vec![
        prop("provider-report", &review.report_id),
        prop(
            "provider-report-version",
            &review.report_version.to_string(),
        ),
        prop("provider-report-period", &period),
        prop("provider-report-opinion", &review.opinion),
        prop(
            "provider-report-covers-until",
            &review.covers_until().to_string(),
        ),
    ];
    let noted = review.exceptions_noted.iter();
    props.extend(noted.map(|noted| prop("provider-report-exception", noted)));
    let controls = review.user_entity_controls.iter();
    props.extend(controls.map(|expected| {
        let by = expected.answered_by.join(", ");
        prop(
            "user-entity-control",
            &format!("{}: {by}", expected.control),
        )
    }));
    props
}

fn evidence(
    of: &Attestation,
    said: &attestation::Statement,
    files: &BTreeMap<String, String>,
    names: &Names,
) -> Value {
    let kept = if files.contains_key(STATEMENTS) {
        format!("#{}", names.file(STATEMENTS))
    } else {
        STATEMENTS.to_owned()
    };
    json!([
        {
            "href": format!("#{}", names.evidence(&of.id, &said.name)),
            "description": "The document that the statement speaks of, by its digest. It stays where it is.",
        },
        {
            "href": kept,
            "description": markup(&format!("The statement as it was read: {}", said.file)),
        },
    ])
}

/// The documents that statements speak of, each with the digest that its statement gives.
pub(super) fn documents(report: &Report, names: &Names) -> Vec<Value> {
    let one = |(of, stands): (&Attestation, &Statement)| {
        let document = &stands.statement.document;
        let location = line(&document.location);
        json!({
            "uuid": names.evidence(&of.id, &stands.statement.name),
            "title": markup(&document.title),
            "description": markup(&format!("For {}: {}", of.id, of.document)),
            "props": [prop("version", &document.version), prop("digest", compared(&document.compared))],
            "rlinks": [{
                "href": utf8_percent_encode(&location, NOT_IN_A_REFERENCE).to_string(),
                "hashes": [{ "algorithm": "SHA-256", "value": line(&document.sha256) }],
            }],
        })
    };
    statements(report).map(one).collect()
}

/// Whose word the digest is.
fn compared(compared: &Compared) -> &'static str {
    match compared {
        Compared::Same => "as stated, and the document had it when the run began",
        Compared::NotCompared => "as stated; the document was not read",
        Compared::Differs { .. } => "as stated, and the document had another",
        Compared::Unread { .. } => "as stated; the document could not be read",
    }
}
