//! `tieout sample`: anybody can draw it again.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::run::Place;
use crate::table::Table;
use crate::{PAPERS, bundle, tool};

/// All that an auditor needs, in Python's own library, over the CSV file alone.
const BY_HAND: &str = r#"
import csv, hashlib, sys
file, seed, size, outcome = sys.argv[1:]
rows = list(csv.DictReader(open(file, newline="", encoding="utf-8")))
rows = [row for row in rows if outcome in ("", row["Verdict"])]
rank = lambda row: hashlib.sha256(f"{seed}\0{row['Row id']}".encode()).hexdigest()
chosen = sorted(rows, key=rank)[:int(size)]
print("\n".join(row["Row id"] for row in rows if row in chosen))
print(hashlib.sha256(open(file, "rb").read()).hexdigest())
"#;

/// The check with most members, whose list is whole or is not.
fn largest(complete: bool) -> &'static Value {
    let papers = &*PAPERS;
    let whole = |check: &Value| {
        papers
            .rows("populations")
            .iter()
            .filter(|population| population["kind"] == check["kind"])
            .all(|population| population["complete"] == true)
    };
    papers
        .judged()
        .filter(|check| whole(check) == complete)
        .max_by_key(|check| check["discovered"].as_u64())
        .unwrap()
}

fn sample(check: &str, size: usize, seed: &str, more: &[&str]) -> (String, String) {
    let (bundle, size) = (bundle(), size.to_string());
    let args = [
        "sample", &bundle, "--check", check, "--size", &size, "--seed", seed,
    ];
    let ended = PAPERS.place.run(&[&args[..], more].concat()).with(0);
    (ended.out, ended.err)
}

#[test]
fn python_draws_the_same_rows_from_the_csv_alone() {
    let check = largest(true)["id"].as_str().unwrap();
    let file = PAPERS.path(&format!("workpapers/populations/{check}.csv"));
    for (size, seed, outcome) in [
        (3, "2026-Q4", ""),
        (5, "Zoë & sons, 7", ""),
        (2, "7", "pass"),
    ] {
        let mut by_hand = Command::new("python3");
        by_hand
            .args(["-c", BY_HAND])
            .arg(&file)
            .args([seed, &size.to_string(), outcome]);
        let said = String::from_utf8(tool(&mut by_hand, "python3")).unwrap();
        let of_outcome = ["--outcome", outcome];
        let more = if outcome.is_empty() {
            &[][..]
        } else {
            &of_outcome[..]
        };
        let (out, _) = sample(check, size, seed, &[more, &["--format", "csv"]].concat());
        let table = Table::of(out.as_bytes());
        let mut lines: Vec<&str> = table
            .rows
            .iter()
            .map(|row| table.cell(row, "Row id"))
            .collect();
        assert_eq!(lines.len(), size);
        lines.push(table.cell(&table.rows[0], "SHA-256 of the population's CSV file"));
        assert_eq!(said.lines().collect::<Vec<_>>(), lines, "seed {seed}");
        assert_eq!(table.cell(&table.rows[0], "Seed"), seed);
        assert_eq!(table.cell(&table.rows[0], "Population complete"), "yes");
    }
}

#[test]
fn a_larger_sample_holds_the_smaller_and_another_seed_another() {
    let check = largest(true)["id"].as_str().unwrap();
    let drawn = |size, seed| -> Vec<String> {
        let (out, _) = sample(check, size, seed, &["--format", "json"]);
        let sample: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(sample["schema"], "tieout.sample.v1");
        assert_eq!(sample["seed"], seed);
        let rows = sample["rows"].as_array().unwrap();
        rows.iter()
            .map(|row| row["verdict"]["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let (two, four) = (drawn(2, "a"), drawn(4, "a"));
    assert!(two.iter().all(|row| four.contains(row)), "{two:?} {four:?}");
    assert_ne!(four, drawn(4, "b"));
}

#[test]
fn a_person_sees_what_it_was_drawn_from_and_how() {
    let check = largest(true);
    let id = check["id"].as_str().unwrap();
    let (out, err) = sample(id, 1, "spring", &[]);
    let members = format!("{} members, complete", check["discovered"]);
    for words in [
        id,
        members.as_str(),
        "sha256:",
        "SHA-256(seed, zero byte, row id)",
        "spring",
        "1 asked for, 1 drawn",
        "[1] ",
    ] {
        assert!(out.contains(words), "no {words:?} in:\n{out}");
    }
    assert!(!err.contains("INCOMPLETE"));
}

#[test]
fn a_sample_names_the_digest_that_the_manifest_has() {
    let place = Place::empty();
    place
        .run(&["demo", "--out", "run", "--format", "json"])
        .with(0);
    let manifest = fs::read(place.path().join("run/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let counts = manifest["checks"].as_array().unwrap();
    let check = "s3.blocks_public_access";
    let counts = counts
        .iter()
        .find(|counts| counts["check"] == check)
        .unwrap();
    let args = [
        "sample", "run", "--check", check, "--size", "1", "--seed", "x",
    ];
    let ended = place
        .run(&[&args[..], &["--format", "json"]].concat())
        .with(0);
    let sample: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(sample["population"]["rows_sha256"], counts["rows_sha256"]);
    let ended = place.run(&args).with(0);
    assert!(ended.out.contains(counts["rows_sha256"].as_str().unwrap()));
}

#[test]
fn more_rows_than_there_are_is_all_and_says_so() {
    let check = largest(true);
    let (out, err) = sample(check["id"].as_str().unwrap(), 100_000, "x", &[]);
    assert!(
        out.contains(&format!("{} drawn: all there are", check["discovered"])),
        "{out}"
    );
    assert!(err.contains("is all there are"));
}

#[test]
fn a_list_that_was_cut_short_is_said_loudly_in_every_form() {
    let check = largest(false)["id"].as_str().unwrap();
    let (out, err) = sample(check, 1, "x", &[]);
    assert!(
        out.contains("INCOMPLETE") && err.contains("INCOMPLETE"),
        "{out}{err}"
    );
    let (out, err) = sample(check, 1, "x", &["--format", "json"]);
    let said: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(said["population"]["complete"], false);
    assert!(
        !said["population"]["incomplete"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert!(err.contains("INCOMPLETE"));
    let (out, _) = sample(check, 1, "x", &["--format", "csv"]);
    let table = Table::of(out.as_bytes());
    for row in &table.rows {
        assert_eq!(table.cell(row, "Population complete"), "no");
    }
}

#[test]
fn what_cannot_be_drawn_from_says_what_to_do() {
    let place = &PAPERS.place;
    let bundle = bundle();
    let run = |check, size| {
        place.run(&[
            "sample", &bundle, "--check", check, "--size", size, "--seed", "x",
        ])
    };
    run("s3.blocks_public_acces", "1").could_not_run(&[
        "no check s3.blocks_public_acces",
        "did you mean s3.blocks_public_access",
    ]);
    run("s3.blocks_public_access", "0").could_not_run(&["no rows", "--size"]);
    run("s3.blocks_public_access", "-1").could_not_run(&["--size"]);
    assert!(fs::exists(place.path().join("papers")).unwrap());
}
