//! Statements as people write them, and how they stand from day to day.

mod refusals;
mod reports;
mod states;

use jiff::civil::Date;

use super::document::{Documents, Found, compare};
use super::standing::{Day, Needed, Standing, standings};
use super::{Statement, read};
use crate::complaint::File;

/// The document's digest.
const DIGEST: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A statement in which nothing is wrong; each case puts one thing wrong.
const SOUND: &str = r#"attestation = "access-review"
statement = "Every entitlement was looked at by its system's owner."
owner = "Ada Park"
owner_role = "Head of platform"
attested = 2026-10-01
reviewer = "Ben Ortiz"
reviewed = 2026-10-02
expires = 2026-12-31
population_count = 42

[document]
title = "Access review, third quarter"
version = "1"
sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
location = "../documents/review.txt"
"#;

fn file(name: &str, text: &str) -> File {
    File::new(format!("attestations/{name}.toml"), text)
}

fn statement(name: &str, text: &str) -> Statement {
    let mut complaints = Vec::new();
    let read = read(&file(name, text), &mut complaints);
    read.unwrap_or_else(|| panic!("{complaints:#?}"))
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

const NEEDED: Needed<'_> = Needed {
    id: "access-review",
    max_age_days: 100,
    report_max_days: None,
};

/// How the attestation stands on that day in that account; every document is as it was.
fn stands(statements: &[&Statement], on: &str, account: &str) -> Standing {
    let mut statements: Vec<Statement> = statements.iter().copied().cloned().collect();
    let as_stated = |statement: &Statement| {
        let found = Found::Sha256(statement.document.sha256.clone());
        (statement.file.clone(), found)
    };
    let documents: Documents = statements.iter().map(as_stated).collect();
    compare(&mut statements, &documents);
    found(&statements, on, &[account.to_owned()])
}

fn found(statements: &[Statement], on: &str, accounts: &[String]) -> Standing {
    let day = Day {
        today: day(on),
        accounts,
        listing: None,
    };
    let mut all = standings(statements, [NEEDED], day);
    all.remove("access-review").unwrap()
}
