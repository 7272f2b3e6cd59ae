//! Scans that come to their end: whom they say they scan, what they ask, what they leave, and with what code they end.

use std::collections::BTreeSet;
use std::fs;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::account::Account;
use crate::run::{Ended, Place};
use crate::server::{Asked, Reply, refusal, xml};

fn report(place: &Place) -> Value {
    let text = fs::read_to_string(place.path().join("run/report.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Scans Acme into `run`, with these flags.
fn scan(account: &Account, args: &[&str]) -> (Place, Ended) {
    let place = Place::empty();
    let ended = place.scan_of(
        &account.endpoint,
        &[&["scan", "--out", "run"], args].concat(),
    );
    (place, ended)
}

#[test]
fn the_account_is_named_where_it_is_shown() {
    let (place, ended) = scan(&Account::acme(), &["--only", "iam.root_has_mfa"]);
    assert!(
        ended
            .err
            .contains("scanning account 123456789012 (acme) as arn:aws:sts::"),
        "{}",
        ended.err
    );
    assert!(
        ended.out.contains("account   123456789012 (acme)"),
        "{}",
        ended.out
    );
    assert_eq!(report(&place)["run"]["callers"][0]["alias"], "acme");
    let page = fs::read_to_string(place.path().join("run/report.html")).unwrap();
    assert!(page.contains("<bdi>acme</bdi>"));
}

/// That call is refused: EC2's errors have a form of their own.
fn deny(action: &'static str) -> impl Fn(&Asked) -> Option<Reply> {
    let code = "<Code>AccessDenied</Code><Message>not allowed</Message>";
    move |asked| {
        asked.is(action).then(|| {
            let of_ec2 = format!("<Response><Errors><Error>{code}</Error></Errors></Response>");
            match action {
                "DescribeRegions" => xml(403, &of_ec2),
                _ => refusal(403, "AccessDenied", "not allowed"),
            }
        })
    }
}

#[test]
fn an_account_whose_alias_is_denied_is_scanned_all_the_same() {
    let only = ["--only", "iam.root_has_mfa"];
    let (_, named) = scan(&Account::acme(), &only);
    let (place, ended) = scan(&Account::acme_but(deny("ListAccountAliases")), &only);
    assert_eq!(ended.code, named.code, "{}", ended.err);
    let report = report(&place);
    assert_eq!(report["run"]["callers"][0].get("alias"), None);
    let gaps = report["gaps"].as_array().unwrap();
    let gap = gaps
        .iter()
        .find(|gap| gap["operation"] == "ListAccountAliases")
        .unwrap();
    assert_eq!(
        (&gap["reason"], &gap["undecided"]),
        (&"denied".into(), &0.into())
    );
    let coverage = report["coverage"].as_array().unwrap();
    let line = |line: &&Value| line["service"] == "iam" && line["region"] == "global";
    assert_eq!(coverage.iter().find(line).unwrap()["denied"], 1);
    let again = place.run(&["replay", "run"]);
    assert!(again.err.contains("byte for byte"), "{}", again.err);
}

#[test]
fn regions_that_are_named_need_no_list_of_them() {
    let account = Account::acme_but(deny("DescribeRegions"));
    let (place, ended) = scan(&account, &["--only", "ec2.volume_encrypted"]);
    ended.could_not_run(&[
        "regions could not be listed: ec2:DescribeRegions: AccessDenied",
        "help: grant ec2:DescribeRegions",
    ]);
    assert!(place.holds().is_empty());

    let named = ["--only", "ec2.volume_encrypted", "--region", "eu-west-1"];
    let (place, ended) = scan(&account, &named);
    assert!(matches!(ended.code, Some(0 | 1)), "{}", ended.err);
    let report = report(&place);
    assert_eq!(
        report["run"]["scope"]["regions"],
        serde_json::json!(["eu-west-1"])
    );
    let gaps = report["gaps"].as_array().unwrap();
    assert!(gaps.iter().any(|gap| gap["operation"] == "DescribeRegions"));
}

#[test]
fn nothing_is_asked_that_the_printed_policy_does_not_allow() {
    let asked = Arc::<Mutex<BTreeSet<String>>>::default();
    let noted = asked.clone();
    let account = Account::acme_but(move |request| {
        let action = request.body.strip_prefix("Action=")?;
        let action = action.split('&').next()?;
        noted.lock().unwrap().insert(action.to_owned());
        None
    });
    let only = ["--only", "ec2.volume_*", "--only", "iam.root_*"];
    scan(&account, &only);
    let printed = Place::empty().run(&[&["policy"][..], &only].concat()).out;
    let policy: Value = serde_json::from_str(&printed).unwrap();
    let allowed: BTreeSet<&str> = policy["Statement"][0]["Action"]
        .as_array()
        .unwrap()
        .iter()
        .map(|action| action.as_str().unwrap().split(':').nth(1).unwrap())
        // It needs no permission.
        .chain(["GetCallerIdentity"])
        .collect();
    let asked = asked.lock().unwrap();
    assert!(asked.len() > 5, "{asked:?}");
    let outside: Vec<_> = asked
        .iter()
        .filter(|action| !allowed.contains(action.as_str()))
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
}

#[test]
fn the_exit_code_says_what_a_pipeline_must_know() {
    let account = Account::acme();
    let (place, ended) = scan(&account, &["--format", "json"]);
    ended.with(1);
    let report = report(&place);
    let checks = report["checks"].as_array().unwrap();
    let with = |wanted: &dyn Fn(&Value) -> bool| {
        let decides = |check: &&Value| check["outcome"] == "verdict" && wanted(check);
        let found = checks.iter().find(decides).expect("Acme has one of each");
        found["id"].as_str().unwrap()
    };
    let none = |check: &Value, outcome: &str| check[outcome] == 0;
    let settled = |check: &Value| none(check, "unknown") && none(check, "unlisted");
    let passes = with(&|check| settled(check) && none(check, "fail") && !none(check, "pass"));
    let fails = with(&|check| settled(check) && !none(check, "fail") && check["severity"] == "low");
    let unknown = with(&|check| none(check, "fail") && !none(check, "unknown"));
    for (args, expected) in [
        (&["--only", passes][..], 0),
        (&["--only", fails], 1),
        (&["--only", fails, "--fail-on", "low"], 1),
        (&["--only", fails, "--fail-on", "medium"], 0),
        (&["--only", unknown, "--fail-on", "critical"], 3),
        (&["--only", unknown, "--only", fails], 1),
    ] {
        let (_, ended) = scan(&account, args);
        assert_eq!(ended.code, Some(expected), "{args:?}: {}", ended.out);
    }
}

#[test]
fn a_machine_gets_what_it_asked_for_and_is_told_where() {
    let (place, ended) = scan(
        &Account::acme(),
        &["--only", "s3.versioning_enabled", "--format", "json"],
    );
    assert_eq!(ended.out, "");
    assert!(ended.err.contains("→ run/report.json"), "{}", ended.err);
    assert!(!ended.err.contains('\u{1b}'), "{:?}", ended.err);
    assert!(!ended.err.contains("reading"), "no progress in a log");
    let held = place.holds();
    assert!(held.contains(&"run/report.json".into()));
    assert!(!held.contains(&"run/report.html".into()));
}

#[test]
fn a_template_that_asks_for_what_there_is_not_is_found_before_anything_is_asked() {
    let place = Place::empty().with("page/masthead.hbs", "{{nothing_of_the_kind}}");
    place
        .scan_of("http://127.0.0.1:1", &["scan", "--templates", "page"])
        .could_not_run(&["masthead.hbs", "nothing_of_the_kind", "help: mend"]);
    assert_eq!(place.holds().len(), 2);
}

/// A framework of a user's own.
const HOUSE: &str = r#"
id    = "house"
title = "Rules of the house"
sections = [{ title = "Versions", criteria = ["V1"] }]

[[criterion]]
code         = "V1"
title        = "Old versions are kept"
statement    = "What is overwritten can be had back."
evidence     = "automated"
attestations = []
limits       = "Nothing."
"#;

fn criterion(place: &Place, bundle: &str) -> Value {
    let text = fs::read_to_string(place.path().join(bundle).join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let criteria = report["criteria"].as_array().unwrap();
    let own = criteria.iter().find(|one| one["id"] == "house:V1");
    own.unwrap().clone()
}

#[test]
fn a_replay_knows_the_criteria_that_the_run_was_judged_by() {
    let account = Account::acme();
    let check = include_str!("../../checks/s3/versioning_enabled.toml");
    let (before, after) = check.split_once("criteria").unwrap();
    let (_, after) = after.split_once('\n').unwrap();
    let place = Place::empty()
        .with(
            "mine/s3/own.toml",
            &format!("{before}criteria = [\"house:V1\"]\n{after}"),
        )
        .with("mine/criteria/house.toml", HOUSE);
    let args = [
        "scan", "--out", "run", "--checks", "mine", "--only", "s3.own",
    ];
    let scanned = place.scan_of(&account.endpoint, &args).with(1);
    assert!(scanned.err.contains("scanning"), "{}", scanned.err);
    assert_eq!(criterion(&place, "run")["result"], "exceptions");

    // The files themselves are gone by then.
    fs::remove_dir_all(place.path().join("mine")).unwrap();
    let again = place.run(&["replay", "run", "--out", "again"]).with(1);
    assert!(again.err.contains("byte for byte"), "{}", again.err);
    assert_eq!(criterion(&place, "again")["result"], "exceptions");
}
