//! `report.json` against its published schema.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};
use tieout::report::{Report, json as format};

use crate::sample;

fn text(report: &Report) -> String {
    let mut out = Vec::new();
    format::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn value(report: &Report) -> Value {
    serde_json::from_str(&text(report)).unwrap()
}

fn schema() -> jsonschema::Validator {
    let schema: Value =
        serde_json::from_str(&fs::read_to_string("schemas/report.v1.schema.json").unwrap())
            .unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{error}"));
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

#[test]
fn a_report_is_what_its_schema_says() {
    let schema = schema();
    for report in [sample::small(), sample::company::report(2)] {
        let errors: Vec<String> = schema
            .iter_errors(&value(&report))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}

#[test]
fn the_names_at_the_top_are_frozen() {
    let report = value(&sample::small());
    let names: BTreeSet<&str> = report
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let frozen = [
        "schema",
        "run",
        "summary",
        "criteria",
        "checks",
        "verdicts",
        "populations",
        "coverage",
        "gaps",
    ];
    assert_eq!(names, BTreeSet::from(frozen));
}

/// Each change would break an outside tool, or let a report say what it must not.
#[test]
fn the_schema_notices_what_it_should() {
    let schema = schema();
    let sound = value(&sample::small());
    let verdict = sound["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .position(|verdict| verdict["outcome"] == "pass")
        .unwrap();
    type Change = fn(&mut Value, usize);
    let changes: [(&str, Change); 8] = [
        ("a new name at the top", |report, _| {
            report["score"] = json!(97)
        }),
        ("a new name in a verdict", |report, n| {
            report["verdicts"][n]["ok"] = json!(true)
        }),
        ("a new count", |report, _| {
            report["summary"]["outcomes"]["skipped"] = json!(1)
        }),
        ("a verdict without evidence", |report, n| {
            report["verdicts"][n]
                .as_object_mut()
                .unwrap()
                .remove("evidence");
        }),
        ("an outcome of its own", |report, n| {
            report["verdicts"][n]["outcome"] = json!("compliant")
        }),
        ("a waived pass", |report, n| {
            report["verdicts"][n]["waiver"] = json!({"id": "", "owner": "", "approver": "", "reason": "", "expires": "2026-12-31"});
        }),
        ("a fact both read and unread", |report, n| {
            report["verdicts"][n]["evidence"][0]["gap"] =
                report["populations"][2]["gaps"][0].clone();
        }),
        ("a call without its digest", |report, n| {
            report["verdicts"][n]["evidence"][0]["call"]
                .as_object_mut()
                .unwrap()
                .remove("sha256");
        }),
    ];
    assert!(schema.is_valid(&sound));
    for (name, change) in changes {
        let mut report = sound.clone();
        change(&mut report, verdict);
        assert_ne!(report, sound, "{name}");
        assert!(!schema.is_valid(&report), "the schema lets {name} pass");
    }
}

#[test]
fn the_same_run_is_the_same_bytes() {
    assert_eq!(
        text(&sample::company::report(2)),
        text(&sample::company::report(2))
    );
}

#[test]
fn a_row_is_a_line() {
    let report = sample::small();
    let text = text(&report);
    let lines = text
        .lines()
        .filter(|line| line.starts_with("{\"id\""))
        .count();
    assert_eq!(
        lines,
        report.criteria.len() + report.checks.len() + report.verdicts.len()
    );
}

#[test]
fn a_small_report() {
    insta::assert_snapshot!(text(&sample::small()).replace(&"x".repeat(10_000), "[10,000 x]"));
}
