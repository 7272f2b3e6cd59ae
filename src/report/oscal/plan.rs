//! The back matter: what the run set out to do, the files of its bundle, and the documents that people's statements speak of.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::attested;
use super::name::Names;
use super::words::{line, markup};
use crate::report::Report;

/// The plan, every file of the bundle with its digest, and every document with the digest that was stated.
pub(super) fn resources(
    report: &Report,
    files: &BTreeMap<String, String>,
    names: &Names,
) -> Vec<Value> {
    let plan = plan(report).to_string();
    let kept = files.iter().map(|(name, sha256)| {
        json!({
            "uuid": names.file(name),
            "title": markup(name),
            "rlinks": [{
                "href": line(name),
                "hashes": [{ "algorithm": "SHA-256", "value": line(sha256) }],
            }],
        })
    });
    let plan = json!({
        "uuid": names.plan(),
        "title": "Plan of the run",
        "description": "What the run set out to read and to judge: its scope, its checks with the digests of their files, and the parameters in force. It stands here whole; there is no other plan that this run followed.",
        "base64": {
            "filename": "plan.json",
            "media-type": "application/json",
            "value": STANDARD.encode(plan),
        },
    });
    let documents = attested::documents(report, names);
    std::iter::once(plan).chain(kept).chain(documents).collect()
}

fn plan(report: &Report) -> Value {
    let checks = report.checks.iter().map(|check| {
        let params: BTreeMap<&str, &Value> = check
            .params
            .iter()
            .map(|param| (param.name.as_str(), &param.value))
            .collect();
        json!({
            "id": check.id,
            "sha256": check.sha256,
            "kind": check.kind,
            "criteria": check.criteria,
            "params": params,
        })
    });
    let accounts: Vec<&str> = report
        .run
        .callers
        .iter()
        .map(|caller| caller.account.as_str())
        .collect();
    json!({
        "accounts": accounts,
        "scope": report.run.scope,
        "checks": checks.collect::<Vec<_>>(),
    })
}
