//! What a bundle says of itself: who, by which build and configuration, what was reached, how it adds up, what came before.

#[path = "manifest/form.rs"]
mod form;
#[path = "manifest/requests.rs"]
mod requests;

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::account::Account;
use crate::run::{Ended, Place, with_keys};

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(place: &Place, file: &str) -> Vec<u8> {
    fs::read(place.path().join(file)).unwrap()
}

fn read(place: &Place, file: &str) -> Value {
    serde_json::from_slice(&bytes(place, file)).unwrap()
}

/// The schema of manifests, and what is wrong with one by it.
fn schema() -> Value {
    serde_json::from_str(include_str!("../../schemas/manifest.v1.schema.json")).unwrap()
}

#[track_caller]
fn is_sound(manifest: &Value) {
    let schema = schema();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(manifest)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0]);
}

const CONFIG: &str = "only = ['s3', 'iam.access_key_is_rotated']\n\n[params.\"iam.access_key_is_rotated\"]\nmax_age_days = 60\n";

/// Acme, scanned into `runs/run-a` and then into `runs/run-b`, by a job of a CI system.
fn scanned_twice() -> (Place, [Ended; 2]) {
    let account = Account::acme();
    let place = Place::empty().with("tieout.toml", CONFIG);
    let scan = |out: &str, trigger: &[&str]| {
        let args = [&["scan", "--out", out, "--region", "eu-west-1"], trigger].concat();
        let mut command = with_keys(place.command(&args), &account.endpoint);
        for name in ["CI", "GITHUB_ACTOR", "GITHUB_EVENT_NAME", "TIEOUT_TRIGGER"] {
            command.env_remove(name);
        }
        command.env("GITHUB_ACTOR", "ada");
        Ended::of(command)
    };
    let first = scan("runs/run-a", &["--trigger", "scheduled"]);
    let second = scan("runs/run-b", &[]);
    (place, [first, second])
}

