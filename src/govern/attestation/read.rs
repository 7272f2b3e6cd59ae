//! A statement's file into a [`Statement`], every mistake in it at once.

mod review;

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::{Compared, Document, Reviewed, Scope, Statement};
use crate::complaint::table::{Reader, int};
use crate::complaint::{Complaint, File, did_you_mean};
use crate::govern::record::{self, Fields};

const KEYS: [&str; 14] = [
    "attestation",
    "statement",
    "owner",
    "owner_role",
    "attested",
    "reviewer",
    "reviewed",
    "valid_from",
    "expires",
    "document",
    "scope",
    "population_count",
    "supersedes",
    "review",
];
const DOCUMENT: [&str; 6] = [
    "title",
    "version",
    "sha256",
    "location",
    "in_force_from",
    "in_force_until",
];
const SCOPE: [&str; 3] = ["accounts", "systems", "text"];

/// How to come by a digest.
const SHA256: &str = "write what `sha256sum FILE` prints, 64 digits";

/// The statement in a file; none, and complaints, where anything in it is wrong.
pub fn read(file: &File, complaints: &mut Vec<Complaint>) -> Option<Statement> {
    let mut reader = Reader::new(file);
    let statement = reader.parse().and_then(|table| {
        reader.known_keys(&table, "an attestation", &KEYS);
        let mut fields = Fields {
            reader: &mut reader,
            table: &table,
            of: "an attestation",
        };
        statement(&mut fields)
    });
    let sound = reader.complaints.is_empty();
    complaints.append(&mut reader.complaints);
    statement.filter(|_| sound)
}

/// Whether the statements of a folder fit together: whoever takes another's place names one that is there.
pub fn together(statements: &[Statement], files: &[&File], complaints: &mut Vec<Complaint>) {
    for later in statements {
        let Some(name) = &later.supersedes else {
            continue;
        };
        let alike =
            |other: &&Statement| other.attestation == later.attestation && other.name != later.name;
        let others = statements.iter().filter(alike);
        let wrong = match others.clone().find(|other| other.name == *name) {
            Some(earlier) if earlier.attested > later.attested => format!(
                "it supersedes `{name}`, which was made later, on {}",
                earlier.attested
            ),
            Some(_) => continue,
            None => format!(
                "it supersedes `{name}`, and there is no such statement of `{}` here",
                later.attestation
            ),
        };
        let known: Vec<&str> = others.map(|other| other.name.as_str()).collect();
        let help = if known.is_empty() {
            "take `supersedes` out, or put the earlier file back".to_owned()
        } else {
            did_you_mean(name, known)
        };
        if let Some(file) = files.iter().find(|file| *file.name == *later.file) {
            let place = file.text.find("supersedes").unwrap_or_default();
            complaints.push(Complaint::new(file, place..place, wrong, help));
        }
    }
}

fn statement(fields: &mut Fields<'_, '_, '_>) -> Option<Statement> {
    let attestation = fields.needed("attestation", "name one of `tieout attest list`");
    let statement = fields.needed("statement", "say in a sentence what is stated");
    let owner = fields.needed("owner", "name the person who answers for it");
    let owner_role = fields.needed("owner_role", "say in which role they answer for it");
    let attested = fields.day(
        "attested",
        "write the day it was made: attested = 2026-01-31",
    );
    let reviewed = reviewed(fields, &owner, attested.as_ref());
    let valid_from = fields.optional_day("valid_from");
    let expires = fields.day(
        "expires",
        "write the last day it counts: expires = 2026-12-31",
    );
    let population_count = population_count(fields);
    let supersedes = fields.optional("supersedes").map(Spanned::into_inner);
    let document = document(fields);
    let scope = scope(fields);
    let review = review::review(fields);
    let (attested, expires) = (*attested?.get_ref(), expires?);
    let valid_from = valid_from.map_or(attested, Spanned::into_inner);
    if *expires.get_ref() < valid_from {
        let last = expires.get_ref();
        let what = format!("it expires on {last}, before it counts, on {valid_from}");
        fields.complain(expires.span(), what, "write a later day");
    }
    let file = fields.reader.file;
    Some(Statement {
        name: record::id(file),
        file: file.name.to_string(),
        sha256: record::sha256(file),
        attestation: attestation.into_inner(),
        statement: statement.into_inner(),
        owner: owner.into_inner(),
        owner_role: owner_role.into_inner(),
        attested,
        reviewed,
        valid_from,
        expires: expires.into_inner(),
        document: document?,
        scope,
        population_count,
        supersedes,
        review,
    })
}

