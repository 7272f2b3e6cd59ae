//! What fails, as risks: one for a check's open failures, one for those that are waived.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::NAMESPACE;
use super::name::Names;
use super::put_one;
use super::words::{line, markup, prop, time};
use crate::check::Outcome;
use crate::report::{Check, Report, Verdict};

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
    let mut risks = Vec::new();
    for check in &report.checks {
        let Some((open, waived)) = failing.get(&*check.id) else {
            continue;
        };
        if !open.is_empty() {
            risks.push(risk(check, "open", open, names));
        }
        if !waived.is_empty() {
            let mut risk = risk(check, "deviation-approved", waived, names);
            // The first to run out is when somebody has to look again.
            let expires = waived.iter().flat_map(|v| &v.waiver).map(|w| w.expires);
            if let Some(deadline) = expires.min().and_then(end_of) {
                put_one(&mut risk, "deadline", json!(deadline));
            }
            risks.push(risk);
        }
    }
    risks
}

fn risk(check: &Check, status: &str, verdicts: &[&Verdict], names: &Names) -> Value {
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
    json!({
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
    })
}

/// The last moment of a day.
fn end_of(day: Date) -> Option<String> {
    let end = TimeZone::UTC.to_timestamp(day.at(23, 59, 59, 0)).ok()?;
    Some(time(end))
}