#[test]
fn a_run_tells_of_itself_and_of_the_run_before_it() {
    let (place, [first, second]) = scanned_twice();
    assert!(!first.err.contains("after run-"), "{}", first.err);
    let [a, b] =
        ["runs/run-a", "runs/run-b"].map(|run| read(&place, &format!("{run}/manifest.json")));
    is_sound(&a);
    is_sound(&b);

    // The chain.
    let id = a["run"]["id"].as_str().unwrap();
    assert!(
        second.err.contains(&format!("after {id}")),
        "{}",
        second.err
    );
    assert_eq!(a["run"]["origin"].get("previous"), None);
    assert_eq!(
        b["run"]["origin"]["previous"],
        json!({
            "run": id,
            "started": a["run"]["started"],
            "manifest_sha256": sha256(bytes(&place, "runs/run-a/manifest.json")),
        })
    );

    // On the page and on the terminal, too.
    let page = String::from_utf8(bytes(&place, "runs/run-b/report.html")).unwrap();
    let link = b["run"]["origin"]["previous"]["manifest_sha256"]
        .as_str()
        .unwrap();
    for shown in [
        id,
        link,
        "ada (GITHUB_ACTOR); what made it start is not stated",
        "<code>AKIAEXAMPLE</code>",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let says = "operator  ada (GITHUB_ACTOR), by a timetable (--trigger)";
    assert!(first.out.contains(says), "{}", first.out);
    // The digest goes onto the next line, because piped it is a hundred columns wide.
    for shown in [format!("after     {id}\n"), format!(" sha256:{link}\n")] {
        assert!(second.out.contains(&shown), "{}", second.out);
    }

    // Who, and by what.
    let origin = &a["run"]["origin"];
    assert_eq!(
        origin["operator"],
        json!({"value": "ada", "told_by": "GITHUB_ACTOR"})
    );
    assert_eq!(
        origin["trigger"],
        json!({"kind": "scheduled", "told_by": "--trigger"})
    );
    assert_eq!(
        b["run"]["origin"].get("trigger"),
        None,
        "nobody said, and nothing shows it"
    );
    let binary = fs::read(env!("CARGO_BIN_EXE_tieout")).unwrap();
    assert_eq!(origin["tool"]["sha256"], sha256(binary));
    let caller = &a["run"]["callers"][0];
    assert_eq!(caller["access_key_ids"], json!(["AKIAEXAMPLE"]));
    assert_eq!(caller["session"], "tieout");
    assert!(caller["user_id"].is_string(), "{caller}");
    let skew = origin["clock"]["skew_ms"].as_i64().unwrap();
    assert!(skew.abs() < 60_000, "{skew}");

    let services = a["scope"]["declared"]["services"].as_array().unwrap();
    assert!(services.contains(&json!("s3")), "{services:?}");
    assert!(
        !services.contains(&json!("tieout")),
        "files are no service of AWS"
    );

    // Under which configuration.
    let configuration = &a["configuration"];
    assert_eq!(
        configuration["file"],
        json!({"file": "tieout.toml", "sha256": sha256(CONFIG)})
    );
    let text = configuration["text"].as_str().unwrap();
    assert!(
        text.contains("only = [\"s3\", \"iam.access_key_is_rotated\"]"),
        "{text}"
    );
    assert!(text.contains("max_age_days = 60"), "{text}");
    assert_eq!(configuration["sha256"], sha256(text));
    let days = &a["parameters_in_force"]["iam.access_key_is_rotated"]["max_age_days"];
    assert_eq!(
        days,
        &json!({"value": 60, "default": 90, "set_by": {"file": "tieout.toml", "line": 4}})
    );
    let left = a["parameters_in_force"].as_object().unwrap().values();
    let set = left.flat_map(|names| names.as_object().unwrap().values());
    assert_eq!(set.filter(|one| one.get("set_by").is_some()).count(), 1);

    // Everything that stays the same from one scan to the next.
    for part in [
        "plan",
        "rules",
        "rulepack",
        "configuration",
        "parameters_in_force",
        "checks",
        "populations",
        "scope",
    ] {
        if part != "checks" {
            assert_eq!(a[part], b[part], "{part}");
        }
    }
    assert_eq!(a["run"]["origin"]["host"], b["run"]["origin"]["host"]);
}

#[test]
fn a_manifest_adds_up_to_its_report_and_to_its_rows() {
    let (place, _) = scanned_twice();
    let manifest = read(&place, "runs/run-a/manifest.json");
    let report = read(&place, "runs/run-a/report.json");
    let text = zstd::decode_all(&*bytes(&place, "runs/run-a/verdicts.ndjson.zst")).unwrap();
    let text = String::from_utf8(text).unwrap();
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines() {
        let verdict: Value = serde_json::from_str(line).unwrap();
        let check = verdict["check"].as_str().unwrap().to_owned();
        lines
            .entry(check)
            .or_default()
            .push_str(&format!("{line}\n"));
    }

    let judged: Vec<&Value> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["state"] != "left_out")
        .collect();
    let counts = manifest["checks"].as_array().unwrap();
    assert_eq!(counts.len(), judged.len());
    assert_eq!(manifest["scope"]["declared"]["checks"], counts.len());
    for (count, check) in counts.iter().zip(judged) {
        let id = check["id"].as_str().unwrap();
        assert_eq!(count["check"], id);
        let number = |of: &Value, name: &str| of[name].as_u64().unwrap();
        for name in [
            "discovered",
            "pass",
            "fail",
            "waived",
            "unknown",
            "not_applicable",
            "unlisted",
        ] {
            assert_eq!(number(count, name), number(check, name), "{id}: {name}");
        }
        let outcomes = ["pass", "fail", "waived", "unknown", "not_applicable"];
        let sum: u64 = outcomes.iter().map(|name| number(count, name)).sum();
        assert_eq!(sum, number(count, "discovered"), "{id}");
        let rows = lines.get(id).map_or("", String::as_str);
        assert_eq!(count["rows_sha256"], sha256(rows), "{id}");
        assert_eq!(manifest["rules"][id], check["sha256"]);
    }

    let calls = &manifest["calls"];
    for name in ["ok", "absent", "denied", "failed", "throttled"] {
        assert_eq!(calls[name], report["summary"]["calls"][name], "{name}");
        let services = calls["services"].as_array().unwrap();
        let sum: u64 = services.iter().map(|one| one[name].as_u64().unwrap()).sum();
        assert_eq!(calls[name], sum, "{name}");
    }
    assert!(calls["pages"].as_u64().unwrap() > 0);
    assert_eq!(manifest["evidence"]["verdicts"], text.lines().count());
    assert_eq!(
        manifest["gaps"].as_array().unwrap().len(),
        report["gaps"].as_array().unwrap().len()
    );
    let populations = report["populations"].as_array().unwrap();
    let listed = manifest["populations"]["listed"].as_array().unwrap();
    let empty = manifest["populations"]["empty"].as_u64().unwrap();
    assert_eq!(listed.len() as u64 + empty, populations.len() as u64);
    let disabled = manifest["scope"]["not_reached"].as_array().unwrap();
    assert!(disabled.iter().any(|one| one["region"] == "ap-east-1" && one["reasons"] == json!(["region_disabled"])));
}

