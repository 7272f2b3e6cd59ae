//! What is wrong in a file is said with its place and what to do, all of it at once.

use super::{SOUND, file};
use crate::complaint::Complaint;
use crate::govern::attestation::read;
use crate::govern::attestation::read::together;

fn said(complaints: &[Complaint]) -> Vec<String> {
    complaints
        .iter()
        .map(|one| format!("{}: {} / {}", one.line, one.message, one.help))
        .collect()
}

fn refused(text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let read = read(&file("one", text), &mut complaints);
    assert!(read.is_none(), "{read:?}");
    said(&complaints)
}

/// That with one thing put wrong this is said, and nothing else.
#[track_caller]
fn wrong(from: &str, to: &str, says: &str) {
    assert!(SOUND.contains(from), "nothing to replace: {from}");
    assert_eq!(refused(&SOUND.replacen(from, to, 1)), [says]);
}

#[test]
fn the_owner_reviews_nothing_of_their_own() {
    for same in ["Ada Park", "ada park", " ADA   PARK ", "AdaPark"] {
        wrong(
            "\"Ben Ortiz\"",
            &format!("\"{same}\""),
            "6: `reviewer` is the same person as `owner`: Ada Park / let somebody else review it, and name them",
        );
    }
}

#[test]
fn a_review_comes_after_what_it_reviews_and_says_by_whom_and_when() {
    wrong(
        "reviewed = 2026-10-02",
        "reviewed = 2026-09-30",
        "7: it was reviewed on 2026-09-30, before it was made, on 2026-10-01 / a review comes after what it reviews; write the day of the review",
    );
    wrong(
        "reviewed = 2026-10-02\n",
        "",
        "6: it names a reviewer and not the day / write the day of the review: reviewed = 2026-01-31",
    );
    wrong(
        "reviewer = \"Ben Ortiz\"\n",
        "",
        "6: it says when it was reviewed and not by whom / name the person: reviewer = \"…\"",
    );
}

#[test]
fn what_must_be_there_is_asked_for() {
    wrong(
        "expires = 2026-12-31\n",
        "",
        "1: an attestation needs `expires` / write the last day it counts: expires = 2026-12-31",
    );
    wrong(
        "\"Head of platform\"",
        "\"  \"",
        "4: `owner_role` of an attestation is empty / say in which role they answer for it",
    );
    let (before, _) = SOUND.split_once("[document]").unwrap();
    assert_eq!(
        refused(before),
        [
            "1: an attestation needs [document] / write [document], and below it title, version, sha256 and location"
        ]
    );
    assert_eq!(refused("").len(), 7);
}

#[test]
fn days_digests_and_numbers_are_what_they_are_called() {
    wrong(
        "attested = 2026-10-01",
        "attested = \"2026-10-01\"",
        "5: `attested` is text, not a day / write the day without quotes: attested = 2026-01-31",
    );
    wrong(
        "expires = 2026-12-31",
        "expires = 2026-12-31T00:00:00Z",
        "8: `expires` is a date or time, not a day / write the day without quotes: expires = 2026-01-31",
    );
    wrong(
        "expires = 2026-12-31",
        "expires = 2026-09-30",
        "8: it expires on 2026-09-30, before it counts, on 2026-10-01 / write a later day",
    );
    wrong(
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "9f86",
        "14: `9f86` is no SHA-256 / write what `sha256sum FILE` prints, 64 digits",
    );
    wrong(
        "population_count = 42",
        "population_count = -1",
        "9: `population_count` is no number of rows / write how many rows the document has: population_count = 42",
    );
}

#[test]
fn slips_of_the_hand_get_a_suggestion_and_none_hides_another() {
    let text = SOUND
        .replacen("owner_role", "owner_rol", 1)
        .replacen("version", "verison", 1);
    assert_eq!(
        refused(&text),
        [
            "4: an attestation has no field `owner_rol` / did you mean `owner_role`?",
            "1: an attestation needs `owner_role` / say in which role they answer for it",
            "13: [document] has no field `verison` / did you mean `version`?",
            "1: [document] needs `version` / write its version, or its date",
        ]
    );
    let text = format!("{SOUND}\n[scope]\naccounts = [\"1234\"]\n");
    assert_eq!(
        refused(&text),
        ["18: `1234` is no account / write its twelve digits"]
    );
}

#[test]
fn a_statement_takes_the_place_of_one_that_is_there() {
    let files = [
        file("q2", &SOUND.replacen("2026-10-01", "2026-07-01", 1)),
        file(
            "q3",
            &SOUND.replacen("expires", "supersedes = \"q1\"\nexpires", 1),
        ),
    ];
    let mut complaints = Vec::new();
    let statements: Vec<_> = files
        .iter()
        .map(|file| read(file, &mut complaints).unwrap())
        .collect();
    together(&statements, &files.each_ref(), &mut complaints);
    assert_eq!(
        said(&complaints),
        [
            "8: it supersedes `q1`, and there is no such statement of `access-review` here / there are: q2"
        ]
    );
}

#[test]
fn a_review_of_a_report_says_which_and_for_what_time() {
    let review = "[review]\nreport_id = \"\"\nreport_version = \"1\"\nperiod_start = 2026-01-01\nperiod_end = 2025-12-31\n\
                  opinion = \"unqualified\"\nbridge_letter_until = 2026-12-31\nuser_entity_controls = [{ controls = \"keys\" }]\n";
    assert_eq!(
        refused(&format!("{SOUND}{review}")),
        [
            "17: `report_id` of [review] is empty / write AWS Artifact's id of the report: \"report-…\"",
            "18: [review] needs `report_version`, a whole number / write the version that AWS Artifact shows: report_version = 1",
            "22: a bridge letter has a digest and a last day that it covers, and one of them is not here / write both bridge_letter_sha256 and bridge_letter_until, or neither",
            "23: a user-entity control has no field `controls` / did you mean `control`?",
            "1: a user-entity control needs `control` / say in a few words what AWS asks for",
            "20: the period ends on 2025-12-31, before it starts, on 2026-01-01 / write the period that the report covers",
        ]
    );
}
