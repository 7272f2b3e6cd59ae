//! A history of several accounts: each has a period of its own.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::make::{ACCOUNT, Ended, Row, Rule, Run, tieout};
use crate::schema;

const CHECK: &str = "s3.versioning_enabled";

/// Another account than [`ACCOUNT`].
const OTHER: &str = "444455556666";

/// The days of the window. Of one account there is a run each day; the other was scanned on the second and on the fourth.
const DAYS: [&str; 4] = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"];

/// The first account fails throughout. The other has a resource of the same name, which passes on the second day and fails on the
/// fourth.
fn history() -> TempDir {
    let top = tempfile::tempdir().unwrap();
    let run = |account: &'static str, day: &str, hour: &str, outcome: &'static str| {
        let mut run = Run::on(day);
        run.account = account;
        run.started = format!("{day}T{hour}:00:00Z");
        run.rules = vec![Rule::new(CHECK, "s3.bucket")];
        run.rows = vec![Row::new(CHECK, "s3.bucket", "logs", outcome)];
        run.results = vec![("tsc2017:CC6.1", "exceptions")];
        run.write(&top.path().join("history"));
    };
    for day in DAYS {
        run(ACCOUNT, day, "02", "fail");
    }
    run(OTHER, DAYS[1], "03", "pass");
    run(OTHER, DAYS[3], "03", "fail");
    top
}

fn ended(top: &TempDir, more: &[&str]) -> Ended {
    let (history, out) = (top.path().join("history"), top.path().join("out"));
    let mut arguments = vec!["period", history.to_str().unwrap()];
    arguments.extend(["--from", DAYS[0], "--to", DAYS[3]]);
    arguments.extend(["--out", out.to_str().unwrap()]);
    arguments.extend(more);
    tieout(&arguments)
}

fn json(top: &TempDir) -> Value {
    serde_json::from_slice(&fs::read(top.path().join("out/period.json")).unwrap()).unwrap()
}

#[test]
fn each_account_has_its_own_runs_coverage_and_exceptions() {
    let top = history();
    let ended = ended(&top, &[]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let found = json(&top);
    let covered = found["accounts"].as_array().unwrap();
    let told = |one: &Value| {
        [
            "account",
            "runs",
            "planned",
            "missed",
            "days_without_run",
            "exceptions",
        ]
        .map(|name| one[name].clone())
    };
    assert_eq!(
        covered.iter().map(told).collect::<Vec<_>>(),
        [
            [
                json!(ACCOUNT),
                json!(4),
                json!(4),
                json!(0),
                json!(0),
                json!(1)
            ],
            [
                json!(OTHER),
                json!(2),
                json!(4),
                json!(2),
                json!(2),
                json!(1)
            ],
        ]
    );
    let [first, other] = [0, 1].map(|place| &found["periods"][place]);
    for (period, account) in [(first, ACCOUNT), (other, OTHER)] {
        assert_eq!(period["account"], account);
        for list in ["exceptions", "intervals"] {
            for one in period[list].as_array().unwrap() {
                let arn = one["resource"].as_str().unwrap();
                assert!(
                    arn.contains(account),
                    "{account} has {arn} among its {list}"
                );
            }
        }
        for run in period["runs"].as_array().unwrap() {
            let caller = run["caller"].as_str().unwrap();
            assert!(
                caller.contains(account),
                "{account} has the run of {caller}"
            );
        }
        assert_eq!(
            schema::errors("schemas/period.v1.schema.json", period),
            [""; 0]
        );
    }
    // The bucket of one failed while the other's passed: the one says nothing of the other.
    assert_eq!(first["exceptions"][0]["open_at_start"], false);
    assert_eq!(first["exceptions"][0]["not_before"], Value::Null);
    let exception = &other["exceptions"][0];
    assert_eq!(exception["opened"]["at"], "2026-01-04T03:00:00Z");
    assert_eq!(exception["not_before"]["at"], "2026-01-02T03:00:00Z");
    assert_eq!(other["checks"][0]["coverage"]["evidenced"], 2);
    assert_eq!(other["cadence"]["missed"], json!([DAYS[0], DAYS[2]]));
    assert_eq!(
        schema::errors("schemas/periods.v1.schema.json", &found),
        [""; 0]
    );
}

#[test]
fn page_workbook_and_terminal_say_which_accounts_are_covered() {
    let top = history();
    let ended = ended(&top, &[]);
    for words in [
        "2 accounts",
        "111122223333 acme: 4 runs, 4 planned; 0 days without a run; 1 exception, 1 open at the end",
        "444455556666 acme: 2 runs, 4 planned; 2 days without a run; 1 exception, 1 open at the end",
        "account 444455556666 acme",
    ] {
        assert!(ended.out.contains(words), "{words}:\n{}", ended.out);
    }
    let page = fs::read_to_string(top.path().join("out/period.html")).unwrap();
    for account in [ACCOUNT, OTHER] {
        let link = format!("<a href=\"#account-{account}\">");
        assert_eq!(page.matches(&link).count(), 1, "{account}");
        let section = format!("<section id=\"account-{account}-exceptions\"");
        assert_eq!(page.matches(&section).count(), 1, "{account}");
    }
    assert!(page.contains("There are days without evidence of 1 account: 444455556666."));
    let book = fs::File::open(top.path().join("out/period.xlsx")).unwrap();
    let mut book = zip::ZipArchive::new(book).unwrap();
    let mut part = |name: &str| std::io::read_to_string(book.by_name(name).unwrap()).unwrap();
    assert!(part("xl/workbook.xml").contains("name=\"Accounts\""));
    let texts = part("xl/sharedStrings.xml");
    assert!(texts.contains(ACCOUNT) && texts.contains(OTHER));
}

#[test]
fn accounts_that_are_named_are_the_only_ones() {
    let top = history();
    let one = ended(&top, &["--account", OTHER, "--format", "json"]);
    assert_eq!(one.code, Some(0), "{}", one.err);
    let found = json(&top);
    assert_eq!(found["schema"], "tieout.period.v1");
    assert_eq!(
        (&found["account"], &found["summary"]["runs"]),
        (&json!(OTHER), &json!(2))
    );
    fs::remove_dir_all(top.path().join("out")).unwrap();
    let both = ended(
        &top,
        &["--account", OTHER, "--account", ACCOUNT, "--format", "json"],
    );
    assert_eq!(both.code, Some(0), "{}", both.err);
    assert_eq!(json(&top)["accounts"][0]["account"], ACCOUNT);
    fs::remove_dir_all(top.path().join("out")).unwrap();
    let none = ended(&top, &["--account", "999900001111"]);
    assert_eq!(none.code, Some(2));
    for words in ["999900001111", "111122223333, 444455556666", "--account"] {
        assert!(none.err.contains(words), "{words}: {}", none.err);
    }
    assert!(!top.path().join("out").exists(), "nothing was written");
}

#[test]
fn a_bundle_that_cannot_be_read_is_left_out_of_each_account_by_name() {
    let top = history();
    let run = top.path().join("history/run-2026-01-02T03-00-00Z");
    fs::remove_file(run.join("manifest.json")).unwrap();
    let ended = ended(&top, &[]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let found = json(&top);
    for period in found["periods"].as_array().unwrap() {
        let why = period["excluded"][0]["why"].as_str().unwrap();
        assert!(why.contains("holds no manifest.json"), "{why}");
    }
    assert_eq!(found["accounts"][1]["runs"], 1);
}
