//! `report.json` against its published schema.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tieout::report::{Report, json as format};

use tieout::inventory::gap::Reason;

use crate::{sample, schema};

fn text(report: &Report) -> String {
    let mut out = Vec::new();
    format::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn value(report: &Report) -> Value {
    serde_json::from_str(&text(report)).unwrap()
}

#[test]
fn a_report_is_what_its_schema_says() {
    for report in [sample::small(), sample::company::report(2)] {
        assert_eq!(schema::errors(&value(&report)), [""; 0]);
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
        "attestations",
        "checks",
        "verdicts",
        "populations",
        "coverage",
        "gaps",
        "waivers",
        "waiver_limits",
        "responses",
        "suppressions",
        "segregation",
    ];
    assert_eq!(names, BTreeSet::from(frozen));
}

/// Each change would break an outside tool, or let a report say what it must not.
#[test]
fn the_schema_notices_what_it_should() {
    let schema = schema::validator();
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
    let stated = report.attestations.len() + report.waivers.len() + report.responses.len();
    let judged = report.criteria.len() + report.checks.len() + report.verdicts.len();
    assert_eq!(lines, judged + stated);
}

#[test]
fn a_small_report() {
    insta::assert_snapshot!(text(&sample::small()).replace(&"x".repeat(10_000), "[10,000 x]"));
}

/// A consumer has the schema and nothing else to go by.
#[test]
fn every_name_in_the_schema_is_described() {
    let schema = schema::text();
    let mut undescribed = Vec::new();
    describes(&schema, &schema, "", &mut undescribed);
    assert_eq!(undescribed, [""; 0]);
}

fn describes(node: &Value, schema: &Value, at: &str, undescribed: &mut Vec<String>) {
    let Some(node) = node.as_object() else { return };
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let referred = property["$ref"]
                .as_str()
                .and_then(|to| schema.pointer(to.trim_start_matches('#')));
            let own = property.get("description");
            let said = own.or(referred.and_then(|to| to.get("description")));
            let constant = at.ends_with("/then");
            if said.and_then(Value::as_str).is_none_or(str::is_empty) && !constant {
                undescribed.push(format!("{at}/{name}"));
            }
        }
    }
    for (name, inner) in node {
        describes(inner, schema, &format!("{at}/{name}"), undescribed);
    }
}

/// A reason the schema lacks would make a sound report invalid.
#[test]
fn the_schema_knows_every_reason_and_no_other() {
    let reasons = [
        Reason::Denied,
        Reason::DeniedByScp,
        Reason::Throttled,
        Reason::RegionDisabled,
        Reason::NotSubscribed,
        Reason::Refused,
        Reason::Vanished,
        Reason::Expired,
        Reason::Broken,
        Reason::Malformed,
        Reason::NotAsked,
        Reason::NotGiven,
        Reason::Undefined,
    ];
    // A new reason does not compile here until it is in the list above.
    for reason in reasons {
        match reason {
            Reason::Denied
            | Reason::DeniedByScp
            | Reason::Throttled
            | Reason::RegionDisabled
            | Reason::NotSubscribed
            | Reason::Refused
            | Reason::Vanished
            | Reason::Expired
            | Reason::Broken
            | Reason::Malformed
            | Reason::NotAsked
            | Reason::NotGiven
            | Reason::Undefined => {}
        }
    }
    assert_eq!(schema::text()["$defs"]["reason"]["enum"], json!(reasons));
}
