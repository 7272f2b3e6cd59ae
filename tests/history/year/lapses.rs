//! Each lapse with its dates, and nothing else.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{day_of, list, year};

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