/// Who looked at it: another person, and not before there was something to look at.
fn reviewed(
    fields: &mut Fields<'_, '_, '_>,
    owner: &Spanned<String>,
    attested: Option<&Spanned<jiff::civil::Date>>,
) -> Option<Reviewed> {
    let reviewer = fields.optional("reviewer");
    let reviewed = fields.optional_day("reviewed");
    if let Some(reviewer) = &reviewer {
        let help = "let somebody else review it, and name them";
        fields.different(("owner", owner), ("reviewer", reviewer), help);
    }
    if let (Some(attested), Some(reviewed)) = (attested, &reviewed)
        && reviewed.get_ref() < attested.get_ref()
    {
        let (made, seen) = (attested.get_ref(), reviewed.get_ref());
        let what = format!("it was reviewed on {seen}, before it was made, on {made}");
        let help = "a review comes after what it reviews; write the day of the review";
        fields.complain(reviewed.span(), what, help);
    }
    match (reviewer, reviewed) {
        (Some(reviewer), Some(reviewed)) => Some(Reviewed {
            reviewer: reviewer.into_inner(),
            reviewed: reviewed.into_inner(),
        }),
        (None, None) => None,
        (Some(reviewer), None) => {
            let help = "write the day of the review: reviewed = 2026-01-31";
            let what = "it names a reviewer and not the day";
            fields.complain(reviewer.span(), what, help);
            None
        }
        (None, Some(reviewed)) => {
            let help = "name the person: reviewer = \"…\"";
            let what = "it says when it was reviewed and not by whom";
            fields.complain(reviewed.span(), what, help);
            None
        }
    }
}

fn document(fields: &mut Fields<'_, '_, '_>) -> Option<Document> {
    let help = "write [document], and below it title, version, sha256 and location";
    let Some(table) = inner(fields, "document", help) else {
        if !fields.table.contains_key("document") {
            fields.complain(0..0, "an attestation needs [document]", help);
        }
        return None;
    };
    fields.reader.known_keys(table, "[document]", &DOCUMENT);
    let mut fields = Fields {
        reader: &mut *fields.reader,
        table,
        of: "[document]",
    };
    let title = fields.needed("title", "write the document's title");
    let version = fields.needed("version", "write its version, or its date");
    let sha256 = fields.needed("sha256", SHA256);
    let sha256 = digest(&mut fields, &sha256);
    let help = "write its path, or where else it is with a scheme: \"https://…\", \"paper:safe 4\"";
    let location = fields.needed("location", help);
    let from = fields
        .optional_day("in_force_from")
        .map(Spanned::into_inner);
    let until = fields
        .optional_day("in_force_until")
        .map(Spanned::into_inner);
    Some(Document {
        title: title.into_inner(),
        version: version.into_inner(),
        sha256: sha256?,
        location: location.into_inner(),
        in_force_from: from,
        in_force_until: until,
        compared: Compared::NotCompared,
    })
}

/// A digest in small letters; none, with a complaint, where it is not one. Of an empty one its reader has complained already.
fn digest(fields: &mut Fields<'_, '_, '_>, written: &Spanned<String>) -> Option<String> {
    let text = written.get_ref();
    let is_one = text.len() == 64 && text.chars().all(|digit| digit.is_ascii_hexdigit());
    if !is_one && !text.is_empty() {
        fields.complain(written.span(), format!("`{text}` is no SHA-256"), SHA256);
    }
    is_one.then(|| text.to_ascii_lowercase())
}

fn scope(fields: &mut Fields<'_, '_, '_>) -> Scope {
    let help = "write [scope], and below it accounts, systems or text";
    let Some(table) = inner(fields, "scope", help) else {
        return Scope::default();
    };
    fields.reader.known_keys(table, "[scope]", &SCOPE);
    let mut accounts = Vec::new();
    for account in fields.reader.texts(table, "accounts") {
        let written = *account.get_ref();
        if written.len() != 12 || !written.chars().all(|digit| digit.is_ascii_digit()) {
            let what = format!("`{written}` is no account");
            fields.complain(account.span(), what, "write its twelve digits");
        }
        accounts.push(written.to_owned());
    }
    let mut fields = Fields {
        reader: &mut *fields.reader,
        table,
        of: "[scope]",
    };
    Scope {
        accounts,
        systems: fields.list("systems"),
        text: fields.optional("text").map(Spanned::into_inner),
    }
}

fn population_count(fields: &mut Fields<'_, '_, '_>) -> Option<u64> {
    let value = fields.table.get("population_count")?;
    let count = int(value.get_ref()).and_then(|count| u64::try_from(count).ok());
    if count.is_none() {
        let help = "write how many rows the document has: population_count = 42";
        let what = "`population_count` is no number of rows";
        fields.complain(value.span(), what, help);
    }
    count
}

/// A table within the file; none where it is absent or, with a complaint, something else.
fn inner<'f, 't>(
    fields: &mut Fields<'_, 'f, 't>,
    key: &str,
    help: &str,
) -> Option<&'t DeTable<'f>> {
    fields.reader.table(fields.table, key, help)
}

/// Where a field stands; the head of the file, where it is not there.
fn place(table: &DeTable<'_>, key: &str) -> Range<usize> {
    table.get(key).map(|value| value.span()).unwrap_or_default()
}
