//! Statements by people, from the command that starts one to the criterion that rests on it.

#[path = "attest/inherited.rs"]
mod inherited;

use std::fs;

use serde_json::Value;

use crate::account::Account;
use crate::run::{Ended, Place};

const CONDUCT: &str = "code-of-conduct-acknowledgement";

/// Starts a statement of the code of conduct with everything that a person has to say.
const NEW: [&str; 14] = [
    "attest",
    "new",
    CONDUCT,
    "--document",
    "hr/conduct.txt",
    "--title",
    "Acknowledgements",
    "--document-version",
    "3",
    "--owner",
    "Ada Park",
    "--owner-role",
    "Head of people",
    "--reviewer=Ben Ortiz",
];

fn place() -> Place {
    Place::empty().with("hr/conduct.txt", "Ada, Ben, Chloe\n")
}

fn report(place: &Place, bundle: &str) -> Value {
    let path = place.path().join(bundle).join("report.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn found<'r>(report: &'r Value, list: &str, id: &str) -> &'r Value {
    let rows = report[list].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap()
}

/// Scans one check of Acme into that folder.
fn scan(place: &Place, account: &Account, out: &str) -> Ended {
    let only = ["scan", "--only", "iam.root_has_mfa", "--out", out];
    place.scan_of(&account.endpoint, &only)
}

/// The only file in `attestations/`.
fn file(place: &Place) -> String {
    let held = place.holds();
    let mut own = held.iter().map(|path| path.display().to_string());
    own.find(|path| path.starts_with("attestations/") && path.ends_with(".toml"))
        .unwrap()
}

#[test]
fn a_statement_carries_its_criterion_and_its_document_can_void_it() {
    let (place, account) = (place(), Account::acme());
    let started = place.run(&NEW).with(0);
    let file = file(&place);
    assert!(
        started.err.contains(&format!("wrote {file}")),
        "{}",
        started.err
    );
    let checked = place.run(&["attest", "check"]).with(0);
    assert!(
        checked.out.contains("1 of 54 attestations count today"),
        "{}",
        checked.out
    );

    scan(&place, &account, "first").with(0);
    let first = report(&place, "first");
    assert_eq!(
        found(&first, "criteria", "tsc2017:CC1.1")["result"],
        "attested"
    );
    let attestation = found(&first, "attestations", CONDUCT);
    assert_eq!(attestation["state"], "current");
    let statement = &attestation["statements"][0];
    assert_eq!(statement["owner"], "Ada Park");
    assert_eq!(statement["reviewer"], "Ben Ortiz");
    assert_eq!(statement["document"]["location"], "../hr/conduct.txt");
    assert_eq!(statement["document"]["compared"]["outcome"], "same");
    let page = fs::read_to_string(place.path().join("first/report.html")).unwrap();
    assert!(page.contains("What people attested") && page.contains("Ben Ortiz"));

    // Somebody changes the document afterwards.
    fs::write(place.path().join("hr/conduct.txt"), "Ada, Ben\n").unwrap();
    let second = scan(&place, &account, "second").with(0);
    assert!(second.out.contains("1 document differs"), "{}", second.out);
    let criterion = report(&place, "second");
    let criterion = found(&criterion, "criteria", "tsc2017:CC1.1");
    assert_eq!(criterion["result"], "incomplete");
    let reasons = criterion["reasons"].to_string();
    assert!(reasons.contains(CONDUCT), "{reasons}");
    assert!(reasons.contains("speaks of another document"), "{reasons}");
    assert!(reasons.contains("tieout attest new"), "{reasons}");
    let checked = place.run(&["attest", "check"]).with(1);
    assert!(checked.out.contains("document differs"), "{}", checked.out);
    assert!(
        checked.out.contains("help: put the document back"),
        "{}",
        checked.out
    );

    // What the run found stands, wherever it is looked at again.
    fs::remove_dir_all(place.path().join("hr")).unwrap();
    fs::remove_dir_all(place.path().join("attestations")).unwrap();
    place.run(&["replay", "first", "--out", "again"]).with(0);
    let again = report(&place, "again");
    assert_eq!(again["attestations"], first["attestations"]);
    assert_eq!(again["criteria"], first["criteria"]);
}

#[test]
fn a_new_statement_asks_for_what_it_lacks_and_overwrites_nothing() {
    let place = place();
    place.run(&["attest", "new", "tsc2017:CC1.5"]).with(0);
    let files: Vec<_> = place
        .holds()
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    assert_eq!(files.len(), 2, "{files:?}");
    let held: Vec<_> = files
        .iter()
        .map(|file| fs::read_to_string(place.path().join(file)).unwrap())
        .collect();
    place.run(&["attest", "check"]).could_not_run(&[
        "`owner` of an attestation is empty",
        "attestations/control-owner-register-",
        "help: name the person who answers for it",
        "mistakes",
    ]);
    // A scan does not run past a statement that is half written.
    place
        .scan_of("http://127.0.0.1:1", &["scan"])
        .could_not_run(&["`owner` of an attestation is empty"]);
    place
        .run(&["attest", "new", "tsc2017:CC1.5"])
        .could_not_run(&["is there already", "help: fill that one in"]);
    for (file, text) in files.iter().zip(held) {
        assert_eq!(fs::read_to_string(place.path().join(file)).unwrap(), text);
    }
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let place = place();
    let held = place.holds();
    let refused = |args: &[&str], says: &[&str]| {
        place
            .run(&[&["attest", "new"], args].concat())
            .could_not_run(says);
    };
    refused(
        &[CONDUCT, "--owner", "Ada Park", "--reviewer", "ada  PARK"],
        &[
            "`ada  PARK` would review what `Ada Park` answers for",
            "help: name another person",
        ],
    );
    refused(
        &[
            CONDUCT,
            "--attested",
            "2026-01-01",
            "--expires",
            "2027-01-02",
        ],
        &[
            "counts for 365 days at most: until 2027-01-01",
            "help: give an earlier day",
        ],
    );
    refused(
        &[
            CONDUCT,
            "--attested",
            "2026-01-02",
            "--expires",
            "2026-01-01",
        ],
        &[
            "it would expire on 2026-01-01, before it is made",
            "help: give a later day",
        ],
    );
    refused(
        &[CONDUCT, "--document", "hr/none.txt"],
        &["hr/none.txt cannot be read", "help: check the path"],
    );
    refused(
        &["acces-review"],
        &[
            "there is no attestation or criterion `acces-review`",
            "help: did you mean `access-review`?",
        ],
    );
    refused(
        &["tsc2017:CC1.55"],
        &[
            "there is no criterion `tsc2017:CC1.55`; did you mean `tsc2017:CC1.5`?",
            "help: ",
        ],
    );
    refused(
        &["tsc2017:CC1.5", "--document", "hr/conduct.txt"],
        &[
            "tsc2017:CC1.5 needs several statements",
            "help: name one of them: control-owner-register",
        ],
    );
    assert_eq!(place.holds(), held);
}

#[test]
fn a_file_with_a_mistake_ends_a_scan_before_it_began() {
    let place = place();
    place.run(&NEW).with(0);
    let file = file(&place);
    let path = place.path().join(&file);
    let sound = fs::read_to_string(&path).unwrap();
    let wrong = |from: &str, to: &str, says: &[&str]| {
        assert!(sound.contains(from), "nothing to replace: {from}");
        fs::write(&path, sound.replacen(from, to, 1)).unwrap();
        for command in [&["scan"][..], &["attest", "check"], &["attest", "list"]] {
            place
                .scan_of("http://127.0.0.1:1", command)
                .could_not_run(says);
        }
    };
    wrong(
        "Ben Ortiz",
        "ADA park",
        &[
            "`reviewer` is the same person as `owner`",
            &file,
            "help: let somebody else review it",
        ],
    );
    wrong(
        &format!("attestation = \"{CONDUCT}\""),
        "attestation = \"code-of-conduct-acknowledgment\"",
        &[
            "there is no attestation `code-of-conduct-acknowledgment`",
            &file,
            "help: did you mean",
        ],
    );
    wrong(
        "expires = ",
        "expirse = ",
        &[
            "an attestation has no field `expirse`",
            "help: did you mean `expires`?",
        ],
    );
}

#[test]
fn an_old_statement_is_named_with_what_to_do() {
    let (place, account) = (place(), Account::acme());
    let old = ["--attested", "2024-01-31"];
    place.run(&[&NEW[..], &old].concat()).with(0);
    let scanned = scan(&place, &account, "run").with(0);
    let flat = scanned.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains(&format!(
            "{CONDUCT} {CONDUCT}-2024-01-31 has not counted since 2025-01-31: it expired"
        )),
        "{}",
        scanned.out
    );
    assert!(flat.contains("1 expired · 53 missing"), "{}", scanned.out);
    // The next one takes its place.
    place.run(&NEW).with(0);
    scan(&place, &account, "next").with(0);
    let next = report(&place, "next");
    let attestation = found(&next, "attestations", CONDUCT);
    let states: Vec<_> = attestation["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|statement| statement["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["current", "superseded"]);
}

#[test]
fn the_list_says_what_is_wanted_and_how_it_stands() {
    let place = place();
    place.run(&NEW).with(0);
    let listed = place.run(&["attest", "list"]).with(0);
    // Long lines are wrapped.
    let flat = listed.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "access-review missing",
        "document: review sign-off; counts for 100 days",
        "criteria: tsc2017:CC6.3, tsp2016:CC5.4",
        "code-of-conduct-acknowledgement current",
        "Ada Park, Head of people, ",
        "1 of 54 attestations count today",
    ] {
        assert!(flat.contains(words), "no {words:?} in\n{}", listed.out);
    }
    let one = place
        .run(&["attest", "list", "--criterion", "tsp2016:CC1.4"])
        .with(0);
    assert!(
        one.out.contains("1 of 2 attestations count today"),
        "{}",
        one.out
    );
    // What a criterion needs is needed, made or not.
    place.run(&["attest", "check"]).with(0);
    let check = ["attest", "check", "--criterion", "tsp2016:CC1.4"];
    let lacks = place.run(&check).with(1);
    assert!(
        lacks.out.contains("background-screening  missing"),
        "{}",
        lacks.out
    );
}
