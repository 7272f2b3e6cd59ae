//! OSCAL assessment results, 1.2.1: what a run found, in the words of NIST's Open Security Controls Assessment Language.
//! <https://pages.nist.gov/OSCAL/resources/concepts/layer/assessment/assessment-results/>
//!
//! | here | in OSCAL |
//! |---|---|
//! | run | result, with the plan of the run as a back-matter resource that `import-ap` names |
//! | resource with a verdict | inventory item |
//! | check | observation, method TEST; its verdicts are the subjects |
//! | population that could not be listed, fact that could not be read | property of the observation |
//! | statement of a person's, for an attestation | observation, method INTERVIEW, and EXAMINE where it was reviewed; the document is a resource in the back matter |
//! | what rests on AWS's own controls | the review of AWS's report, as such an observation |
//! | management's response | entry in the log of the risk it speaks of, and nothing more: it is no part of the tests |
//! | criterion that is decided | finding |
//! | criterion that is incomplete | no finding: OSCAL has no word for it. The result's remarks name it |
//! | failure | risk, open |
//! | waived failure | risk, deviation-approved |
//!
//! A finding has but two states, and `satisfied` is OSCAL's word, not ours: it says that nothing was found against the
//! criterion in what was looked at, and leaves the opinion to the auditor.
//!
//! Names are UUIDs of version 5, made from what they name: the same run is the same bytes.

mod attested;
mod finding;
mod name;
mod observation;
mod plan;
mod risk;
mod words;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::Report;
use crate::criteria::result::{CriterionResult, ResultKind};
use name::Names;
use words::{line, markup, prop, time};

/// The version of OSCAL that is written.
pub const VERSION: &str = "1.2.1";

/// Whose properties: the namespace of what OSCAL has no place for.
const NAMESPACE: &str = "urn:tieout:oscal";

/// Writes the report. `files` are those of the run's bundle with their SHA-256 (hexadecimal), as far as they are known; evidence
/// refers to them.
///
/// # Errors
/// When `out` does not take it.
pub fn write(
    report: &Report,
    files: &BTreeMap<String, String>,
    out: &mut impl Write,
) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &document(report, files)).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn document(report: &Report, files: &BTreeMap<String, String>) -> Value {
    let names = Names::of(&report.run.id);
    let ended = report.run.finished.unwrap_or(report.run.started);
    let accounts = report.run.callers.iter().map(|caller| {
        json!({
            "uuid": names.of_account(&caller.account),
            "type": "organization",
            "name": line(&format!("AWS account {} {}", caller.account, caller.alias)),
        })
    });
    let people = attested::people(report, &names);
    let parties: Vec<Value> = accounts.chain(people).collect();
    let mut metadata = json!({
        "title": markup(&format!("What {} found", report.run.id)),
        "last-modified": time(ended),
        "version": line(&report.run.id),
        "oscal-version": VERSION,
        "remarks": "Evidence of an automated run. It is no attestation report and holds no opinion.",
    });
    put(&mut metadata, "parties", parties);
    json!({
        "assessment-results": {
            "uuid": names.document(),
            "metadata": metadata,
            "import-ap": { "href": format!("#{}", names.plan()) },
            "results": [result(report, files, &names)],
            "back-matter": { "resources": plan::resources(report, files, &names) },
        }
    })
}

fn result(report: &Report, files: &BTreeMap<String, String>, names: &Names) -> Value {
    let run = &report.run;
    let mut result = json!({
        "uuid": names.result(),
        "title": markup(&run.id),
        "description": "The state of AWS accounts as read by the API, judged by checks. Each observation is a check; its subjects are the resources it judged.",
        "start": time(run.started),
        "reviewed-controls": reviewed(report),
        "props": counts(report),
    });
    if let Some(finished) = run.finished {
        put_one(&mut result, "end", json!(time(finished)));
    }
    put_one(
        &mut result,
        "local-definitions",
        observation::definitions(report, names),
    );
    let mut observed = observation::observations(report, files, names);
    observed.extend(attested::observations(report, files, names));
    put(&mut result, "observations", observed);
    put(&mut result, "risks", risk::risks(report, names));
    put(&mut result, "findings", finding::findings(report, names));
    if let Some(remarks) = undecided(report) {
        put_one(&mut result, "remarks", json!(remarks));
    }
    result
}

/// The run's own counts, which OSCAL has no place for: `discovered = pass + fail + waived + unknown + not_applicable`.
fn counts(report: &Report) -> Vec<Value> {
    let outcomes = report.summary.outcomes;
    let mut counts = vec![
        prop("tool", &format!("tieout {}", report.run.tool)),
        prop("partial", &report.run.partial.to_string()),
        prop("gaps", &report.gaps.len().to_string()),
    ];
    counts.extend(words::counts(outcomes));
    counts
}

/// Every criterion of every framework, each once: what the run looked at, decided or not.
fn reviewed(report: &Report) -> Value {
    let selections = report.summary.frameworks.iter().map(|framework| {
        let controls: Vec<Value> = criteria(report)
            .filter(|criterion| criterion.framework == framework.framework)
            .map(|criterion| json!({ "control-id": name::control(criterion) }))
            .collect();
        let mut selection = json!({ "description": markup(&framework.title) });
        put(&mut selection, "include-controls", controls);
        selection
    });
    json!({ "control-selections": selections.collect::<Vec<_>>() })
}

/// The criteria that are not decided, with the reasons: OSCAL has no state for them.
fn undecided(report: &Report) -> Option<String> {
    let open: Vec<String> = criteria(report)
        .filter(|criterion| criterion.result == ResultKind::Incomplete)
        .map(|criterion| {
            let reasons = markup(&criterion.reasons.join(" "));
            format!("- {}: {reasons}", name::control(criterion))
        })
        .collect();
    (!open.is_empty()).then(|| {
        format!(
            "Not decided, and so without a finding:\n\n{}",
            open.join("\n")
        )
    })
}

/// Each criterion once, in the order of its framework.
fn criteria(report: &Report) -> impl Iterator<Item = &CriterionResult> {
    report
        .criteria
        .iter()
        .filter(|criterion| !criterion.repeated)
}

/// Puts a list where there is something in it: OSCAL takes no empty ones.
fn put(into: &mut Value, key: &str, list: Vec<Value>) {
    if !list.is_empty() {
        put_one(into, key, Value::Array(list));
    }
}

fn put_one(into: &mut Value, key: &str, value: Value) {
    if let Some(object) = into.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}
