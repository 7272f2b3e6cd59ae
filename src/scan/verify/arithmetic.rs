//! Adding up what a bundle says, from its own rows: verdicts to checks, populations to checks, checks to criteria.
//!
//! This reads what is written there and not the values that wrote it, so that it does not repeat their mistakes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::REPORT;
use crate::bundle::VERDICTS;
use crate::bundle::verify::{Fault, Step};

/// The outcomes that a discovered resource can have.
const OUTCOMES: [&str; 5] = ["pass", "fail", "waived", "unknown", "not_applicable"];

/// Adds up the verdicts' lines and a report.
pub(super) fn step(verdicts: &str, report: &Value) -> Step {
    let mut faults = Vec::new();
    let counted = counted(verdicts, &mut faults);
    let listed = listed(report);
    let checks = list(report, "checks");
    for check in checks {
        let id = text(check, "id");
        let mut wrong =
            |what: String| faults.push(Fault::of(REPORT, format!("check {id}: {what}")));
        let sum: u64 = OUTCOMES.iter().map(|outcome| number(check, outcome)).sum();
        let discovered = number(check, "discovered");
        if sum != discovered {
            wrong(format!(
                "{discovered} discovered, and its outcomes add up to {sum}"
            ));
        }
        let none = BTreeMap::new();
        let own = counted.get(id).unwrap_or(&none);
        for outcome in OUTCOMES.into_iter().chain(["unlisted"]) {
            let lines = own.get(outcome).copied().unwrap_or_default();
            let said = number(check, outcome);
            if lines != said {
                wrong(format!(
                    "{said} {outcome}, and {lines} such lines in {VERDICTS}"
                ));
            }
        }
        let population = listed.get(text(check, "kind")).copied().unwrap_or_default();
        if text(check, "state") != "left_out" && population != discovered {
            wrong(format!(
                "{discovered} discovered, and {population} in its populations"
            ));
        }
        let state = state(check);
        if text(check, "state") != "left_out" && text(check, "state") != state {
            wrong(format!(
                "it is said to be {}, and its counts make it {state}",
                text(check, "state")
            ));
        }
    }
    let ids: Vec<&str> = checks.iter().map(|check| text(check, "id")).collect();
    for stranger in counted.keys().filter(|id| !ids.contains(&id.as_str())) {
        let what = format!("{stranger} has verdicts, and {REPORT} has no such check");
        faults.push(Fault::of(VERDICTS, what));
    }
    let summary = report.get("summary").unwrap_or(&Value::Null);
    for (name, counts) in [
        ("outcomes", "verdict"),
        ("review", "population"),
        ("advisory", "advisory"),
    ] {
        let total = summary.get(name).unwrap_or(&Value::Null);
        for outcome in OUTCOMES.into_iter().chain(["discovered", "unlisted"]) {
            let own = checks
                .iter()
                .filter(|check| text(check, "outcome") == counts);
            let sum: u64 = own.map(|check| number(check, outcome)).sum();
            let said = number(total, outcome);
            if sum != said {
                let what =
                    format!("summary.{name}.{outcome} is {said}, and its checks add up to {sum}");
                faults.push(Fault::of(REPORT, what));
            }
        }
    }
    let criteria = list(report, "criteria");
    for criterion in criteria {
        let (said, comes) = (text(criterion, "result"), result(criterion, checks));
        if said != comes {
            let id = text(criterion, "id");
            let what =
                format!("criterion {id} is said to be {said}, and its checks make it {comes}");
            faults.push(Fault::of(REPORT, what));
        }
    }
    let what = format!(
        "discovered = pass + fail + waived + unknown + not_applicable for each of {} checks; {} criteria follow from them",
        checks.len(),
        criteria.len()
    );
    Step::looked("arithmetic", what, faults)
}

/// How many verdicts of each check came to each outcome, by the lines that hold them.
fn counted(
    verdicts: &str,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, BTreeMap<&'static str, u64>> {
    let mut counted: BTreeMap<String, BTreeMap<&'static str, u64>> = BTreeMap::new();
    for (line, number) in verdicts.split_terminator('\n').zip(1..) {
        let verdict: Value = match serde_json::from_str(line) {
            Ok(verdict) => verdict,
            Err(error) => {
                faults.push(Fault::at(VERDICTS, number, error.to_string()));
                continue;
            }
        };
        let waived = verdict
            .get("waiver")
            .is_some_and(|waiver| !waiver.is_null());
        let unlisted = verdict.get("resource").is_none_or(Value::is_null);
        let said = text(&verdict, "outcome");
        let outcome = match (unlisted, said, waived) {
            (true, _, _) => Some("unlisted"),
            (false, "fail", true) => Some("waived"),
            (false, said, _) => OUTCOMES.into_iter().find(|outcome| *outcome == said),
        };
        match outcome {
            Some(outcome) => {
                let check = text(&verdict, "check").to_owned();
                *counted
                    .entry(check)
                    .or_default()
                    .entry(outcome)
                    .or_default() += 1;
            }
            None => faults.push(Fault::at(
                VERDICTS,
                number,
                format!("{said:?} is no outcome"),
            )),
        }
    }
    counted
}

