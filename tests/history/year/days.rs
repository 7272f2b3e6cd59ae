//! On which days there is evidence, and of what.

use serde_json::json;

use super::{CUT, DAMAGED, NO_RUN, PARTIAL, list, year};

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
