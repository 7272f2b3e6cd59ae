//! The page says what `report.json` says.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::Value;

use crate::{DEMO, count, list, text, tieout};

fn found(pattern: &str) -> Vec<&'static str> {
    Regex::new(pattern)
        .unwrap()
        .captures_iter(&DEMO.page)
        .map(|found| found.get(1).unwrap().as_str())
        .collect()
}

/// As the templates escape text.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
        .replace('`', "&#x60;")
        .replace('=', "&#x3D;")
}

#[track_caller]
fn shows(text: &str) {
    assert!(DEMO.page.contains(&escaped(text)), "{text}");
}

/// `1204` as `1,204`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    if head.is_empty() {
        tail.to_owned()
    } else {
        format!("{head},{tail}")
    }
}

#[test]
fn every_verdict_is_on_it_once_with_its_outcome() {
    let printed = found(r#" id="verdict-([0-9a-f]{16})" data-outcome="#);
    let verdicts = list(&DEMO.report, "verdicts");
    assert_eq!(printed.len(), verdicts.len());
    for verdict in verdicts {
        let outcome = match verdict.get("waiver") {
            Some(_) => "waived",
            None => text(verdict, "outcome"),
        };
        let row = format!(
            "id=\"verdict-{}\" data-outcome=\"{outcome}\"",
            text(verdict, "id")
        );
        assert!(DEMO.page.contains(&row), "{verdict}");
        if let Some(arn) = verdict["resource"].as_str() {
            shows(arn);
        }
    }
}

#[test]
fn every_fact_is_on_it_with_its_call() {
    let mut said = BTreeSet::new();
    for verdict in list(&DEMO.report, "verdicts") {
        for fact in list(verdict, "evidence") {
            match fact.get("value") {
                Some(value) => said.insert(value.to_string()),
                None => said.insert(text(&fact["gap"], "operation").to_owned()),
            };
            // Of a path through linked resources the page prints each part on its own.
            for part in text(fact, "path").split_inclusive(']') {
                let part = part.trim_start_matches('.');
                if !part.starts_with(['[', ')']) {
                    said.insert(
                        part.split_once('[')
                            .map_or(part, |(name, _)| name)
                            .to_owned(),
                    );
                }
            }
            if !fact["call"].is_null() {
                said.extend(of_call(&fact["call"]));
            }
        }
    }
    assert!(said.len() > 1000, "{}", said.len());
    said.iter().for_each(|said| shows(said));
}

fn of_call(call: &Value) -> [String; 5] {
    let (day, time) = text(call, "at").split_once('T').unwrap();
    let operation = format!("{}:{}", text(call, "service"), text(call, "operation"));
    [
        text(call, "sha256").to_owned(),
        call["request_id"]
            .as_str()
            .unwrap_or("id not answered")
            .to_owned(),
        call["parameters"].as_str().unwrap_or("").to_owned(),
        format!("{day} {}", &time[..8]),
        operation,
    ]
}

#[test]
fn every_check_shows_its_rule_parameters_and_sum() {
    for check in list(&DEMO.report, "checks") {
        shows(text(check, "title"));
        shows(text(check, "sha256"));
        for line in text(check, "require").lines() {
            shows(line);
        }
        for parameter in list(check, "params") {
            let value = escaped(&parameter["value"].to_string());
            let stated = format!("<code>{} = {value}</code>", text(parameter, "name"));
            assert!(DEMO.page.contains(&stated), "{stated}");
        }
        let of = |name: &str| grouped(count(check, name));
        let sum = format!(
            "{} of <code>{}</code> discovered = {} pass + {} fail + {} waived + {} unknown + {} not applicable",
            of("discovered"),
            text(check, "kind"),
            of("pass"),
            of("fail"),
            of("waived"),
            of("unknown"),
            of("not_applicable"),
        );
        assert!(DEMO.page.contains(&sum), "{sum}");
    }
}

#[test]
fn the_ledger_and_the_populations_are_whole() {
    let ledger = list(&DEMO.report, "coverage");
    let rows = found(
        r#"(<th scope="row"><code>[a-z0-9-]+</code></th><td class="n">[0-9,]+</td><td class="n">[0-9,]+</td><td class="n">[0-9,]+</td><td class="n">[0-9,]+</td><td class="n">[0-9,]+</td></tr>)"#,
    );
    assert_eq!(rows.len(), ledger.len());
    for (row, line) in rows.iter().zip(ledger) {
        let cells: String = ["ok", "absent", "denied", "failed", "throttled"]
            .iter()
            .map(|name| format!("<td class=\"n\">{}</td>", grouped(count(line, name))))
            .collect();
        assert!(row.contains(&cells), "{row} is not {line}");
        assert!(row.contains(text(line, "service")), "{row} is not {line}");
    }
    for population in list(&DEMO.report, "populations") {
        let place = format!(
            "{} {}: {}",
            text(population, "account"),
            text(population, "region"),
            grouped(count(population, "discovered"))
        );
        shows(&place);
        for gap in list(population, "gaps") {
            shows(text(gap, "operation"));
        }
    }
}

#[test]
fn what_is_unknown_names_its_remedy_and_the_policy_is_one_to_paste() {
    for gap in list(&DEMO.report, "gaps") {
        shows(text(gap, "remedy"));
        for asked in list(gap, "asked_about") {
            shows(asked.as_str().unwrap());
        }
    }
    let policy =
        found(r#"(?s)<pre id="grant" tabindex="0">(.*?)</pre>"#)[0].replace("&quot;", "\"");
    let policy: Value = serde_json::from_str(&policy).unwrap();
    let granted = &policy["Statement"][0]["Action"];
    assert_eq!(granted, &DEMO.report["summary"]["actions_to_grant"]);
    // Each is one of the actions that the scan says it needs: nothing is asked for beyond them.
    let output = tieout(&["policy"], DEMO.dir.path());
    let needed: Value = serde_json::from_slice(&output.stdout).unwrap();
    let needed = needed["Statement"][0]["Action"].as_array().unwrap();
    let granted = granted.as_array().unwrap();
    assert!(!granted.is_empty());
    for action in granted {
        assert!(needed.contains(action), "{action}");
    }
}

#[test]
fn who_when_and_with_which_versions() {
    let run = &DEMO.report["run"];
    shows(text(run, "id"));
    for caller in list(run, "callers") {
        shows(text(caller, "arn"));
    }
    for framework in list(&DEMO.report["summary"], "frameworks") {
        shows(text(framework, "sha256"));
    }
    for name in ["regions", "regions_disabled"] {
        for region in list(&run["scope"], name) {
            shows(region.as_str().unwrap());
        }
    }
}