/// Members of all populations of each kind.
fn listed(report: &Value) -> BTreeMap<&str, u64> {
    let mut listed = BTreeMap::new();
    for population in list(report, "populations") {
        *listed.entry(text(population, "kind")).or_default() += number(population, "discovered");
    }
    listed
}

/// How a check stands by its counts.
fn state(check: &Value) -> &'static str {
    let has = |name: &str| number(check, name) > 0;
    if has("fail") {
        "fails"
    } else if has("unknown") || has("unlisted") {
        "undecided"
    } else if has("pass") || has("waived") {
        "passes"
    } else {
        "nothing_to_judge"
    }
}

/// How a criterion comes out by the states of its checks and its attestations.
fn result(criterion: &Value, checks: &[Value]) -> &'static str {
    let standings = list(criterion, "standings");
    let deciding: Vec<(&Value, &str)> = standings
        .iter()
        .filter(|standing| text(standing, "outcome") == "verdict")
        .map(|standing| {
            let id = text(standing, "check");
            let own = checks.iter().find(|check| text(check, "id") == id);
            (
                standing,
                own.map_or("undecided", |check| text(check, "state")),
            )
        })
        .collect();
    let any = |wanted: &str| deciding.iter().any(|(_, state)| *state == wanted);
    let awaited = list(criterion, "attestations")
        .iter()
        .any(|one| one.get("current") != Some(&Value::Bool(true)));
    if any("fails") {
        return "exceptions";
    }
    if any("undecided") || any("left_out") || awaited {
        return "incomplete";
    }
    let carried = deciding
        .iter()
        .any(|(standing, state)| *state == "passes" && text(standing, "strength") == "direct");
    match text(criterion, "evidence") {
        "attested" => "attested",
        "inherited" => "inherited",
        _ if carried => "supported",
        _ => "incomplete",
    }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let list = value.get(name).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

/// A text that is missing equals none that is right.
fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

/// A count that is missing adds nothing, and so does not add up unless there is nothing to add.
fn number(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report() -> Value {
        let counts = json!({"discovered": 2, "pass": 1, "fail": 1, "waived": 0, "unknown": 0, "not_applicable": 0, "unlisted": 0});
        let none = json!({"discovered": 0, "pass": 0, "fail": 0, "waived": 0, "unknown": 0, "not_applicable": 0, "unlisted": 0});
        let mut check = counts.clone();
        let own =
            json!({"id": "s3.x", "kind": "s3.bucket", "outcome": "verdict", "state": "fails"});
        check
            .as_object_mut()
            .unwrap()
            .extend(own.as_object().unwrap().clone());
        json!({
            "summary": {"outcomes": counts, "review": none, "advisory": none},
            "criteria": [{
                "id": "c", "evidence": "automated", "result": "exceptions", "attestations": [],
                "standings": [{"check": "s3.x", "outcome": "verdict", "strength": "direct"}],
            }],
            "checks": [check],
            "populations": [{"kind": "s3.bucket", "discovered": 2}],
        })
    }

    const VERDICTS: &str = "{\"check\":\"s3.x\",\"outcome\":\"pass\",\"resource\":\"arn:a\"}\n\
                            {\"check\":\"s3.x\",\"outcome\":\"fail\",\"resource\":\"arn:b\"}\n";

    fn faults(verdicts: &str, report: &Value) -> Vec<String> {
        let faults = step(verdicts, report).faults.into_iter();
        faults.map(|fault| fault.what).collect()
    }

    #[test]
    fn what_adds_up_has_no_fault() {
        assert_eq!(faults(VERDICTS, &report()), [""; 0]);
    }

    #[test]
    fn each_sum_is_held() {
        let cases = [
            ("/checks/0/discovered", json!(3), "add up to 2"),
            ("/checks/0/pass", json!(2), "such lines"),
            (
                "/populations/0/discovered",
                json!(3),
                "3 in its populations",
            ),
            ("/checks/0/state", json!("passes"), "make it fails"),
            ("/summary/outcomes/fail", json!(0), "add up to 1"),
            (
                "/criteria/0/result",
                json!("supported"),
                "make it exceptions",
            ),
        ];
        for (place, value, says) in cases {
            let mut edited = report();
            *edited.pointer_mut(place).unwrap() = value;
            let told = faults(VERDICTS, &edited);
            assert!(
                told.iter().any(|what| what.contains(says)),
                "{place}: {told:?}"
            );
        }
        let edited = VERDICTS.replace("fail", "pass");
        assert!(!faults(&edited, &report()).is_empty());
    }
}
