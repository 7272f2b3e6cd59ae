//! Each state an attestation can be in.

use super::{DIGEST, SOUND, found, stands, statement};
use crate::govern::attestation::document::{Documents, Found, compare, path};
use crate::govern::attestation::template::Draft;
use crate::govern::attestation::{State, Statement};

const ACCOUNT: &str = "123456789012";

/// The state on that day of one statement with something replaced.
#[track_caller]
fn state(from: &str, to: &str, on: &str) -> State {
    assert!(SOUND.contains(from), "nothing to replace: {from}");
    let one = statement("one", &SOUND.replacen(from, to, 1));
    stands(&[&one], on, ACCOUNT).state
}

#[test]
fn it_counts_from_its_review_to_its_last_day() {
    let one = statement("one", SOUND);
    let state = |on| stands(&[&one], on, ACCOUNT).state;
    let from = "2026-10-02".parse().unwrap();
    assert_eq!(state("2026-10-01"), State::NotYetValid { from });
    assert_eq!(state("2026-10-02"), State::Current);
    assert_eq!(state("2026-12-31"), State::Current);
    let since = "2027-01-01".parse().unwrap();
    assert_eq!(state("2027-01-01"), State::Expired { since });
    assert_eq!(
        state("2027-06-01").why().unwrap(),
        "has not counted since 2027-01-01: it expired"
    );
}

#[test]
fn nobody_has_made_it() {
    let none = stands(&[], "2026-11-01", ACCOUNT);
    assert_eq!(none.state, State::Missing);
    assert_eq!(
        none.state.remedy("access-review").unwrap(),
        "`tieout attest new access-review` starts one"
    );
}

#[test]
fn its_kind_allows_no_later_day_whatever_it_says() {
    let since = "2027-01-10".parse().unwrap();
    let later = |on| state("expires = 2026-12-31", "expires = 2029-12-31", on);
    assert_eq!(later("2027-01-09"), State::Current);
    assert_eq!(later("2027-01-10"), State::TooOld { since });
}

#[test]
fn its_first_day_may_be_later_than_it_was_made() {
    let from = "2026-11-15".parse().unwrap();
    let later = |on| state("expires", "valid_from = 2026-11-15\nexpires", on);
    assert_eq!(later("2026-11-14"), State::NotYetValid { from });
    assert_eq!(later("2026-11-15"), State::Current);
}

#[test]
fn nobody_has_reviewed_it() {
    let unreviewed = state(
        "reviewer = \"Ben Ortiz\"\nreviewed = 2026-10-02\n",
        "",
        "2026-11-01",
    );
    assert_eq!(unreviewed, State::Unreviewed);
}

#[test]
fn its_document_is_held_against_its_digest() {
    let with = |found_there: Option<Found>| {
        let mut statements = [statement("one", SOUND)];
        let documents = found_there.map(|found| (statements[0].file.clone(), found));
        compare(&mut statements, &Documents::from_iter(documents));
        found(&statements, "2026-11-01", &[ACCOUNT.to_owned()]).state
    };
    assert_eq!(with(Some(Found::Sha256(DIGEST.into()))), State::Current);
    let found = "0".repeat(64);
    assert_eq!(
        with(Some(Found::Sha256(found.clone()))),
        State::DocumentDiffers { found }
    );
    let why = "No such file or directory".to_owned();
    assert_eq!(
        with(Some(Found::Unread(why.clone()))),
        State::DocumentUnread { why }
    );
    // A bundle that keeps nothing about a document that should have been read supports nothing.
    assert!(matches!(with(None), State::DocumentUnread { .. }));
}

#[test]
fn what_has_a_scheme_is_nobodys_path() {
    let at = |location: &str| {
        let text = SOUND.replacen("../documents/review.txt", location, 1);
        path(&statement("one", &text)).map(|path| path.display().to_string())
    };
    assert_eq!(
        at("../documents/review.txt").unwrap(),
        "attestations/../documents/review.txt"
    );
    assert_eq!(at("review 3.txt").unwrap(), "attestations/review 3.txt");
    assert_eq!(at("C:/review.txt").unwrap(), "attestations/C:/review.txt");
    for elsewhere in ["https://wiki.example/7", "s3://bucket/key", "paper:safe 4"] {
        assert_eq!(at(elsewhere), None, "{elsewhere}");
    }
    let text = SOUND.replacen("../documents/review.txt", "paper:safe 4", 1);
    let mut statements = [statement("one", &text)];
    compare(&mut statements, &Documents::new());
    let standing = found(&statements, "2026-11-01", &[]);
    assert_eq!(
        standing.state,
        State::Current,
        "the digest stands as stated"
    );
}

