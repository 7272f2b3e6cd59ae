//! What other tools map to SOC 2: each of their controls has a counterpart here, or a reason why there is none.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tieout::check::load::embedded;
use toml::{Table, Value};

/// The controls of each tool: checks, or why there is none.
fn controls() -> BTreeMap<String, Table> {
    let text = fs::read_to_string("tests/peers/controls.toml").unwrap();
    toml::from_str(&text).unwrap()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_control_of_the_peers_is_accounted_for() {
    let controls = controls();
    // As many as each maps to SOC 2: one that is dropped here would not be missed otherwise.
    let counts: Vec<_> = controls
        .iter()
        .map(|(tool, controls)| (tool.as_str(), controls.len()))
        .collect();
    assert_eq!(counts, [("prowler", 171), ("steampipe", 126)]);
    for (tool, controls) in &controls {
        for (control, what) in controls {
            let checks = what.as_array().is_some_and(|checks| !checks.is_empty());
            let reason = what.as_str().is_some_and(|reason| !reason.is_empty());
            assert!(
                checks || reason,
                "{tool}: {control} has neither checks nor a reason"
            );
        }
    }
}

#[test]
fn every_counterpart_is_a_check() {
    let known: BTreeSet<String> = embedded().into_iter().map(|found| found.id).collect();
    let mut unknown = Vec::new();
    for (tool, controls) in controls() {
        for (control, what) in controls {
            let checks = what.as_array().into_iter().flatten();
            for check in checks.filter_map(Value::as_str) {
                if !known.contains(check) {
                    unknown.push(format!("{tool}: {control}: {check}"));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "no such check: {unknown:#?}");
}

#[test]
fn every_reason_stands_in_the_guide() {
    let guide = flat(&fs::read_to_string("checks/README.md").unwrap());
    let mut missing = Vec::new();
    for (tool, controls) in controls() {
        for (control, what) in &controls {
            let Some(reason) = what.as_str() else {
                continue;
            };
            if !guide.contains(&flat(reason)) || !guide.contains(&format!("`{control}`")) {
                missing.push(format!("{tool}: {control}: {reason}"));
            }
        }
    }
    assert!(missing.is_empty(), "not in checks/README.md: {missing:#?}");
}
