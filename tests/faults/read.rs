//! What a verdict holds, by the places where a fault could show.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use tieout::inventory::Gap;
use tieout::report::{Read, Verdict};

/// Check, account and region: verdicts are in their order.
pub(crate) fn place(verdict: &Verdict) -> (&str, &str, &str) {
    (&verdict.check, &verdict.account, &verdict.region)
}

/// `service:Operation` of a gap.
pub(crate) fn call_of(gap: &Gap) -> String {
    format!("{}:{}", gap.service, gap.operation)
}

/// Every gap in what a rule read, also those among other values.
pub(crate) fn gaps(verdict: &Verdict) -> Vec<Gap> {
    let mut found = Vec::new();
    for evidence in &verdict.evidence {
        match &evidence.read {
            Read::Gap(gap) => found.push(Gap::clone(gap)),
            Read::Value(value) => within(value, &mut found),
        }
    }
    found
}

fn within(value: &Value, found: &mut Vec<Gap>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| within(item, found)),
        Value::Object(members) => match members.get("gap").map(Gap::deserialize) {
            Some(Ok(gap)) => found.push(gap),
            // A tag may be called so.
            Some(Err(_)) | None => members.values().for_each(|member| within(member, found)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A verdict in a line.
pub(crate) fn told(verdict: &Verdict) -> String {
    let gaps: BTreeSet<String> = gaps(verdict).iter().map(Gap::to_string).collect();
    let gaps: Vec<String> = gaps.into_iter().collect();
    let resource = verdict.resource.as_deref();
    format!(
        "{} says {} of {} in {}: {}",
        verdict.check,
        verdict.outcome.name(),
        resource.unwrap_or("what was not listed"),
        verdict.region,
        gaps.join("; ")
    )
}
