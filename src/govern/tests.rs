//! What the files of people may say, and what is refused.

use std::fs;
use std::path::Path;

use super::{Governance, Kept, Kind, Limits, Settings};
use crate::check::Severity;
use crate::complaint::{Complaints, File};

const WAIVER: &str = r#"check    = "s3.blocks_public_access"
resource = "arn:aws:s3:::acme-public"
owner    = "Jane Doe"
approver = "Sam Roe"
reason   = "It serves the public website."
ticket   = "RISK-12"
risk     = "low"
approved = 2026-11-01
expires  = 2027-01-15
"#;

const RESPONSE: &str = r#"check  = "s3.blocks_public_access"
author = "Ann Poe"
role   = "Chief Technology Officer"
date   = 2026-11-02
text   = "We move the website behind CloudFront."
"#;

fn kept(kind: Kind, name: &str, text: &str) -> Kept {
    Kept {
        kind,
        file: File::new(format!("{}/{name}.toml", kind.name()), text),
    }
}

fn waiver(text: &str) -> Result<Governance, Vec<String>> {
    Governance::parse(vec![kept(Kind::Waivers, "site", text)]).map_err(said)
}

fn said(Complaints(all): Complaints) -> Vec<String> {
    let line = |one: &crate::complaint::Complaint| {
        format!("{}:{} {} / {}", one.line, one.column, one.message, one.help)
    };
    all.iter().map(line).collect()
}

