//! What rests on AWS's own controls, and on a review of AWS's report.

use std::fs;

use serde_json::Value;

use super::{NEW, file, found, place, report, scan};
use crate::account::Account;

/// A framework of a user's own: one criterion that rests on AWS, one that a check carries.
const HOUSE: &str = r#"
id    = "house"
title = "Rules of the house"
sections = [{ title = "All", criteria = ["P1", "R1"] }]

[[criterion]]
code         = "P1"
title        = "Buildings are guarded"
statement    = "Nobody walks in."
evidence     = "inherited"
attestations = ["aws-soc2-review-physical"]
inherited    = ["AWS guards its buildings"]
limits       = "AWS shows no doors."

[[criterion]]
code         = "R1"
title        = "Root is locked away"
statement    = "Nobody works as root."
evidence     = "automated"
attestations = ["root-custody"]
limits       = "AWS does not show the safe."
"#;

const CUSTODY: &str = "[root-custody]\nwhat = \"Where the second factor of root is kept\"\ndocument = \"the record\"\nmax_age_days = 365\n";

/// A built-in check as one of a user's own, for that criterion.
fn own(check: &str, criterion: &str) -> String {
    let (before, rest) = check.split_once("criteria").unwrap();
    let (_, rest) = rest.split_once('\n').unwrap();
    let kept: Vec<&str> = rest
        .lines()
        .filter(|line| !line.starts_with("supports "))
        .collect();
    format!(
        "{before}criteria = [\"house:{criterion}\"]\n{}\n",
        kept.join("\n")
    )
}

#[test]
fn a_criterion_is_supported_by_its_check_with_its_statement_and_inherited_by_a_review_that_aws_bears_out()
 {
    let account = Account::acme();
    let place = place()
        .with("mine/criteria/house.toml", HOUSE)
        .with("mine/criteria/attestations.toml", CUSTODY)
        .with(
            "mine/root.toml",
            &own(include_str!("../../../checks/iam/root_has_mfa.toml"), "R1"),
        )
        .with(
            "mine/reports.toml",
            &own(
                include_str!("../../../checks/artifact/aws_soc_2_report_is_current.toml"),
                "P1",
            ),
        );
    let scan = |out: &str| {
        let args = [
            "scan", "--checks", "mine", "--only", "root", "--only", "reports", "--out", out,
        ];
        place.scan_of(&account.endpoint, &args).with(0);
        report(&place, out)
    };
    let result = |report: &Value, code: &str| {
        found(report, "criteria", &format!("house:{code}"))["result"].clone()
    };
    let without = scan("without");
    assert_eq!(result(&without, "R1"), "incomplete");
    assert_eq!(result(&without, "P1"), "incomplete");
    let listed = &without["inherited"]["reports"][0];
    assert_eq!(without["inherited"]["newest"], listed["id"]);

    let new = |id: &str, more: &[&str]| {
        let mut args = NEW.to_vec();
        args[2] = id;
        place
            .run(&[&args[..], &["--checks", "mine"], more].concat())
            .with(0);
        let held = place.holds();
        let path = held
            .iter()
            .find(|path| path.display().to_string().contains(id));
        place.path().join(path.unwrap())
    };
    new("root-custody", &[]);
    let review = new("aws-soc2-review-physical", &[]);
    let text = fs::read_to_string(&review).unwrap();
    let field = |name: &str| listed[name].as_str().unwrap();
    let text = text
        .replace(
            "report_id = \"\"",
            &format!("report_id = \"{}\"", field("id")),
        )
        .replace(
            "# report_version = 1",
            &format!("report_version = {}", listed["version"]),
        )
        .replace(
            "# period_start = 2026-01-01",
            &format!("period_start = {}", field("period_start")),
        )
        .replace(
            "# period_end = 2026-12-31",
            &format!("period_end = {}", field("period_end")),
        )
        .replace("opinion = \"\"", "opinion = \"unqualified\"")
        .replace("  # { control", "  { control")
        .replace("iam.access_key_is_rotated", "root");
    fs::write(&review, &text).unwrap();
    let with = scan("with");
    assert_eq!(
        result(&with, "R1"),
        "supported",
        "{}",
        found(&with, "criteria", "house:R1")
    );
    assert_eq!(
        result(&with, "P1"),
        "inherited",
        "{}",
        found(&with, "criteria", "house:P1")
    );
    let physical = with["inherited"]["reviews"]
        .as_array()
        .unwrap()
        .iter()
        .find(|review| review["attestation"] == "aws-soc2-review-physical")
        .unwrap();
    let answers = &physical["user_entity_controls"][0]["answered_by"];
    assert_eq!(answers[0]["state"], "passes");
    assert_eq!(answers[1]["state"], "missing");

    // AWS publishes a correction: the review is of what is no more.
    fs::write(
        &review,
        text.replace("report_version = 1", "report_version = 0"),
    )
    .unwrap();
    let corrected = scan("corrected");
    assert_eq!(result(&corrected, "P1"), "incomplete");
    let reasons = found(&corrected, "criteria", "house:P1")["reasons"].to_string();
    assert!(
        reasons.contains("AWS lists version 1, and version 0 was reviewed"),
        "{reasons}"
    );
}

