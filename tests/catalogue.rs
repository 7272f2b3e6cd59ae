//! What an auditor wants shown of an account: each test has the checks that show it, or a reason why none can.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;
use tieout::check::load::embedded;

/// The files, and how many tests of each priority, from 1 on, they hold: one that is dropped would not be missed otherwise.
const FILES: &[(&str, [usize; 3])] = &[("first", [115, 10, 0]), ("second", [0, 87, 67])];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    priority: usize,
    shows: String,
    #[serde(default)]
    checks: Vec<String>,
    reason: Option<String>,
}

/// The tests of one file, by id.
fn wanted(file: &str) -> BTreeMap<String, Wanted> {
    let text = fs::read_to_string(format!("tests/catalogue/{file}.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

fn all() -> Vec<(String, Wanted)> {
    let files = FILES.iter().flat_map(|(file, _)| wanted(file));
    files.collect()
}

#[test]
fn no_test_is_forgotten() {
    let mut ids = BTreeSet::new();
    for (file, counts) in FILES {
        let mut found = [0; 3];
        for (id, test) in wanted(file) {
            let count = found.get_mut(test.priority.wrapping_sub(1));
            *count.unwrap_or_else(|| panic!("{id}: no such priority")) += 1;
            assert!(ids.insert(id.clone()), "{id} stands twice");
        }
        assert_eq!(
            &found, counts,
            "tests of priority 1, 2 and 3 in {file}.toml"
        );
    }
}

#[test]
fn every_test_has_checks_or_a_reason() {
    for (id, test) in all() {
        assert!(!test.shows.trim().is_empty(), "{id}: what does it show?");
        match &test.reason {
            None => assert!(
                !test.checks.is_empty(),
                "{id} has neither checks nor a reason"
            ),
            Some(reason) => {
                assert!(
                    test.checks.is_empty(),
                    "{id} has checks, and a reason for having none"
                );
                assert!(!reason.trim().is_empty(), "{id}: the reason says nothing");
            }
        }
    }
}

#[test]
fn every_check_that_is_named_is_one() {
    let known: BTreeSet<String> = embedded().into_iter().map(|found| found.id).collect();
    let mut wrong = Vec::new();
    for (id, test) in all() {
        let mut named = BTreeSet::new();
        for check in &test.checks {
            if !known.contains(check) {
                wrong.push(format!("{id}: no check {check}"));
            }
            if !named.insert(check) {
                wrong.push(format!("{id}: {check} twice"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
