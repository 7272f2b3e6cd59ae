//! A made year: daily, a thousand resources, twenty checks, with lapses planted. Each is found with its dates, and nothing
//! else is.

#[path = "year/days.rs"]
mod days;
#[path = "year/forms.rs"]
mod forms;
#[path = "year/lapses.rs"]
mod lapses;
#[path = "year/through.rs"]
mod through;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::make::{Row, Rule, Run, tieout};

const KINDS: usize = 10;
const EACH: usize = 100;

/// What a verdict was on some days, other than `pass`.
struct Planted {
    check: &'static str,
    name: &'static str,
    from: &'static str,
    to: &'static str,
    outcome: &'static str,
}

const fn planted(
    check: &'static str,
    name: &'static str,
    from: &'static str,
    to: &'static str,
    outcome: &'static str,
) -> Planted {
    Planted {
        check,
        name,
        from,
        to,
        outcome,
    }
}

const PLANTED: &[Planted] = &[
    // Before the window began: one run had seen it pass, and of the other no run ever had.
    planted("k0.b", "r1", "2025-12-31", "2026-01-03", "fail"),
    planted("k0.b", "r2", "2025-12-30", "2026-01-05", "fail"),
    // Twice.
    planted("k9.a", "r1", "2026-02-01", "2026-02-02", "fail"),
    planted("k9.a", "r1", "2026-02-10", "2026-02-12", "fail"),
    // A week; a single run.
    planted("k0.a", "r3", "2026-03-02", "2026-03-08", "fail"),
    planted("k1.a", "r5", "2026-04-10", "2026-04-10", "fail"),
    // Into, and out of, the week without runs.
    planted("k2.a", "r7", "2026-06-07", "2026-06-15", "fail"),
    planted("k2.a", "r8", "2026-06-15", "2026-06-15", "fail"),
    // By a new rule.
    planted("k3.a", "r9", "2026-07-01", "2026-07-10", "fail"),
    // Cannot be told for a while: what passed, and what failed.
    planted("k6.a", "r1", "2026-10-20", "2026-10-24", "unknown"),
    planted("k6.b", "r2", "2026-11-01", "2026-11-03", "fail"),
    planted("k6.b", "r2", "2026-11-04", "2026-11-06", "unknown"),
    planted("k6.b", "r2", "2026-11-07", "2026-11-07", "fail"),
    // Fails until it is removed.
    planted("k8.a", "r6", "2026-12-01", "2026-12-03", "fail"),
    // Still open.
    planted("k9.b", "r2", "2026-12-20", "2026-12-31", "fail"),
];

/// Days without a run, beside those whose bundles are damaged.
const NO_RUN: [(&str, &str); 2] = [("2026-05-05", "2026-05-05"), ("2026-06-08", "2026-06-14")];
const DAMAGED: &str = "2026-10-10";
const CUT: &str = "2026-10-11";
const PARTIAL: &str = "2026-02-20";
const UNLISTED: &str = "2026-11-20";

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn within(day: Date, from: &str, to: &str) -> bool {
    date(from) <= day && day <= date(to)
}

fn rules(day: Date) -> Vec<Rule> {
    let mut rules = Vec::new();
    for kind in 0..KINDS {
        for check in ["a", "b"] {
            let mut rule = Rule::new(&format!("k{kind}.{check}"), &format!("k{kind}.thing"));
            if rule.id == "k3.a" && day >= date("2026-07-01") {
                rule.more = "why = 'stricter'".to_owned();
            }
            if rule.id == "k4.a" && day >= date("2026-08-01") {
                rule.params = BTreeMap::from([("max_days".to_owned(), json!(30))]);
            }
            rules.push(rule);
        }
    }
    rules
}

fn rows(day: Date) -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in 0..KINDS {
        let name_of = format!("k{kind}.thing");
        let unlisted = kind == 7 && day == date(UNLISTED);
        for check in ["a", "b"] {
            let check = format!("k{kind}.{check}");
            if unlisted {
                rows.push(Row::unlisted(&check, &name_of));
                continue;
            }
            for n in 0..EACH {
                let name = match (kind, n) {
                    // Replaced.
                    (8, 4) if day >= date("2026-11-25") => "r4-new".to_owned(),
                    // Removed.
                    (8, 6) if day >= date("2026-12-04") => continue,
                    _ => format!("r{n}"),
                };
                rows.push(Row::new(&check, &name_of, &name, "pass"));
            }
            if kind == 5 && day >= date("2026-09-01") {
                for n in 0..5 {
                    let row = Row::new(&check, &name_of, &format!("asia{n}"), "pass");
                    rows.push(Row {
                        region: "ap-south-1",
                        ..row
                    });
                }
            }
        }
    }
    for planted in PLANTED.iter().filter(|one| within(day, one.from, one.to)) {
        let row = rows
            .iter_mut()
            .find(|row| row.check == planted.check && row.name.as_deref() == Some(planted.name))
            .unwrap();
        row.outcome = planted.outcome;
        if planted.check == "k9.b" && day >= date("2026-12-25") {
            row.waiver = Some("w-7");
        }
    }
    rows
}

fn run(day: Date) -> Run {
    let mut run = Run::on(&day.to_string());
    run.rules = rules(day);
    run.rows = rows(day);
    run.partial = day == date(PARTIAL);
    if day >= date("2026-04-01") {
        run.tool = "0.2.0";
    }
    if day >= date("2026-09-01") {
        run.regions.push("ap-south-1");
    }
    let result = if within(day, "2026-03-02", "2026-03-08") {
        "exceptions"
    } else {
        "supported"
    };
    run.results = vec![("tsc2017:CC6.1", result)];
    run
}

/// The year's report, made once.
struct Year {
    top: TempDir,
    out: PathBuf,
    said: String,
    period: Value,
}

fn year() -> &'static Year {
    static YEAR: OnceLock<Year> = OnceLock::new();
    YEAR.get_or_init(|| {
        let top = tempfile::tempdir().unwrap();
        let history = top.path().join("history");
        let mut day = date("2025-12-30");
        while day <= date("2026-12-31") {
            if !NO_RUN.iter().any(|(from, to)| within(day, from, to)) {
                let folder = run(day).write(&history);
                if day == date(DAMAGED) {
                    flip(&folder.join("verdicts.ndjson.zst"));
                }
                if day == date(CUT) {
                    let manifest = fs::read(folder.join("manifest.json")).unwrap();
                    fs::write(folder.join("manifest.json"), &manifest[..100]).unwrap();
                }
            }
            day = day.checked_add(1.day()).unwrap();
        }
        // What is no bundle is passed over.
        fs::create_dir(history.join("notes")).unwrap();
        let out = top.path().join("period");
        let ended = tieout(&[
            "period",
            history.to_str().unwrap(),
            "--from",
            "2026-01-01",
            "--to",
            "2026-12-31",
            "--out",
            out.to_str().unwrap(),
        ]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        let period = serde_json::from_slice(&fs::read(out.join("period.json")).unwrap()).unwrap();
        Year {
            top,
            out,
            said: ended.out,
            period,
        }
    })
}

fn flip(file: &std::path::Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(file, bytes).unwrap();
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name]
        .as_array()
        .unwrap_or_else(|| panic!("no list {name}"))
}

/// The day of something seen, or `-`.
fn day_of(seen: &Value) -> String {
    seen["at"]
        .as_str()
        .map_or("-".to_owned(), |at| at[..10].to_owned())
}
