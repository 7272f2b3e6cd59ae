//! What came, went and changed through the year.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{KINDS, day_of, list, year};

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
