//! OSCAL: what it says of a run, against NIST's schema and against the library that other tools read it with.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;
use tieout::check::Outcome;
use tieout::criteria::result::ResultKind;
use tieout::report::{Report, oscal as format};

use crate::{sample, venv};

fn text(report: &Report) -> String {
    let files = BTreeMap::from([("verdicts.ndjson.zst".to_owned(), "0".repeat(64))]);
    let mut out = Vec::new();
    format::write(report, &files, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn results(report: &Report) -> Value {
    let document: Value = serde_json::from_str(&text(report)).unwrap();
    document["assessment-results"].clone()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn it_is_what_the_schema_of_oscal_says() {
    let schema = std::fs::read_to_string("schemas/oscal_assessment-results_schema-1.2.1.json");
    let schema: Value = serde_json::from_str(&schema.unwrap()).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    for report in [sample::small(), sample::company::report(2)] {
        let document: Value = serde_json::from_str(&text(&report)).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0]);
    }
}

/// Trestle holds references against what they name, which a schema cannot.
#[test]
fn trestle_takes_it_in() {
    let workspace = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("run.json");
    std::fs::write(&file, text(&sample::small())).unwrap();
    let trestle = |arguments: &[&str]| {
        let ran = Command::new(venv::python("fixtures/oscal/requirements.txt"))
            .args(["-m", "trestle"])
            .args(arguments)
            .current_dir(workspace.path())
            .output()
            .unwrap();
        let said = [ran.stdout, ran.stderr].concat();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&said));
        String::from_utf8(said).unwrap()
    };
    trestle(&["init", "--local"]);
    let file = file.to_str().unwrap();
    trestle(&["import", "--file", file, "--output", "run"]);
    let said = trestle(&["validate", "--type", "assessment-results", "--name", "run"]);
    assert!(said.contains("VALID"), "{said}");
}

#[test]
fn the_same_run_is_the_same_bytes() {
    assert_eq!(text(&sample::small()), text(&sample::small()));
}

/// OSCAL knows `satisfied` and `not-satisfied` only, and what is undecided is neither.
#[test]
fn a_criterion_that_is_not_decided_has_no_finding() {
    let report = sample::small();
    let results = results(&report);
    let found: BTreeMap<&str, &str> = list(&results["results"][0], "findings")
        .iter()
        .map(|finding| {
            let target = &finding["target"];
            (
                target["target-id"].as_str().unwrap(),
                target["status"]["state"].as_str().unwrap(),
            )
        })
        .collect();
    let mut seen = BTreeSet::new();
    for criterion in report.criteria.iter().filter(|one| !one.repeated) {
        let id = format!("{}-{}", criterion.framework, criterion.code);
        let expected = match criterion.result {
            ResultKind::Incomplete => None,
            ResultKind::Exceptions => Some("not-satisfied"),
            ResultKind::Supported | ResultKind::Attested | ResultKind::Inherited => {
                Some("satisfied")
            }
        };
        assert_eq!(found.get(id.as_str()).copied(), expected, "{id}");
        seen.insert(criterion.result);
        if criterion.result == ResultKind::Incomplete {
            let remarks = results["results"][0]["remarks"].as_str().unwrap();
            assert!(remarks.contains(&id), "{remarks}");
        }
    }
    assert!(seen.contains(&ResultKind::Incomplete), "{seen:?}");
}

#[test]
fn every_resource_with_a_verdict_is_a_subject_and_every_name_leads_somewhere() {
    let report = sample::small();
    let results = results(&report);
    let result = &results["results"][0];
    let items: BTreeSet<&str> = list(&result["local-definitions"], "inventory-items")
        .iter()
        .map(|item| item["uuid"].as_str().unwrap())
        .collect();
    let observations = list(result, "observations");
    let subjects: Vec<&Value> = observations
        .iter()
        .flat_map(|observation| list(observation, "subjects"))
        .collect();
    let judged = report.verdicts.iter().filter(|v| v.resource.is_some());
    // What people state is about documents, and those stand in the back matter.
    let documents: BTreeSet<&str> = list(&results["back-matter"], "resources")
        .iter()
        .map(|resource| resource["uuid"].as_str().unwrap())
        .collect();
    let of_type = |kind: &'static str| subjects.iter().filter(move |it| it["type"] == kind);
    assert_eq!(of_type("inventory-item").count(), judged.count());
    let statements = report.attestations.iter().flat_map(|of| &of.statements);
    assert_eq!(of_type("resource").count(), statements.count());
    for (kind, known) in [("inventory-item", &items), ("resource", &documents)] {
        for subject in of_type(kind) {
            assert!(known.contains(subject["subject-uuid"].as_str().unwrap()));
        }
    }
    let named: BTreeSet<&str> = observations
        .iter()
        .chain(list(result, "risks"))
        .map(|one| one["uuid"].as_str().unwrap())
        .collect();
    for finding in list(result, "findings") {
        let observed = list(finding, "related-observations")
            .iter()
            .map(|one| &one["observation-uuid"]);
        let risks = list(finding, "related-risks")
            .iter()
            .map(|one| &one["risk-uuid"]);
        for uuid in observed.chain(risks) {
            assert!(named.contains(uuid.as_str().unwrap()), "{finding}");
        }
    }
}

#[test]
fn a_statement_that_no_longer_counts_is_shown_and_says_so() {
    let results = results(&sample::small());
    let observations = list(&results["results"][0], "observations");
    let attested: Vec<&Value> = observations
        .iter()
        .filter(|it| it["methods"] != serde_json::json!(["TEST"]))
        .collect();
    let [statement] = attested.as_slice() else {
        panic!("{} statements", attested.len());
    };
    let title = statement["title"].as_str().unwrap();
    assert!(title.starts_with("Attested, not tested: "), "{title}");
    let remarks = statement["remarks"].as_str().unwrap();
    assert!(remarks.starts_with("It does not count: it "), "{remarks}");
    let props = list(statement, "props").iter();
    let state = props.clone().find(|prop| prop["name"] == "state").unwrap();
    assert_eq!(state["value"], "expired");
    assert_eq!(statement["expires"], "2026-09-30T23:59:59Z");
}

#[test]
fn a_waived_failure_is_a_risk_that_somebody_accepted() {
    let report = sample::small();
    let results = results(&report);
    let risks = list(&results["results"][0], "risks");
    let waived = report.verdicts.iter().find(|v| v.waiver.is_some()).unwrap();
    let waiver = waived.waiver.as_ref().unwrap();
    let of_check = |status: &str| {
        risks.iter().find(|risk| {
            risk["status"] == status
                && risk["description"]
                    .as_str()
                    .unwrap()
                    .replace('\\', "")
                    .starts_with(&*waived.check)
        })
    };
    let risk = of_check("deviation-approved").unwrap();
    assert_eq!(risk["deadline"], format!("{}T23:59:59Z", waiver.expires));
    let open = report
        .verdicts
        .iter()
        .filter(|v| v.check == waived.check && v.outcome == Outcome::Fail && v.waiver.is_none());
    assert_eq!(of_check("open").is_some(), open.count() > 0);
}
