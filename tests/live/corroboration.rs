//! Runs that are looked up in CloudTrail, which here is the emulator's memory of what it was asked.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use serde_json::Value;

use crate::emulator::Emulator;
use crate::{said, tieout};

/// Who scans, and what CloudTrail makes of it: one key is remembered well, of the other it loses a call and invents one.
const HONEST: &str = "ASIAREMEMBERED000000";
const FORGOTTEN: &str = "ASIAFORGOTTEN0000000";

/// Who looks up.
const AUDITOR: &str = "ASIAAUDITOR000000000";

fn acme() -> &'static Emulator {
    static ACME: OnceLock<Emulator> = OnceLock::new();
    ACME.get_or_init(|| {
        let loses = format!("iam:ListAccountAliases@{FORGOTTEN}");
        let invents = format!("iam:CreateUser@{FORGOTTEN}");
        Emulator::acme_with(&["--loses", &loses, "--invents", &invents])
    })
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

/// Scans with a key, and looks the run up: the folder of the result, and how it ended.
fn looked_up(key: &str, only: &[&str], name: &str) -> (PathBuf, PathBuf, Output) {
    let bundle = folder(&format!("{name}-run"));
    let out = folder(&format!("{name}-found"));
    let mut scan = tieout(acme().endpoint());
    scan.env("AWS_ACCESS_KEY_ID", key).arg("scan");
    for selector in only {
        scan.args(["--only", selector]);
    }
    let scanned = scan.arg("--out").arg(&bundle).output().unwrap();
    assert!(bundle.join("manifest.json").exists(), "{}", said(&scanned));
    let ended = tieout(acme().endpoint())
        .env("AWS_ACCESS_KEY_ID", AUDITOR)
        .arg("corroborate")
        .arg(&bundle)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    (bundle, out, ended)
}

fn result(out: &Path) -> Value {
    let text = std::fs::read_to_string(out.join("corroboration.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_call_of_a_run_is_found_and_no_other() {
    let (bundle, out, ended) = looked_up(HONEST, &["s3", "iam", "lambda", "kms"], "honest");
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
    let found = result(&out);
    assert_eq!(found["asked_for"]["values"], serde_json::json!([HONEST]));
    for list in ["missing", "differing", "unclaimed", "unread", "gaps"] {
        assert_eq!(found[list], serde_json::json!([]), "{list}");
    }
    assert!(found["matched"].as_array().unwrap().len() > 100);
    // The same again from what CloudTrail answered, with nobody to ask.
    let again = tieout("http://127.0.0.1:1")
        .args(["corroborate", "--format", "json", "--from"])
        .args([&out, &bundle])
        .output()
        .unwrap();
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["services"], found["services"]);
    assert_eq!(again["matched"], found["matched"]);
}

#[test]
fn what_one_side_lacks_is_named_and_is_the_exit_code() {
    let (_, out, ended) = looked_up(FORGOTTEN, &["iam.root*"], "forgotten");
    assert_eq!(ended.status.code(), Some(1), "{}", said(&ended));
    let found = result(&out);
    assert_eq!(found["missing"].as_array().unwrap().len(), 1);
    assert_eq!(found["missing"][0]["operation"], "ListAccountAliases");
    assert_eq!(found["unclaimed"].as_array().unwrap().len(), 1);
    let shown = said(&ended);
    for words in [
        "not in CloudTrail: iam:ListAccountAliases",
        "not in the bundle: CreateUser of iam.amazonaws.com",
        "does not show what the call",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn log_files_in_s3_tell_what_they_tell_in_a_folder() {
    let (top, storage) = crate::history::storage();
    let run = top.join("first");
    let found = |trail: &str, name: &str| {
        let out = folder(name);
        let ended = tieout(storage.endpoint())
            .arg("corroborate")
            .args([
                &run,
                Path::new("--trail"),
                Path::new(trail),
                Path::new("--out"),
            ])
            .arg(&out)
            .output()
            .unwrap();
        assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
        result(&out)
    };
    let on_disk = found(top.join("trail").to_str().unwrap(), "trail-disk");
    let in_s3 = found("s3://acme-evidence/soc2/trail", "trail-s3");
    for same in ["services", "matched", "not_corroborable"] {
        assert_eq!(on_disk[same], in_s3[same], "{same}");
    }
    assert_eq!(in_s3["missing"], serde_json::json!([]));
    let file = in_s3["trail"]["held"][0]["file"].as_str().unwrap();
    assert!(
        file.starts_with("s3://acme-evidence/soc2/trail/AWSLogs/"),
        "{file}"
    );
}