#[test]
fn a_review_that_could_not_be_held_against_the_list_supports_nothing_and_says_so() {
    let (place, account) = (place(), Account::acme());
    let mut args = NEW.to_vec();
    args[2] = "aws-soc2-review-physical";
    place.run(&args).with(0);
    let path = place.path().join(file(&place));
    let text = fs::read_to_string(&path).unwrap();
    let text = text
        .replace("report_id = \"\"", "report_id = \"report-1\"")
        .replace("# report_version", "report_version")
        .replace("# period_", "period_")
        .replace("opinion = \"\"", "opinion = \"unqualified\"");
    fs::write(path, text).unwrap();
    scan(&place, &account, "run").with(0);
    let run = report(&place, "run");
    let attestation = found(&run, "attestations", "aws-soc2-review-physical");
    assert_eq!(attestation["state"], "report_unconfirmed");
    assert_eq!(run["inherited"]["unread"], "this run did not ask for it");
}

#[test]
fn for_how_long_an_older_report_counts_is_said_in_the_configuration_and_printed_as_changed() {
    let account = Account::acme();
    let place = place().with("tieout.toml", "[attestations]\nreport_max_days = 0\n");
    let mut args = NEW.to_vec();
    args[2] = "aws-soc2-review-physical";
    place.run(&args).with(0);
    let path = place.path().join(file(&place));
    let text = fs::read_to_string(&path).unwrap();
    let text = text
        .replace("report_id = \"\"", "report_id = \"report-1\"")
        .replace("# report_version", "report_version")
        .replace("# period_", "period_")
        .replace("2026-12-31", "2026-06-30")
        .replace("opinion = \"\"", "opinion = \"unqualified\"");
    fs::write(path, text).unwrap();
    // Held against its own dates, it reaches to no day of the run's.
    let checked = place.run(&["attest", "check"]).with(1);
    assert!(checked.out.contains("report outdated"), "{}", checked.out);
    let listed = place.run(&["attest", "list"]).with(0);
    let flat = listed.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = "reaches to 0 days before the run (changed in tieout.toml; 365 by default)";
    assert!(flat.contains(says), "{}", listed.out);

    scan(&place, &account, "run").with(0);
    let run = report(&place, "run");
    let review = &run["inherited"]["reviews"][0];
    assert_eq!(
        (&review["max_gap_days"], &review["default_max_gap_days"]),
        (&0.into(), &365.into())
    );
    let page = fs::read_to_string(place.path().join("run/report.html")).unwrap();
    assert!(page.contains("0 days (changed in tieout.toml; 365 by default)"));
    // What the bundle keeps is what a replay judges by, whatever is configured where it is made.
    fs::write(place.path().join("tieout.toml"), "").unwrap();
    place.run(&["replay", "run", "--out", "again"]).with(0);
    assert_eq!(report(&place, "again")["inherited"], run["inherited"]);
}
