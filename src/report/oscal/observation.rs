//! Checks as observations, and the resources they judged as inventory items.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::name::Names;
use super::words::{counts, line, markup, prop, time};
use super::{put, put_one};
use crate::check::Counts;
use crate::report::{Check, Report, Verdict};

/// The file in which every verdict stands with the facts and calls it rests on.
const VERDICTS: &str = "verdicts.ndjson.zst";

/// Every resource that has a verdict, each once, and the tool.
pub(super) fn definitions(report: &Report, names: &Names) -> Value {
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    for verdict in &report.verdicts {
        let Some(arn) = &verdict.resource else {
            continue;
        };
        if seen.insert((arn, &verdict.name)) {
            items.push(json!({
                "uuid": names.resource(arn, &verdict.name),
                "description": markup(&format!("{} {}", verdict.kind, verdict.name)),
                "props": [
                    { "name": "asset-id", "value": line(arn) },
                    prop("kind", &verdict.kind),
                    prop("account", &verdict.account),
                    prop("region", &verdict.region),
                ],
            }));
        }
    }
    let tool = json!({
        "uuid": names.tool(),
        "type": "software",
        "title": "Tieout",
        "description": "Reads AWS accounts by their API and judges what it read.",
        "props": [{ "name": "version", "value": line(&report.run.tool) }],
        "status": { "state": "operational" },
    });
    let mut definitions = json!({ "assessment-assets": {
        "components": [tool],
        "assessment-platforms": [{
            "uuid": names.file("platform"),
            "uses-components": [{ "component-uuid": names.tool() }],
        }],
    }});
    put(&mut definitions, "inventory-items", items);
    definitions
}

/// Every check the run judged.
pub(super) fn observations(
    report: &Report,
    files: &BTreeMap<String, String>,
    names: &Names,
) -> Vec<Value> {
    let mut of_check: BTreeMap<&str, Vec<&Verdict>> = BTreeMap::new();
    for verdict in &report.verdicts {
        of_check.entry(&verdict.check).or_default().push(verdict);
    }
    report
        .checks
        .iter()
        .filter_map(|check| {
            let verdicts = of_check.get(&*check.id)?;
            Some(observation(report, check, verdicts, files, names))
        })
        .collect()
}

fn observation(
    report: &Report,
    check: &Check,
    verdicts: &[&Verdict],
    files: &BTreeMap<String, String>,
    names: &Names,
) -> Value {
    let subjects = verdicts.iter().filter_map(|verdict| {
        let arn = verdict.resource.as_ref()?;
        let outcome = if verdict.waiver.is_some() {
            "waived"
        } else {
            verdict.outcome.name()
        };
        Some(json!({
            "subject-uuid": names.resource(arn, &verdict.name),
            "type": "inventory-item",
            "props": [prop("outcome", outcome), prop("verdict", &verdict.id)],
        }))
    });
    let subjects: Vec<Value> = subjects.collect();
    let mut observation = json!({
        "uuid": names.observation(&check.id),
        "title": markup(&check.title),
        "description": markup(&check.why),
        "methods": ["TEST"],
        "types": [match check.outcome {
            Counts::Verdict => "control-objective",
            Counts::Population | Counts::Advisory => "finding",
        }],
        "origins": [{ "actors": [{ "type": "tool", "actor-uuid": names.tool() }] }],
        "collected": time(collected(report, verdicts)),
        "relevant-evidence": [evidence(files, names)],
    });
    let mut props = vec![
        prop("check", &check.id),
        prop("rule-sha256", &check.sha256),
        prop("severity", check.severity.name()),
        prop("rule", &check.require),
    ];
    props.extend(check.when.iter().map(|when| prop("applies-when", when)));
    props.extend(counts(check.outcomes));
    put(&mut observation, "props", props);
    put(&mut observation, "subjects", subjects);
    if !check.blind_spots.is_empty() {
        let blind = format!("Cannot see: {}", markup(&check.blind_spots));
        put_one(&mut observation, "remarks", json!(blind));
    }
    observation
}

/// When the last answer it rests on had arrived; a run's start, where all it rests on are gaps.
fn collected(report: &Report, verdicts: &[&Verdict]) -> Timestamp {
    let calls = verdicts.iter().flat_map(|verdict| &verdict.evidence);
    calls
        .filter_map(|evidence| evidence.call.as_ref().map(|call| call.at))
        .max()
        .unwrap_or(report.run.started)
}

fn evidence(files: &BTreeMap<String, String>, names: &Names) -> Value {
    let href = if files.contains_key(VERDICTS) {
        format!("#{}", names.file(VERDICTS))
    } else {
        VERDICTS.to_owned()
    };
    json!({
        "href": href,
        "description": "Every verdict with the facts its rule read and the calls that told them; the answers stand in calls/.",
    })
}
