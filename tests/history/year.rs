//! A made year: daily, a thousand resources, twenty checks, with lapses planted. Each is found with its dates, and nothing
//! else is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::make::{Row, Rule, Run, tieout};
use crate::schema;

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

#[test]
fn every_lapse_is_found_with_its_dates_and_nothing_else_is() {
    let day = 86_400;
    let found: BTreeSet<String> = list(&year().period, "exceptions")
        .iter()
        .map(|one| {
            let fine = |value: &Value| match value["how"].as_str() {
                Some(how) => format!("{} {how}", day_of(value)),
                None => "-".to_owned(),
            };
            format!(
                "{} {}: {} | {} to {} | {} | {}..{} d",
                one["check"].as_str().unwrap(),
                one["name"].as_str().unwrap(),
                fine(&one["not_before"]),
                day_of(&one["opened"]),
                day_of(&one["last_failing"]),
                fine(&one["closed"]),
                one["at_least_seconds"].as_i64().unwrap() / day,
                one["at_most_seconds"]
                    .as_i64()
                    .map_or("?".to_owned(), |most| (most / day).to_string()),
            )
        })
        .collect();
    let planted = [
        "k0.b r1: 2025-12-30 pass | 2025-12-31 to 2026-01-03 | 2026-01-04 pass | 3..5 d",
        "k0.b r2: - | 2025-12-30 to 2026-01-05 | 2026-01-06 pass | 6..? d",
        "k9.a r1: 2026-01-31 pass | 2026-02-01 to 2026-02-02 | 2026-02-03 pass | 1..3 d",
        "k9.a r1: 2026-02-09 pass | 2026-02-10 to 2026-02-12 | 2026-02-13 pass | 2..4 d",
        "k0.a r3: 2026-03-01 pass | 2026-03-02 to 2026-03-08 | 2026-03-09 pass | 6..8 d",
        "k1.a r5: 2026-04-09 pass | 2026-04-10 to 2026-04-10 | 2026-04-11 pass | 0..2 d",
        "k2.a r7: 2026-06-06 pass | 2026-06-07 to 2026-06-15 | 2026-06-16 pass | 8..10 d",
        "k2.a r8: 2026-06-07 pass | 2026-06-15 to 2026-06-15 | 2026-06-16 pass | 0..9 d",
        "k3.a r9: 2026-06-30 pass | 2026-07-01 to 2026-07-10 | 2026-07-11 pass | 9..11 d",
        "k6.b r2: 2026-10-31 pass | 2026-11-01 to 2026-11-07 | 2026-11-08 pass | 6..8 d",
        "k8.a r6: 2026-11-30 pass | 2026-12-01 to 2026-12-03 | 2026-12-04 gone | 2..4 d",
        "k9.b r2: 2026-12-19 pass | 2026-12-20 to 2026-12-31 | - | 11..? d",
    ];
    assert_eq!(found, planted.map(str::to_owned).into());
}