/// The waiver with one line said otherwise.
fn with(key: &str, line: &str) -> String {
    let lines = WAIVER.lines().map(|old| {
        let same = old.split('=').next().is_some_and(|it| it.trim() == key);
        if same { line } else { old }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_waiver_is_read_as_it_stands() {
    let all = waiver(WAIVER).unwrap();
    let [read] = all.waivers.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(read.id, "site");
    assert_eq!(read.file, "waivers/site.toml");
    assert_eq!(read.terms.owner, "Jane Doe");
    assert_eq!(read.terms.risk, Severity::Low);
    assert_eq!(
        read.terms.from, read.terms.approved,
        "it counts from its approval"
    );
    assert!(!read.is_retroactive());
    assert_eq!(read.sha256.len(), 64);
}

#[test]
fn nobody_approves_their_own_waiver_however_they_write_their_name() {
    for approver in ["Jane Doe", "jane doe", " JANE  DOE "] {
        let line = format!("approver = \"{approver}\"");
        let wrong = waiver(&with("approver", &line)).unwrap_err();
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(
            wrong[0].starts_with("4:12 `approver` is the same person as `owner`"),
            "{wrong:?}"
        );
    }
    let asked = with("ticket", "ticket = 'RISK-12'\nrequested_by = 'sam roe'");
    assert_eq!(waiver(&asked).unwrap_err().len(), 1);
}

#[test]
fn a_pattern_names_a_resource() {
    for wide in [
        "*",
        "**",
        "?*",
        "arn:*",
        "arn:aws:*",
        "arn:aws:s3:::*",
        "arn:aws:iam::123456789012:*",
    ] {
        let line = format!("resource = \"{wide}\"");
        let wrong = waiver(&with("resource", &line)).unwrap_err();
        assert!(wrong[0].contains("names no resource"), "{wide}: {wrong:?}");
    }
    for narrow in [
        "arn:aws:s3:::acme-*",
        "*acme-public",
        "arn:aws:iam::123456789012:user/*",
        "arn:aws:logs:eu-west-1:1:log-group:/aws/x:*",
        "arn:aws:s3*acme",
    ] {
        let line = format!("resource = \"{narrow}\"");
        assert!(waiver(&with("resource", &line)).is_ok(), "{narrow}");
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let wrong = waiver("chek = 'x'\nreason = ' '\nexpires = '2026-01-01'\n").unwrap_err();
    let expected = [
        "1:1 a waiver has no field `chek` / did you mean `check`?",
        "1:1 a waiver needs `check` / name the check whose failure is accepted: `tieout checks list`",
        "1:1 a waiver needs `resource` / write the ARN of the resource, as the report shows it",
        "1:1 a waiver needs `owner` / name the person who answers for the risk",
        "1:1 a waiver needs `approver` / name the person who approved it: somebody else than the owner",
        "1:1 a waiver needs `ticket` / say where the decision is on record: ticket = \"RISK-12\"",
        "1:1 a waiver needs `risk` / rate the risk that is accepted: critical, high, medium, low, info",
        "1:1 a waiver needs `approved` / write the day it was approved: approved = 2026-01-31",
        "2:10 `reason` of a waiver is empty / say why the failure is accepted",
        "3:11 `expires` is text, not a day / write the day without quotes: expires = 2026-01-31",
    ];
    assert_eq!(wrong, expected);
}

#[test]
fn a_waiver_ends_after_it_began() {
    let wrong = waiver(&with("expires", "expires = 2026-10-31")).unwrap_err();
    assert_eq!(
        wrong,
        [
            "9:11 it expires on 2026-10-31, before it takes effect on 2026-11-01 / correct one of the two days"
        ]
    );
    let moment = waiver(&with("expires", "expires = 2027-01-15T00:00:00Z")).unwrap_err();
    assert!(moment[0].contains("not a day"), "{moment:?}");
}

#[test]
fn a_waiver_approved_later_than_it_is_to_count_is_retroactive() {
    let all = waiver(&with("ticket", "ticket = 'RISK-12'\nfrom = 2026-10-01")).unwrap();
    let [read] = all.waivers.as_slice() else {
        panic!("{all:?}")
    };
    assert!(read.is_retroactive());
    assert_eq!(read.counts_from(), read.terms.approved);
}

#[test]
fn a_waiver_takes_the_place_of_one_that_is_there() {
    let newer = with("ticket", "ticket = 'RISK-13'\nsupersedes = ['sitte']");
    let files = |newer: &str| {
        vec![
            kept(Kind::Waivers, "site", WAIVER),
            kept(Kind::Waivers, "site-again", newer),
        ]
    };
    let wrong = said(Governance::parse(files(&newer)).unwrap_err());
    assert_eq!(
        wrong,
        ["7:1 there is no other waiver `sitte` for it to take the place of / did you mean `site`?"]
    );
    assert!(Governance::parse(files(&newer.replace("sitte", "site"))).is_ok());
}

#[test]
fn a_response_speaks_of_a_check_or_a_criterion() {
    let read = |text: &str| Governance::parse(vec![kept(Kind::Responses, "public", text)]);
    let all = read(RESPONSE).unwrap();
    assert_eq!(all.responses[0].said.author, "Ann Poe");
    let none = RESPONSE.split_once('\n').unwrap().1;
    assert_eq!(
        said(read(none).unwrap_err()),
        ["1:1 a response needs `check` or `criterion` / write check = \"…\" or criterion = \"…\""]
    );
}

fn settings(text: &str, base: &Path) -> (Settings, File) {
    let file = File::new("tieout.toml", text);
    let mut reader = crate::complaint::table::Reader::new(&file);
    let table = reader.parse().unwrap();
    let settings = Settings::read(&mut reader, &table, base);
    assert!(reader.complaints.is_empty(), "{:?}", reader.complaints);
    drop(table);
    (settings, file.clone())
}

#[test]
fn folders_are_read_if_they_are_there_and_must_be_where_they_are_named() {
    let place = tempfile::tempdir().unwrap();
    let base = place.path();
    let (quiet, file) = settings("", base);
    let none = Governance::load(Some(&file), &quiet).unwrap();
    assert!(none.files().is_empty());

    fs::create_dir(base.join("waivers")).unwrap();
    fs::write(base.join("waivers/site.toml"), WAIVER).unwrap();
    fs::write(base.join("waivers/README.md"), "notes").unwrap();
    let one = Governance::load(Some(&file), &quiet).unwrap();
    assert_eq!(one.files().len(), 1);

    let (named, file) = settings("responses = 'answers'\n", base);
    let wrong = said(Governance::load(Some(&file), &named).unwrap_err());
    assert_eq!(wrong.len(), 1);
    assert!(wrong[0].starts_with("1:13 "), "{wrong:?}");
    assert!(wrong[0].contains("answers cannot be read"), "{wrong:?}");
}

#[test]
fn what_a_bundle_keeps_is_the_same_again() {
    let place = tempfile::tempdir().unwrap();
    let base = place.path();
    fs::create_dir(base.join("risks")).unwrap();
    fs::write(base.join("risks/site.toml"), WAIVER).unwrap();
    let text = "[waivers]\nfolder = 'risks'\nmax_days = { high = 20 }\n[attestations]\nreport_max_days = 180\n";
    let (settings, file) = settings(text, base);
    let read = Governance::load(Some(&file), &settings).unwrap();
    let kept = read
        .files()
        .iter()
        .map(|kept| (kept.kind.name().to_owned(), kept.file.clone()));
    let again = Governance::recorded(kept).unwrap();
    assert_eq!(again.waivers, read.waivers);
    assert_eq!(again.limits.days(Severity::High), 20);
    assert_eq!(again.limits.days(Severity::Critical), 30);
    assert_eq!(again.limits.report_days(365), 180);
    assert_eq!(again.files(), read.files());
}

#[test]
fn a_limit_is_a_number_of_days_of_a_severity() {
    let file = File::new(
        "tieout.toml",
        "max_days = { hihg = 3, low = 0, info = 'x' }",
    );
    let mut reader = crate::complaint::table::Reader::new(&file);
    let table = reader.parse().unwrap();
    Limits::default().read_waivers(&mut reader, &table);
    let wrong: Vec<_> = reader.complaints.iter().map(|it| &it.message).collect();
    assert_eq!(
        wrong,
        [
            "`hihg` is no severity",
            "`max_days.low` is a whole number, not a number of days from 1",
            "`max_days.info` is text, not a number of days from 1",
        ]
    );
}

#[test]
fn the_age_of_a_report_is_a_number_of_days() {
    let limits = |text: &str| {
        let file = File::new("tieout.toml", text);
        let mut reader = crate::complaint::table::Reader::new(&file);
        let table = reader.parse().unwrap();
        let mut limits = Limits::default();
        limits.read_reports(&mut reader, &table);
        let wrong = reader.complaints.iter().map(|it| it.message.clone());
        (limits, wrong.collect::<Vec<_>>())
    };
    assert_eq!(limits("").0.report_days(365), 365);
    assert_eq!(limits("report_max_days = 0").0.report_days(365), 0);
    let (kept, wrong) = limits("report_max_days = '1y'");
    assert_eq!(wrong, ["`report_max_days` is text, not a number of days"]);
    assert_eq!(kept, Limits::default());
}

#[test]
fn a_record_of_a_later_version_is_not_passed_over() {
    let file = File::new("oaths/one.toml", "");
    let wrong = said(Governance::recorded([("oaths".to_owned(), file)]).unwrap_err());
    assert!(wrong[0].contains("no kind of record"), "{wrong:?}");
}
