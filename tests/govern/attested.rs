//! Statements in OSCAL: nobody tested, and what rests on them is not empty.

use std::collections::BTreeMap;

use jiff::ToSpan;
use serde_json::{Value, json};
use tieout::complaint::File;
use tieout::govern::{Kept, Kind};
use tieout::report::{Report, oscal};

use crate::acme::{ACME, judged};

const SHA256: &str = "abababababababababababababababababababababababababababababababab";

fn statement(name: &str, attestation: &str, location: &str, more: &str) -> Kept {
    let day = ACME.day.checked_sub(5.days()).unwrap();
    let until = ACME.day.checked_add(90.days()).unwrap();
    let text = format!(
        "attestation = '{attestation}'\nstatement = 'All have read it.'\nowner = 'Ann Poe'\nowner_role = 'CISO'\n\
         attested = {day}\nreviewer = 'Grace'\nreviewed = {day}\nexpires = {until}\n[document]\ntitle = 'The list'\n\
         version = '3'\nsha256 = '{SHA256}'\nlocation = '{location}'\n{more}"
    );
    Kept {
        kind: Kind::Attestations,
        file: File::new(format!("attestations/{name}.toml"), text),
    }
}

fn result(report: &Report) -> (Value, Value) {
    let files = BTreeMap::from([("governance.ndjson.zst".to_owned(), "0".repeat(64))]);
    let mut bytes = Vec::new();
    oscal::write(report, &files, &mut bytes).unwrap();
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    let schema = std::fs::read("schemas/oscal_assessment-results_schema-1.2.1.json").unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(&schema).unwrap();
    let errors = validator.iter_errors(&document);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0]);
    let results = document["assessment-results"].clone();
    (results["results"][0].clone(), results)
}

#[track_caller]
fn named(list: &Value, uuid: &Value) -> Value {
    let all = list.as_array().unwrap();
    let found = all.iter().find(|it| it["uuid"] == *uuid);
    found
        .unwrap_or_else(|| panic!("nothing is called {uuid}"))
        .clone()
}

fn prop(of: &Value, name: &str) -> Value {
    let props = of["props"].as_array().unwrap();
    let found = props.iter().find(|prop| prop["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}"))["value"].clone()
}

#[test]
fn a_criterion_that_rests_on_statements_alone_is_not_empty() {
    let report = judged(vec![statement(
        "conduct-2026",
        "code-of-conduct-acknowledgement",
        "paper:safe 4",
        "",
    )]);
    let (result, results) = result(&report);
    let findings = result["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|it| it["target"]["target-id"] == "tsc2017-CC1.1")
        .expect("its statement is current");
    let related = finding["related-observations"].as_array().unwrap();
    assert_eq!(related.len(), 1);
    let observation = named(&result["observations"], &related[0]["observation-uuid"]);
    assert_eq!(observation["methods"], json!(["INTERVIEW", "EXAMINE"]));
    let title = observation["title"].as_str().unwrap();
    assert!(title.starts_with("Attested, not tested: "), "{title}");
    assert_eq!(observation["description"], "All have read it.");
    assert_eq!(prop(&observation, "state"), "current");
    assert_eq!(prop(&observation, "speaks-for-it"), "true");
    assert_eq!(observation["remarks"], Value::Null);
    // Who said so, and who looked at it.
    let actors = observation["origins"][0]["actors"].as_array().unwrap();
    let parties = &results["metadata"]["parties"];
    let people: Vec<Value> = actors
        .iter()
        .map(|actor| named(parties, &actor["actor-uuid"])["name"].clone())
        .collect();
    assert_eq!(people, ["Ann Poe", "Grace"]);
    // Of which document, and where it stands as it was read.
    let resources = &results["back-matter"]["resources"];
    let document = named(resources, &observation["subjects"][0]["subject-uuid"]);
    assert_eq!(document["title"], "The list");
    let link = &document["rlinks"][0];
    assert_eq!(link["href"], "paper:safe%204");
    assert_eq!(
        link["hashes"],
        json!([{ "algorithm": "SHA-256", "value": SHA256 }])
    );
    for evidence in observation["relevant-evidence"].as_array().unwrap() {
        let uuid = evidence["href"]
            .as_str()
            .unwrap()
            .strip_prefix('#')
            .unwrap();
        named(resources, &json!(uuid));
    }
}

#[test]
fn a_review_of_the_report_of_aws_says_which_and_what_it_noted() {
    let review = "[review]\nreport_id = 'report-bqhgaqJgx8D6bPoD'\nreport_version = 4\nperiod_start = 2025-10-01\n\
                  period_end = 2026-09-30\nopinion = 'unqualified'\nexceptions_noted = ['CC6.1: one late removal']\n\
                  [[review.user_entity_controls]]\ncontrol = 'MFA for root'\nanswered_by = ['iam.root_has_mfa']\n";
    let place = "https://vault.example/soc2.pdf?v=4#1";
    let report = judged(vec![statement(
        "aws-2026",
        "aws-soc2-review-physical",
        place,
        review,
    )]);
    let (result, results) = result(&report);
    let observations = result["observations"].as_array().unwrap();
    let review = observations
        .iter()
        .find(|it| it["methods"] == json!(["INTERVIEW", "EXAMINE"]))
        .expect("the review is there");
    assert_eq!(prop(review, "provider-report"), "report-bqhgaqJgx8D6bPoD");
    assert_eq!(
        prop(review, "provider-report-period"),
        "2025-10-01/2026-09-30"
    );
    assert_eq!(prop(review, "provider-report-opinion"), "unqualified");
    assert_eq!(
        prop(review, "provider-report-exception"),
        "CC6.1: one late removal"
    );
    assert_eq!(
        prop(review, "user-entity-control"),
        "MFA for root: iam.root_has_mfa"
    );
    let resources = &results["back-matter"]["resources"];
    let document = named(resources, &review["subjects"][0]["subject-uuid"]);
    assert_eq!(document["rlinks"][0]["href"], place);
}