#[test]
fn a_lapse_says_what_it_was_besides() {
    let exceptions = list(&year().period, "exceptions");
    let of = |check: &str, name: &str| -> Vec<&Value> {
        exceptions
            .iter()
            .filter(|one| one["check"] == check && one["name"] == name)
            .collect()
    };
    let again = of("k9.a", "r1");
    assert_eq!(
        (&again[0]["occurrence"], &again[1]["occurrence"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(again[1]["recurrence_of"], again[0]["id"]);
    assert_eq!(of("k6.b", "r2")[0]["undecided_runs"], 3);
    assert_eq!(of("k3.a", "r9")[0]["opened_under_other_rule"], true);
    assert_eq!(of("k0.a", "r3")[0]["opened_under_other_rule"], false);
    assert_eq!(of("k0.b", "r1")[0]["open_at_start"], true);
    assert_eq!(of("k0.a", "r3")[0]["open_at_start"], false);
    let open = of("k9.b", "r2")[0];
    assert_eq!(open["at_end"], "fails");
    let waiver = &open["waivers"][0];
    assert_eq!(
        (waiver["id"].as_str(), day_of(&waiver["first"])),
        (Some("w-7"), "2026-12-25".to_owned())
    );
    assert_eq!(open["waivers"].as_array().unwrap().len(), 1);
    assert_eq!(open["detected"], "2026-12-20T02:07:00Z");
    let in_window = |one: &Value| one["in_window_at_most_seconds"].as_i64().unwrap() / 3_600;
    // From midnight of the first to two in the morning of the fourth; from two in the morning of the nineteenth on.
    assert_eq!(
        (in_window(of("k0.b", "r1")[0]), in_window(open)),
        (3 * 24 + 2, 12 * 24 + 22)
    );
}

#[test]
fn the_summary_counts_them() {
    let summary = &year().period["summary"];
    let counts = [
        "runs",
        "partial_runs",
        "days_without_run",
        "exceptions",
        "open_at_start",
        "opened",
        "closed",
        "open_at_end",
        "checks",
    ];
    let counted: Vec<_> = counts
        .iter()
        .map(|name| summary[name].as_u64().unwrap())
        .collect();
    assert_eq!(counted, [355, 1, 10, 12, 2, 10, 11, 1, 20]);
}

#[test]
fn a_day_without_a_run_is_a_gap() {
    let period = &year().period;
    let gaps: Vec<_> = list(&period["cadence"], "gaps")
        .iter()
        .map(|gap| (gap["from"].as_str().unwrap(), gap["to"].as_str().unwrap()))
        .collect();
    assert_eq!(gaps, [NO_RUN[0], NO_RUN[1], (DAMAGED, CUT)]);
    let cadence = &period["cadence"];
    assert_eq!(
        (&cadence["planned"], &cadence["actual"]),
        (&json!(365), &json!(355))
    );
    assert_eq!(list(cadence, "missed").len(), 10);
    assert_eq!(cadence["longest_gap"]["seconds"], 8 * 86_400);
    let state = |day: &str| {
        let calendar = list(period, "calendar");
        calendar.iter().find(|one| one["day"] == day).unwrap()["state"]
            .as_str()
            .unwrap()
    };
    let states = ["2026-01-01", PARTIAL, "2026-05-05", DAMAGED].map(state);
    assert_eq!(states, ["run", "partial", "gap", "excluded"]);
}

#[test]
fn a_damaged_bundle_is_left_out_by_name() {
    let excluded: Vec<_> = list(&year().period, "excluded")
        .iter()
        .map(|one| {
            let place = one["place"].as_str().unwrap();
            let name = place.rsplit('/').next().unwrap();
            let why = one["why"].as_str().unwrap();
            (
                name,
                one["run"].is_string(),
                why.split(": ").nth(1).unwrap_or(why),
            )
        })
        .collect();
    assert_eq!(
        excluded,
        [
            ("run-2026-10-11T02-00-00Z", false, "manifest.json"),
            ("run-2026-10-10T02-00-00Z", true, "verdicts.ndjson.zst"),
        ]
    );
}

#[test]
fn coverage_is_counted_by_day_and_check() {
    for check in list(&year().period, "checks") {
        let id = check["id"].as_str().unwrap();
        // The partial run; and what could not be told.
        let in_part = 1 + match id {
            "k6.a" => 5,
            "k6.b" => 3,
            "k7.a" | "k7.b" => 1,
            _ => 0,
        };
        let coverage = &check["coverage"];
        let counted =
            ["evidenced", "in_part", "none", "days"].map(|name| coverage[name].as_u64().unwrap());
        assert_eq!(counted, [355 - in_part, in_part, 10, 365], "{id}");
        let longest = &coverage["longest_gap"];
        assert_eq!(
            (&longest["from"], &longest["to"]),
            (&json!("2026-06-08"), &json!("2026-06-14")),
            "{id}"
        );
    }
}

#[test]
fn populations_tie_out() {
    for check in list(&year().period, "checks") {
        let population = &check["population"];
        let count = |name: &str| population[name].as_u64().unwrap();
        let (added, removed) = (list(population, "added"), list(population, "removed"));
        assert_eq!(
            count("at_start") + count("unseen_at_start") + added.len() as u64,
            count("at_end") + count("unseen_at_end") + removed.len() as u64,
        );
        let name = |one: &Value| {
            format!(
                "{} {}",
                one["name"].as_str().unwrap(),
                day_of(&one["first"])
            )
        };
        let gone =
            |one: &Value| format!("{} {}", one["name"].as_str().unwrap(), day_of(&one["gone"]));
        let came: Vec<_> = added.iter().map(name).collect();
        let went: Vec<_> = removed.iter().map(gone).collect();
        match check["kind"].as_str().unwrap() {
            "k5.thing" => {
                let asia: Vec<_> = (0..5).map(|n| format!("asia{n} 2026-09-01")).collect();
                assert_eq!((came, went.len()), (asia, 0));
                assert!(added.iter().all(|one| one["looked_before"] == false));
            }
            "k8.thing" => {
                assert_eq!(came, ["r4-new 2026-11-25"]);
                assert_eq!(added[0]["looked_before"], true);
                assert_eq!(went, ["r4 2026-11-25", "r6 2026-12-04"]);
                assert_eq!(count("ever"), 101);
            }
            _ => assert_eq!((came.len(), went.len(), count("ever")), (0, 0, 100)),
        }
    }
}

#[test]
fn what_changed_beside_the_account_is_dated() {
    let changes: Vec<_> = list(&year().period, "changes")
        .iter()
        .map(|one| {
            let text = |name: &str| one[name].as_str().unwrap();
            (day_of(&one["first"]), text("what"), text("subject"))
        })
        .collect();
    let expected = [
        ("2026-04-01", "tool", ""),
        ("2026-07-01", "check_changed", "k3.a"),
        ("2026-08-01", "parameter", "k4.a max_days"),
        ("2026-09-01", "region_added", "ap-south-1"),
    ];
    assert_eq!(
        changes,
        expected.map(|(day, what, subject)| (day.to_owned(), what, subject))
    );
}

#[test]
fn intervals_are_cut_where_something_changed_and_nowhere_else() {
    let intervals = list(&year().period, "intervals");
    // Two checks on a thousand resources, on one that replaced another, and on five in the new region; one verdict for
    // each population that could not be listed.
    assert_eq!(intervals.len(), 2 * (100 * KINDS + 1 + 5) + 2);
    let mut cut = BTreeMap::new();
    for one in intervals {
        let check = one["check"].as_str().unwrap();
        let states: Vec<_> = list(one, "states")
            .iter()
            .map(|state| state["state"].as_str().unwrap())
            .collect();
        let runs: u64 = list(one, "states")
            .iter()
            .map(|state| state["runs"].as_u64().unwrap())
            .sum();
        assert!(runs <= 355);
        if states != ["pass"] {
            *cut.entry((check.to_owned(), states.join(" "))).or_insert(0) += 1;
        }
    }
    let expected = [
        (("k0.a", "pass fail pass"), 1),
        (("k0.b", "fail pass"), 2),
        (("k1.a", "pass fail pass"), 1),
        (("k2.a", "pass fail pass"), 2),
        // The new rule cuts what passed before and after.
        (("k3.a", "pass pass"), 99),
        (("k3.a", "pass fail pass"), 1),
        (("k4.a", "pass pass"), 100),
        (("k6.a", "pass unknown pass"), 1),
        (("k6.b", "pass fail unknown fail pass"), 1),
        (("k7.a", "pass hidden pass"), 100),
        (("k7.a", "unknown gone"), 1),
        (("k7.b", "pass hidden pass"), 100),
        (("k7.b", "unknown gone"), 1),
        (("k8.a", "pass gone"), 1),
        (("k8.a", "pass fail gone"), 1),
        (("k8.b", "pass gone"), 2),
        (("k9.a", "pass fail pass fail pass"), 1),
        (("k9.b", "pass fail waived"), 1),
    ];
    let expected =
        expected.map(|((check, states), count)| ((check.to_owned(), states.to_owned()), count));
    assert_eq!(cut, expected.into());
}

#[test]
fn criteria_are_shown_through_time() {
    let criteria = list(&year().period, "criteria");
    assert_eq!(criteria.len(), 1);
    assert_eq!(
        criteria[0]["days"],
        json!({ "exceptions": 7, "supported": 348 })
    );
    assert_eq!(list(&criteria[0], "spans").len(), 3);
}

#[test]
fn nothing_is_lost_at_a_daily_cadence() {
    assert_eq!(year().period["lost"], json!([]));
}

#[test]
fn it_is_what_its_schema_says() {
    assert_eq!(
        schema::errors("schemas/period.v1.schema.json", &year().period),
        [""; 0]
    );
}

#[test]
fn page_workbook_and_terminal_tell_it() {
    let year = year();
    let page = fs::read_to_string(year.out.join("period.html")).unwrap();
    for words in [
        "There is no evidence of 10 of 365 days.",
        "2026-05-05: gap: no run",
        "<bdi>k9.b</bdi>",
        "run-2026-10-10T02-00-00Z",
    ] {
        assert!(page.contains(words), "the page lacks {words:?}");
    }
    assert!(!page.contains("<script"));
    let book = fs::read(year.out.join("period.xlsx")).unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut sheets = String::new();
    std::io::Read::read_to_string(&mut book.by_name("xl/workbook.xml").unwrap(), &mut sheets)
        .unwrap();
    for sheet in [
        "Read me",
        "Exceptions",
        "Checks",
        "Calendar",
        "Runs",
        "Left out",
        "Intervals",
    ] {
        assert!(sheets.contains(&format!("name=\"{sheet}\"")), "{sheet}");
    }
    for words in [
        "355 (365 planned: one every 1 day), 1 partial",
        "10 days without a run",
        "gap 2026-06-08 to 2026-06-14 (7 days)",
        "12: 2 open at the start, 10 opened, 11 closed, 1 open at the end",
    ] {
        assert!(year.said.contains(words), "no {words:?} in:\n{}", year.said);
    }
    assert!(year.top.path().join("history/notes").is_dir());
}
