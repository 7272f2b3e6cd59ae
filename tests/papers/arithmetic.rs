//! The sheets add up, and to what the report says.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::run::Place;
use crate::{PAPERS, bundle, files};

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn each_population_holds_every_member_with_its_verdict() {
    let papers = &*PAPERS;
    for check in papers.judged() {
        let id = check["id"].as_str().unwrap();
        let table = papers.csv(&format!("populations/{id}.csv"));
        let mut expected = papers.members(check);
        for row in &table.rows {
            let verdict = expected.next().unwrap();
            for (heading, name) in [
                ("Row id", "id"),
                ("Check", "check"),
                ("Account", "account"),
                ("Region", "region"),
                ("Kind", "kind"),
                ("Verdict", "outcome"),
            ] {
                assert_eq!(table.cell(row, heading), verdict[name].as_str().unwrap());
            }
            let read = verdict["evidence"].as_array().unwrap().len();
            let facts = table.cell(row, "Facts read");
            assert_eq!(facts.lines().count(), read, "{id}: {facts}");
        }
        assert!(expected.next().is_none(), "{id} misses a member");
        assert_eq!(table.rows.len() as u64, count(&check["discovered"]), "{id}");
        for outcome in ["pass", "unknown", "not_applicable"] {
            let rows = table.count("Verdict", outcome) as u64;
            assert_eq!(rows, count(&check[outcome]), "{id}: {outcome}");
        }
        let failing = table.count("Verdict", "fail") as u64;
        assert_eq!(
            failing,
            count(&check["fail"]) + count(&check["waived"]),
            "{id}"
        );
    }
}

#[test]
fn the_index_says_what_each_file_holds() {
    let papers = &*PAPERS;
    let index = papers.csv("populations.csv");
    assert_eq!(index.rows.len(), papers.rows("checks").len());
    let mut incomplete = 0;
    for check in papers.judged() {
        let row = index.row("Check", check["id"].as_str().unwrap());
        let file = papers.path("workpapers").join(index.cell(row, "CSV file"));
        let digest = Sha256::digest(std::fs::read(file).unwrap());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(index.cell(row, "SHA-256 of the CSV file"), digest);
        let sum: u64 = ["Pass", "Fail", "Waived", "Unknown", "Not applicable"]
            .iter()
            .map(|heading| index.number(row, heading))
            .sum();
        assert_eq!(index.number(row, "Discovered"), sum);
        assert_eq!(index.cell(row, "Ties out"), "yes");
        let kind = &check["kind"];
        let whole = papers
            .rows("populations")
            .iter()
            .filter(|population| population["kind"] == *kind)
            .all(|population| population["complete"] == true);
        assert_eq!(
            index.cell(row, "Complete"),
            if whole { "yes" } else { "no" }
        );
        assert_eq!(index.cell(row, "Why it may be short").is_empty(), whole);
        incomplete += usize::from(!whole);
    }
    assert!(
        incomplete > 0,
        "the recorded account has lists that were cut short"
    );
}

#[test]
fn every_failure_and_every_unknown_is_listed_once() {
    let papers = &*PAPERS;
    for (file, outcome) in [("exceptions.csv", "fail"), ("unknown.csv", "unknown")] {
        let table = papers.csv(file);
        let listed: Vec<&str> = table
            .rows
            .iter()
            .map(|row| table.cell(row, "Row id"))
            .collect();
        let expected: Vec<&str> = papers
            .rows("verdicts")
            .iter()
            .filter(|verdict| verdict["outcome"] == outcome)
            .map(|verdict| verdict["id"].as_str().unwrap())
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(listed, expected, "{file}");
    }
}

#[test]
fn each_list_of_the_report_has_its_sheet() {
    let papers = &*PAPERS;
    for (file, list) in [
        ("criteria.csv", "criteria"),
        ("checks.csv", "checks"),
        ("gaps.csv", "gaps"),
        ("coverage.csv", "coverage"),
        ("waivers.csv", "waivers"),
        ("management_responses.csv", "responses"),
        ("roles_of_people.csv", "segregation"),
    ] {
        assert_eq!(
            papers.csv(file).rows.len(),
            papers.rows(list).len(),
            "{file}"
        );
    }
    let coverage = papers.csv("coverage.csv");
    let answered: u64 = coverage
        .rows
        .iter()
        .map(|row| coverage.number(row, "Answered"))
        .sum();
    assert_eq!(answered, count(&papers.report["summary"]["calls"]["ok"]));
    let listings = papers.csv("listings.csv");
    let calls: usize = papers
        .rows("populations")
        .iter()
        .map(|population| population["calls"].as_array().unwrap().len().max(1))
        .sum();
    assert_eq!(listings.rows.len(), calls);
    let evidence = papers.csv("evidence_for_criteria.csv");
    let standings: usize = papers
        .rows("criteria")
        .iter()
        .filter(|criterion| criterion["repeated"] == false)
        .map(|criterion| criterion["checks"].as_array().unwrap().len())
        .sum();
    assert_eq!(evidence.rows.len(), standings);
}

#[test]
fn the_read_me_says_what_it_is_and_what_not() {
    let papers = &*PAPERS;
    let readme = papers.csv("read_me.csv");
    let said: String = readme.rows.concat().join("\n");
    for words in [
        "not an attestation report",
        "expresses no opinion",
        "sha256sum populations/CHECK.csv",
        "an apostrophe put before it",
        "CR LF",
        papers.report["run"]["id"].as_str().unwrap(),
    ] {
        assert!(said.contains(words), "{words}");
    }
}

#[test]
fn the_same_run_makes_the_same_bytes() {
    let again = Place::empty();
    let args = [
        "--format", "xlsx", "--format", "csv", "--format", "json", "--out", "papers",
    ];
    again
        .run(&[&["report", &bundle()], &args[..]].concat())
        .with(0);
    let (first, second) = (files(&PAPERS.path("")), files(&again.path().join("papers")));
    assert_eq!(first.len(), second.len());
    for ((name, first), (_, second)) in first.iter().zip(&second) {
        assert!(first == second, "{} differs", name.display());
    }
}