#[test]
fn a_replay_says_that_it_is_one_and_keeps_the_runs_identity() {
    let (place, _) = scanned_twice();
    for out in ["again", "and-again"] {
        let replayed = place.run(&["replay", "runs/run-b", "--out", out]);
        assert!(replayed.err.contains("byte for byte"), "{}", replayed.err);
        assert!(
            !replayed.err.contains("recorded before"),
            "{}",
            replayed.err
        );
    }
    assert!(bytes(&place, "again/manifest.json") == bytes(&place, "and-again/manifest.json"));
    let run = read(&place, "runs/run-b/manifest.json");
    let replay = read(&place, "again/manifest.json");
    is_sound(&replay);
    assert_eq!(replay["replay"]["of"], run["run"]["id"]);
    assert_eq!(
        replay["replay"]["manifest_sha256"],
        sha256(bytes(&place, "runs/run-b/manifest.json"))
    );
    let mut same: Vec<&String> = run.as_object().unwrap().keys().collect();
    // Its reports say that they are of a replay.
    same.retain(|part| !["run", "files", "merkle_root"].contains(&part.as_str()));
    for part in same {
        assert_eq!(replay[part], run[part], "{part}");
    }
    let mut own = replay["run"].clone();
    own.as_object_mut().unwrap().remove("replayed");
    assert_eq!(own, run["run"]);
}

#[test]
fn another_accounts_run_is_no_run_before() {
    let (place, _) = scanned_twice();
    let mut foreign = read(&place, "runs/run-b/manifest.json");
    foreign["run"]["callers"][0]["account"] = json!("999988887777");
    let place = place.with("theirs/run-c/manifest.json", &foreign.to_string());
    let account = Account::acme();
    let scan = |args: &[&str]| {
        let args = [&["scan", "--only", "s3.versioning_enabled"], args].concat();
        place.scan_of(&account.endpoint, &args)
    };
    // Among others it is passed over.
    let passed = scan(&["--out", "theirs/run-d"]);
    assert!(!passed.err.contains("after run-"), "{}", passed.err);
    let manifest = read(&place, "theirs/run-d/manifest.json");
    assert_eq!(manifest["run"]["origin"].get("previous"), None);
    // Named, it is refused.
    scan(&["--previous", "theirs/run-c", "--out", "e"]).could_not_run(&[
        "theirs/run-c cannot be the run before this one",
        "it is of account 999988887777, and this run is of 123456789012",
        "help: name the bundle",
    ]);
    assert!(!place.path().join("e").exists());
    // A manifest that was kept elsewhere, and a folder of runs, can be named.
    for (named, out) in [("runs/run-a/manifest.json", "f"), ("runs", "g")] {
        let linked = scan(&["--previous", named, "--out", out]);
        assert!(linked.err.contains("after run-"), "{}", linked.err);
    }
    let latest = read(&place, "g/manifest.json");
    assert_eq!(
        latest["run"]["origin"]["previous"]["manifest_sha256"],
        sha256(bytes(&place, "runs/run-b/manifest.json"))
    );
}
