//! The reports of the demo, as the built binary writes them: what a newcomer holds, and an auditor after them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where its setting fails"
)]

#[path = "demo/opinion.rs"]
mod opinion;
#[path = "demo/page.rs"]
mod page;
#[path = "support/schema.rs"]
mod schema;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

/// What `tieout demo` leaves, and says.
struct Demo {
    dir: TempDir,
    said: String,
    page: String,
    json: String,
    report: Value,
}

static DEMO: LazyLock<Demo> = LazyLock::new(Demo::run);

impl Demo {
    fn run() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let output = tieout(&["demo"], dir.path());
        assert!(output.status.success(), "{output:?}");
        let file = |name: &str| fs::read_to_string(dir.path().join("tieout-demo").join(name));
        let json = file("report.json").unwrap();
        Self {
            said: String::from_utf8(output.stdout).unwrap(),
            page: file("report.html").unwrap(),
            report: serde_json::from_str(&json).unwrap(),
            json,
            dir,
        }
    }
}

fn tieout(arguments: &[&str], dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tieout"))
        .args(arguments)
        .current_dir(dir)
        .output()
        .unwrap()
}

fn list<'r>(of: &'r Value, name: &str) -> &'r [Value] {
    of[name].as_array().unwrap_or_else(|| panic!("no {name}"))
}

fn text<'r>(of: &'r Value, name: &str) -> &'r str {
    of[name].as_str().unwrap_or_else(|| panic!("no {name}"))
}

fn count(of: &Value, name: &str) -> u64 {
    of[name].as_u64().unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn its_json_is_what_the_schema_says() {
    assert_eq!(schema::errors(&DEMO.report), [""; 0]);
}

/// Two scans of the same answers are the same reports, so a change of one byte means something.
#[test]
fn twice_is_the_same_bytes() {
    let again = Demo::run();
    assert_ne!(again.dir.path(), DEMO.dir.path());
    assert!(again.json == DEMO.json, "report.json differs");
    assert!(again.page == DEMO.page, "report.html differs");
    assert_eq!(again.said, DEMO.said);
}

#[test]
fn its_numbers_add_up() {
    let report = &DEMO.report;
    let outcomes = ["pass", "fail", "waived", "unknown", "not_applicable"];
    for check in list(report, "checks") {
        let sum: u64 = outcomes.iter().map(|outcome| count(check, outcome)).sum();
        assert_eq!(sum, count(check, "discovered"), "{}", check["id"]);
    }
    let summary = &report["summary"];
    let rows = |name: &str, of: &str| -> u64 {
        list(summary, name).iter().map(|row| count(row, of)).sum()
    };
    for name in outcomes.into_iter().chain(["discovered", "unlisted"]) {
        let whole = count(&summary["outcomes"], name);
        assert_eq!(rows("areas", name), whole, "{name}");
        assert_eq!(rows("severities", name), whole, "{name}");
    }
    for name in ["ok", "absent", "denied", "failed", "throttled"] {
        let ledger: u64 = list(report, "coverage")
            .iter()
            .map(|line| count(line, name))
            .sum();
        assert_eq!(ledger, count(&summary["calls"], name), "{name}");
    }
}

#[test]
fn every_criterion_is_in_every_format_with_what_it_awaits() {
    for criterion in list(&DEMO.report, "criteria") {
        let code = text(criterion, "code");
        let again = if criterion["repeated"] == true {
            "-again"
        } else {
            ""
        };
        let anchor = text(criterion, "id").replace(':', "-");
        assert!(
            DEMO.page
                .contains(&format!("id=\"criterion-{anchor}{again}\"")),
            "{code}"
        );
        assert!(DEMO.said.contains(&format!(" {code}")), "{code}");
        for awaited in list(criterion, "attestations") {
            assert!(DEMO.page.contains(text(awaited, "id")), "{awaited}");
        }
        let result = text(criterion, "result");
        let reasons = list(criterion, "reasons");
        assert!(result == "supported" || !reasons.is_empty(), "{code}");
    }
}

#[test]
fn piped_it_has_no_colour_and_stays_within_a_hundred_columns() {
    assert!(!DEMO.said.contains('\u{1b}'));
    for line in DEMO.said.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}