#[test]
fn the_later_one_takes_the_place_of_the_earlier_once_it_counts() {
    let earlier = statement("q3", SOUND);
    let later = SOUND
        .replacen("2026-10-01", "2026-12-01", 1)
        .replacen("2026-10-02", "2026-12-02", 1)
        .replacen("2026-12-31", "2027-03-01", 1)
        .replacen("expires", "supersedes = \"q3\"\nexpires", 1);
    let later = statement("q4", &later);
    let on = |day| stands(&[&earlier, &later], day, ACCOUNT);
    let by = |day| on(day).by.unwrap().statement.name;
    assert_eq!(by("2026-12-01"), "q3");
    assert_eq!(by("2026-12-02"), "q4");
    let all = on("2026-12-02").all;
    let names: Vec<_> = all
        .iter()
        .map(|stands| (stands.statement.name.as_str(), stands.state.name()))
        .collect();
    assert_eq!(names, [("q4", "current"), ("q3", "superseded")]);
}

#[test]
fn a_superseded_statement_does_not_step_in_for_one_that_fails() {
    let earlier = statement("q3", SOUND);
    let later = SOUND
        .replacen("reviewer = \"Ben Ortiz\"\nreviewed = 2026-10-02\n", "", 1)
        .replacen("expires", "supersedes = \"q3\"\nexpires", 1);
    let later = statement("q4", &later);
    let state = stands(&[&earlier, &later], "2026-11-01", ACCOUNT).state;
    assert_eq!(state, State::Unreviewed);
}

#[test]
fn it_is_made_for_the_accounts_it_names() {
    let of = |account: &str, name: &str| {
        statement(
            name,
            &format!("{SOUND}[scope]\naccounts = [\"{account}\"]\n"),
        )
    };
    let (ours, theirs) = (of(ACCOUNT, "ours"), of("999988887777", "theirs"));
    let accounts = vec![ACCOUNT.to_owned()];
    assert_eq!(
        stands(&[&theirs], "2026-11-01", ACCOUNT).state,
        State::ScopeExcludesAccount { accounts }
    );
    assert_eq!(
        stands(&[&ours], "2026-11-01", ACCOUNT).state,
        State::Current
    );
    let both = [ACCOUNT.to_owned(), "999988887777".to_owned()];
    let compared = |statements: &[&Statement]| {
        let mut statements: Vec<Statement> = statements.iter().copied().cloned().collect();
        for statement in &mut statements {
            statement.document.location = "paper:safe 4".to_owned();
        }
        found(&statements, "2026-11-01", &both).state
    };
    assert_eq!(compared(&[&ours, &theirs]), State::Current);
    assert_eq!(
        compared(&[&ours]),
        State::ScopeExcludesAccount {
            accounts: vec!["999988887777".to_owned()]
        }
    );
}

#[test]
fn its_end_is_announced_thirty_days_before() {
    let one = statement("one", SOUND);
    let left = |on| stands(&[&one], on, ACCOUNT).ends_in_days;
    assert_eq!(left("2026-11-30"), None);
    assert_eq!(left("2026-12-01"), Some(30));
    assert_eq!(left("2026-12-31"), Some(0));
    assert_eq!(left("2027-01-01"), None, "it is over");
}

#[test]
fn a_new_file_lacks_what_only_a_person_knows() {
    let draft = Draft {
        attestation: "access-review",
        what: "Entitlements were reviewed",
        document: "review sign-off",
        max_age_days: 100,
        criteria: &["tsc2017:CC6.2"],
        of_report: false,
        statement: None,
        owner: None,
        owner_role: None,
        attested: "2026-10-01".parse().unwrap(),
        reviewer: None,
        expires: None,
        found: None,
        supersedes: None,
        title: None,
        version: None,
    };
    assert_eq!(draft.file_name(), "access-review-2026-10-01.toml");
    let mut complaints = Vec::new();
    let text = draft.text();
    super::read(&super::file("new", &text), &mut complaints);
    let empty: Vec<_> = complaints.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        empty,
        [
            "`owner` of an attestation is empty",
            "`owner_role` of an attestation is empty",
            "`title` of [document] is empty",
            "`version` of [document] is empty",
            "`sha256` of [document] is empty",
            "`location` of [document] is empty",
        ]
    );
    let filled = Draft {
        owner: Some("Ada \"Countess\" Park"),
        owner_role: Some("Head of platform"),
        reviewer: Some("Ben Ortiz"),
        found: Some((DIGEST, "../documents/review.txt")),
        title: Some("Review"),
        version: Some("1"),
        ..draft
    };
    let one = statement("new", &filled.text());
    assert_eq!(one.owner, "Ada \"Countess\" Park");
    assert_eq!(one.expires.to_string(), "2027-01-09");
    assert_eq!(stands(&[&one], "2026-10-01", ACCOUNT).state, State::Current);
}
