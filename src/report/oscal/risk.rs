//! What fails, as risks: one for a check's open failures, one for those that are waived.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::NAMESPACE;
use super::name::Names;
use super::put_one;
use super::words::{day_begins, day_ends, line, markup, prop};
use crate::check::Outcome;
use crate::report::answers::{self, Answers};
use crate::report::{Check, Report, StatedResponse, Verdict};

/// The risks, by check.
pub(super) fn risks(report: &Report, names: &Names) -> Vec<Value> {
    let mut failing: BTreeMap<&str, (Vec<&Verdict>, Vec<&Verdict>)> = BTreeMap::new();
    for verdict in &report.verdicts {
        if verdict.outcome == Outcome::Fail {
            let (open, waived) = failing.entry(&verdict.check).or_default();
            if verdict.waiver.is_some() {
                waived.push(verdict);
            } else {
                open.push(verdict);
            }
        }
    }
    let answers = Answers::of(report);
    let mut risks = Vec::new();
    for check in &report.checks {
        let Some((open, waived)) = failing.get(&*check.id) else {
            continue;
        };
        if !open.is_empty() {
            risks.push(risk(check, "open", open, &answers, names));
        }
        if !waived.is_empty() {
            let mut risk = risk(check, "deviation-approved", waived, &answers, names);
            // The first to run out is when somebody has to look again.
            let expires = waived.iter().flat_map(|v| &v.waiver).map(|w| w.expires);
            if let Some(deadline) = expires.min() {
                put_one(&mut risk, "deadline", json!(day_ends(deadline)));
            }
            risks.push(risk);
        }
    }
    risks
}

fn risk(
    check: &Check,
    status: &str,
    verdicts: &[&Verdict],
    answers: &Answers<'_>,
    names: &Names,
) -> Value {
    let uuid = names.risk(status, &check.id);
    let subjects = match verdicts {
        [one] => format!("fails for {}", one.name),
        many => format!("fails for {} resources", many.len()),
    };
    let mut props = vec![prop("check", &check.id)];
    for waiver in verdicts.iter().flat_map(|verdict| &verdict.waiver) {
        let said = format!(
            "{}: {} (owner {}, approver {}, until {})",
            waiver.id, waiver.reason, waiver.owner, waiver.approver, waiver.expires
        );
        let said = prop("waiver", &said);
        if !props.contains(&said) {
            props.push(said);
        }
    }
    let mut risk = json!({
        "uuid": uuid,
        "title": markup(&format!("Not true: {}", check.title)),
        "description": markup(&format!("{} {subjects}", check.id)),
        "statement": markup(&check.why),
        "status": status,
        "props": props,
        "characterizations": [{
            "origin": { "actors": [{ "type": "tool", "actor-uuid": names.tool() }] },
            "facets": [{ "name": "severity", "system": NAMESPACE, "value": line(check.severity.name()) }],
        }],
        "remediations": [{
            "uuid": names.remediation(&uuid),
            "lifecycle": "recommendation",
            "title": "How to put it right",
            "description": markup(&check.fix),
        }],
        "related-observations": [{ "observation-uuid": names.observation(&check.id) }],
    });
    let log = log(&uuid, verdicts, answers, names);
    if !log.is_empty() {
        put_one(&mut risk, "risk-log", json!({ "entries": log }));
    }
    risk
}

/// What management says of these failures, each response once.
fn log(risk: &str, verdicts: &[&Verdict], answers: &Answers<'_>, names: &Names) -> Vec<Value> {
    let said = verdicts.iter().flat_map(|verdict| answers.to(verdict));
    let said: BTreeMap<&str, &StatedResponse> =
        said.map(|said| (said.id.as_str(), *said)).collect();
    let entry = |said: &StatedResponse| {
        let parts = [
            ("", Some(&said.said.text)),
            ("Root cause: ", said.said.root_cause.as_ref()),
            ("Correction: ", said.said.correction.as_ref()),
            ("Prevention: ", said.said.prevention.as_ref()),
        ];
        let told = parts
            .into_iter()
            .filter_map(|(what, text)| Some(format!("{what}{}", markup(text?))));
        let mut props = vec![
            prop("response", &said.id),
            prop("response-sha256", &said.sha256),
            prop("role", &said.said.role),
        ];
        let due = said
            .said
            .target_date
            .map(|day| prop("target-date", &day.to_string()));
        props.extend(due);
        props.extend(
            said.said
                .ticket
                .as_deref()
                .map(|ticket| prop("ticket", ticket)),
        );
        json!({
            "uuid": names.response(risk, &said.id),
            "title": answers::LABEL,
            "description": told.collect::<Vec<_>>().join("\n\n"),
            "start": day_begins(said.said.date),
            "end": day_begins(said.said.date),
            "props": props,
            "logged-by": [{ "party-uuid": names.person(&said.said.author) }],
        })
    };
    said.into_values().map(entry).collect()
}
