//! Windows, cadences and sources that forget.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::make::{Ended, Row, Rule, Run, tieout};

const CHECK: &str = "backup.plan_ran_lately";

/// A history of runs on those days, of one check that rests on the list of backup jobs.
fn history(days: &[&str], change: impl Fn(&str, &mut Run)) -> TempDir {
    let top = tempfile::tempdir().unwrap();
    for day in days {
        let mut run = Run::on(day);
        run.rules = vec![Rule::new(CHECK, "backup.plan")];
        let row = Row::new(CHECK, "backup.plan", "daily", "pass");
        run.rows = vec![Row {
            call: "backup:ListBackupJobs",
            ..row
        }];
        change(day, &mut run);
        run.write(&top.path().join("history"));
    }
    top
}

fn ended(top: &TempDir, more: &[&str]) -> Ended {
    let (history, out) = (top.path().join("history"), top.path().join("out"));
    if out.exists() {
        fs::remove_dir_all(&out).unwrap();
    }
    let mut arguments = vec![
        "period",
        history.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    arguments.extend(more);
    tieout(&arguments)
}

fn period(top: &TempDir, more: &[&str]) -> Value {
    let ended = ended(top, more);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    serde_json::from_slice(&fs::read(top.path().join("out/period.json")).unwrap()).unwrap()
}

#[test]
fn events_between_runs_that_are_too_far_apart_are_lost() {
    let top = history(&["2026-01-01", "2026-01-31", "2026-03-20"], |_, _| {});
    let period = period(&top, &["--from", "2026-01-01", "--to", "2026-03-31"]);
    let lost = period["lost"].as_array().unwrap();
    assert_eq!(
        lost.len(),
        1,
        "thirty days and no more are in reach: {lost:#?}"
    );
    assert_eq!(lost[0]["operation"], "ListBackupJobs");
    assert_eq!(
        (&lost[0]["from"], &lost[0]["to"]),
        (
            &json!("2026-01-31T02:00:00Z"),
            &json!("2026-02-18T02:00:00Z")
        )
    );
    assert_eq!(lost[0]["checks"], json!([CHECK]));
}

#[test]
fn a_run_that_could_not_read_the_source_does_not_count() {
    let top = history(&["2026-01-01", "2026-01-25", "2026-02-20"], |day, run| {
        if day == "2026-01-25" {
            run.rows[0].outcome = "unknown";
        }
    });
    let period = period(&top, &["--from", "2026-01-01", "--to", "2026-02-20"]);
    let lost = period["lost"].as_array().unwrap();
    assert_eq!(
        (&lost[0]["from"], &lost[0]["to"]),
        (
            &json!("2026-01-01T02:00:00Z"),
            &json!("2026-01-21T02:00:00Z")
        )
    );
}

#[test]
fn what_the_last_run_did_not_see_is_awaited() {
    let top = history(&["2026-01-01"], |_, _| {});
    let period = period(&top, &["--from", "2026-01-01", "--to", "2026-02-28"]);
    let lost = period["lost"].as_array().unwrap();
    assert_eq!(lost.len(), 1);
    assert_eq!(
        (&lost[0]["awaited"], &lost[0]["to"]),
        (&json!(true), &json!("2026-01-30T00:00:00Z"))
    );
}

#[test]
fn a_weekly_cadence_misses_no_run_that_came_within_the_week() {
    let days = ["2026-01-01", "2026-01-09", "2026-01-22", "2026-01-28"];
    let top = history(&days, |_, _| {});
    let flags = [
        "--from",
        "2026-01-01",
        "--to",
        "2026-01-28",
        "--every",
        "7d",
    ];
    let cadence = &period(&top, &flags)["cadence"];
    assert_eq!(
        (&cadence["planned"], &cadence["missed"]),
        (&json!(4), &json!(["2026-01-15"]))
    );
    assert_eq!(cadence["longest_gap"]["seconds"], 13 * 86_400);
}

#[test]
fn a_failure_between_two_runs_is_seen_by_none() {
    let top = history(&["2026-01-01", "2026-01-03"], |_, _| {});
    let period = period(&top, &["--from", "2026-01-01", "--to", "2026-01-03"]);
    assert_eq!(period["exceptions"], json!([]));
    let coverage = &period["checks"][0]["coverage"];
    assert_eq!(
        (&coverage["evidenced"], &coverage["none"]),
        (&json!(2), &json!(1)),
        "the day between claims nothing"
    );
}

#[test]
fn an_exception_has_the_same_name_in_every_window() {
    let days = ["2026-01-30", "2026-01-31", "2026-02-01", "2026-02-02"];
    let top = history(&days, |day, run| {
        if ["2026-01-31", "2026-02-01"].contains(&day) {
            run.rows[0].outcome = "fail";
        }
    });
    let january = period(&top, &["--from", "2026-01-01", "--to", "2026-01-31"]);
    let february = period(&top, &["--from", "2026-02-01", "--to", "2026-02-28"]);
    let (first, second) = (&january["exceptions"][0], &february["exceptions"][0]);
    assert_eq!(first["id"], second["id"]);
    assert_eq!(
        (first["closed"].is_null(), &first["at_end"]),
        (true, &json!("fails"))
    );
    assert_eq!(
        (&second["open_at_start"], &second["closed"]["how"]),
        (&json!(true), &json!("pass"))
    );
}

#[test]
fn advice_and_lists_for_review_have_no_exceptions() {
    let top = history(&["2026-01-01"], |_, run| {
        run.rules[0].more = "outcome = 'population'".to_owned();
        run.rows[0].outcome = "fail";
    });
    let period = period(&top, &["--from", "2026-01-01", "--to", "2026-01-01"]);
    assert_eq!(period["exceptions"], json!([]));
    assert_eq!(
        period["intervals"][0]["states"][0]["state"], "fail",
        "it is shown all the same"
    );
}

#[test]
fn what_management_says_of_an_exception_stands_beside_it() {
    const SAID: &str = r#"
check      = "backup.plan_ran_lately"
resource   = "arn:aws:backup.plan:*:daily"
author     = "Ada Park"
role       = "Head of platform"
date       = 2026-01-02
root_cause = "The role of the plan had been removed."
text       = "The plan runs again."
"#;
    let days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"];
    let top = history(&days, |day, run| {
        if day != "2026-01-03" {
            run.rows[0].outcome = "fail";
        }
        if day >= "2026-01-02" {
            run.responses = vec![("backups", SAID)];
        }
    });
    let period = period(&top, &["--from", "2026-01-01", "--to", "2026-01-04"]);
    let exceptions = period["exceptions"].as_array().unwrap();
    let said = &exceptions[0]["responses"][0];
    assert_eq!(said["author"], "Ada Park");
    assert_eq!(said["root_cause"], "The role of the plan had been removed.");
    assert_eq!(said["first"]["at"], "2026-01-02T02:00:00Z");
    assert_eq!(exceptions[0]["responses"].as_array().unwrap().len(), 1);
    assert_eq!(
        exceptions[1]["responses"],
        json!([]),
        "it was said before this one came"
    );
    assert_eq!(
        crate::schema::errors("schemas/period.v1.schema.json", &period),
        [""; 0]
    );
}

#[test]
fn a_copy_of_a_run_is_no_second_run() {
    let top = history(&["2026-01-01"], |_, _| {});
    let history = top.path().join("history");
    let copy = history.join("copy");
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir(history.join("run-2026-01-01T02-00-00Z")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
    }
    let period = period(&top, &["--from", "2026-01-01", "--to", "2026-01-01"]);
    assert_eq!(period["summary"]["runs"], 1);
    let why = period["excluded"][0]["why"].as_str().unwrap();
    assert!(why.contains("a replay or a copy"), "{why}");
}

#[test]
fn a_bundle_without_its_manifest_is_named() {
    let top = history(&["2026-01-01", "2026-01-02"], |_, _| {});
    fs::remove_file(
        top.path()
            .join("history/run-2026-01-02T02-00-00Z/manifest.json"),
    )
    .unwrap();
    let period = period(&top, &["--from", "2026-01-01", "--to", "2026-01-02"]);
    let why = period["excluded"][0]["why"].as_str().unwrap();
    assert!(why.contains("holds no manifest.json"), "{why}");
}

#[test]
fn what_cannot_be_made_is_said() {
    let top = history(&["2026-01-01"], |_, _| {});
    let backwards = ended(&top, &["--from", "2026-02-01", "--to", "2026-01-01"]);
    assert_eq!(backwards.code, Some(2));
    assert!(
        backwards.err.contains("before it begins"),
        "{}",
        backwards.err
    );
    let nothing = tempfile::tempdir().unwrap();
    let path = nothing.path().to_str().unwrap();
    let empty = tieout(&[
        "period",
        path,
        "--from",
        "2026-01-01",
        "--to",
        "2026-01-01",
        "--format",
        "terminal",
    ]);
    assert_eq!(empty.code, Some(2));
    assert!(
        empty.err.contains("holds no run that can be read"),
        "{}",
        empty.err
    );
}

#[test]
fn the_same_history_is_the_same_bytes() {
    let top = history(&["2026-01-01", "2026-01-02"], |_, _| {});
    let window = ["--from", "2026-01-01", "--to", "2026-01-02"];
    let read = || {
        ["html", "xlsx", "json"]
            .map(|form| fs::read(top.path().join(format!("out/period.{form}"))).unwrap())
    };
    period(&top, &window);
    let first = read();
    period(&top, &window);
    assert!(first == read());
}
