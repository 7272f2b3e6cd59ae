//! Management's responses, beside the failures they speak of.

use tieout::complaint::File;
use tieout::govern::{Governance, Kept, Kind};
use tieout::inventory::kinds;
use tieout::report::papers::{self, Digests};
use tieout::report::{Report, oscal};
use tieout::scan::{self, Rules};

use crate::acme::{ACME, arn, failing, forms};
use crate::schema;

const LABEL: &str = "Management's response, no part of the tests";

/// Acme judged, with a response that calls the check of one failure by a former id.
fn answered() -> Report {
    let acme = &*ACME;
    let fails = failing();
    let text = format!(
        "check = 'stepfunctions.former_name'\nresource = '{}'\nauthor = 'Ann Poe'\nrole = 'CTO'\ndate = 2026-11-02\n\
         text = 'We move it.'\nroot_cause = 'Haste.'\ntarget_date = 2027-01-31\n",
        arn(fails)
    );
    let mut judged = acme.judged.clone();
    let check = judged.iter_mut().find(|check| check.id == *fails.check);
    check
        .unwrap()
        .was
        .push("stepfunctions.former_name".to_owned());
    let rules = Rules {
        judged,
        left_out: Vec::new(),
        schema: kinds::schema(),
        frameworks: acme.frameworks.clone(),
        inputs: Default::default(),
        governance: Governance::parse(vec![Kept {
            kind: Kind::Responses,
            file: File::new("responses/machine.toml", text),
        }])
        .unwrap_or_else(|complaints| panic!("{complaints}")),
    };
    scan::report(&acme.collected, &rules).unwrap()
}

#[test]
fn a_response_finds_its_check_by_a_former_id() {
    let report = answered();
    let (page, _, value) = forms(&report);
    assert_eq!(schema::errors(&value), [""; 0]);
    let said = &value["responses"][0];
    assert_eq!(said["check"], "stepfunctions.machine_logs");
    assert_eq!(said["written_check"], "stepfunctions.former_name");
    assert_eq!(said["failures"], 1);
    assert_eq!(said["says"], "It speaks of 1 failure of this run.");
    let section = page.split("id=\"responses\"").nth(1).unwrap();
    assert!(section.contains("<a href=\"#check-stepfunctions.machine_logs\">"));
    assert!(
        section.contains("(the file says <code>stepfunctions.former_name</code>, its former id)")
    );
}

#[test]
fn the_page_names_it_beside_the_failure_and_nowhere_else() {
    let (page, ..) = forms(&answered());
    let named = format!(
        "<strong>{LABEL}:</strong> <a href=\"#response-machine\"><code>machine</code></a> by <bdi>Ann Poe</bdi>"
    );
    let page = page.replace("&#x27;", "'");
    let (before, after) = page.split_once(&named).unwrap();
    let of = before.rsplit("id=\"verdict-").next().unwrap();
    assert!(of.starts_with(&failing().id), "{}", &of[..40]);
    assert!(!after.contains(LABEL));
}

#[test]
fn the_sheet_of_exceptions_names_it_in_the_row_of_the_failure() {
    let report = answered();
    let digests = Digests::new(&report).unwrap();
    let mut sheets = papers::front(&report, &digests).into_iter();
    let sheet = sheets.find(|sheet| sheet.name == "Exceptions").unwrap();
    let at = |name: &str| {
        sheet
            .columns
            .iter()
            .position(|(heading, _)| *heading == name)
    };
    let (id, said) = (at("Row id").unwrap(), at(LABEL).unwrap());
    let width = sheet.columns.len();
    let mut named = Vec::new();
    for row in sheet.rows {
        assert_eq!(row.len(), width);
        let cell = |at: usize| row.get(at).unwrap().text();
        if !cell(said).is_empty() {
            named.push((cell(id), cell(said)));
        }
    }
    let says = "machine (Ann Poe, 2026-11-02)".to_owned();
    assert_eq!(named, [(failing().id.clone(), says)]);
}

#[test]
fn oscal_has_it_in_the_log_of_the_risk() {
    let mut bytes = Vec::new();
    oscal::write(&answered(), &Default::default(), &mut bytes).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let results = value.pointer("/assessment-results").unwrap();
    let risks = results
        .pointer("/results/0/risks")
        .unwrap()
        .as_array()
        .unwrap();
    let logs: Vec<_> = risks
        .iter()
        .filter_map(|risk| risk.get("risk-log"))
        .collect();
    let [log] = logs.as_slice() else {
        panic!("{} risks have a log", logs.len());
    };
    let entry = log.pointer("/entries/0").unwrap();
    assert_eq!(entry["title"], LABEL);
    assert_eq!(entry["description"], "We move it.\n\nRoot cause: Haste.");
    assert_eq!(entry["start"], "2026-11-02T00:00:00Z");
    let parties = results
        .pointer("/metadata/parties")
        .unwrap()
        .as_array()
        .unwrap();
    let by = parties
        .iter()
        .find(|party| party["name"] == "Ann Poe")
        .unwrap();
    assert_eq!(entry["logged-by"][0]["party-uuid"], by["uuid"]);
}
