//! The file for the auditor: what is in it, that it checks out with everybody's tools, and who can read it.

use std::fs;
use std::path::Path;
use std::process::Command;

use age::x25519::Identity;
use sha2::{Digest, Sha256};

use crate::account::Account;
use crate::run::{Ended, Place};

/// A run in `it`.
fn scanned() -> Place {
    let place = Place::empty();
    let flags = ["scan", "--out", "it", "--only", "iam.root*", "--format"];
    let account = Account::acme();
    place.scan_of(&account.endpoint, &[&flags[..], &["json"]].concat());
    assert!(place.path().join("it/manifest.json").is_file());
    place
}

fn export(place: &Place, flags: &[&str]) -> Ended {
    place.run(&[&["export", "it", "--for-auditor"], flags].concat())
}

/// Runs a shell's line in a folder: what it prints, with what it complains of.
#[track_caller]
fn shell(folder: &Path, line: &str) -> String {
    let ran = Command::new("sh")
        .args(["-ec", line])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap();
    assert!(ran.status.success(), "{line}: {said}");
    said
}

/// Unpacks `it.zip` into `unpacked`, with Python's own module.
fn unpacked(place: &Place) {
    shell(
        place.path(),
        "python3 -m zipfile -e it.zip unpacked && rm it.zip",
    );
}

#[test]
fn everything_is_in_it_and_checks_out_with_everybodys_tools() {
    let place = scanned();
    place.run(&["keys", "new", "--out", "key"]).with(0);
    let key = if place.path().join("key.pem").is_file() {
        "key.pem"
    } else {
        "key"
    };
    export(&place, &["--out", "it.zip", "--sign-key", key]).with(0);
    let run = fs::read_to_string(place.path().join("it/manifest.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&run).unwrap();
    let run = run["run"]["id"].as_str().unwrap();
    unpacked(&place);
    let folder = place.path().join("unpacked");
    for name in [
        "README.txt",
        "VERIFY.md",
        "report.html",
        "workpapers.xlsx",
        "oscal.json",
        "rules/iam.root_has_mfa.toml",
        "criteria/tsc2017.toml",
    ] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    shell(&folder, "sha256sum --check --strict --quiet SHA256SUMS");
    shell(&folder, "sha256sum --check --strict SHA256SUMS.sha256");
    let public = fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().contains("pub"))
        .unwrap();
    let verify = format!(
        "openssl pkeyutl -verify -pubin -inkey {} -rawin -in SHA256SUMS.sha256 -sigfile SHA256SUMS.sig",
        public.display()
    );
    assert!(shell(&folder, &verify).contains("Verified Successfully"));
    // The bundle inside is the bundle, and a scan can be performed again from it.
    place.run(&["verify", &format!("unpacked/{run}")]).with(0);
}

#[test]
fn the_same_bundle_makes_the_same_bytes() {
    let place = scanned();
    export(&place, &["--out", "one.zip"]).with(0);
    export(&place, &["--out", "two.zip"]).with(0);
    let digest = |name| Sha256::digest(fs::read(place.path().join(name)).unwrap());
    assert_eq!(digest("one.zip"), digest("two.zip"));
}

#[test]
fn encrypted_it_is_for_whoever_is_named() {
    let place = scanned();
    let auditor = Identity::generate();
    let to = auditor.to_public().to_string();
    export(&place, &["--out", "it.zip.age", "--encrypt-to", &to]).with(0);
    let sealed = fs::read(place.path().join("it.zip.age")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1"));
    fs::write(
        place.path().join("it.zip"),
        age::decrypt(&auditor, &sealed).unwrap(),
    )
    .unwrap();
    unpacked(&place);
    let folder = place.path().join("unpacked");
    shell(&folder, "sha256sum --check --strict --quiet SHA256SUMS");
}

#[test]
fn a_bundle_that_does_not_verify_is_refused_or_says_so_inside() {
    let place = scanned();
    let verdicts = place.path().join("it/verdicts.ndjson.zst");
    let text = zstd::decode_all(&*fs::read(&verdicts).unwrap()).unwrap();
    let text = String::from_utf8(text).unwrap();
    let edited = text.replacen("\"outcome\":\"fail\"", "\"outcome\":\"pass\"", 1);
    fs::write(&verdicts, zstd::encode_all(edited.as_bytes(), 3).unwrap()).unwrap();
    let held = place.holds();
    export(&place, &["--out", "it.zip"]).could_not_run(&[
        "does not verify",
        "verdicts.ndjson.zst",
        "help: ",
    ]);
    assert_eq!(place.holds(), held);
}

#[test]
fn nothing_is_overwritten_and_a_recipient_must_be_one() {
    let place = scanned().with("it.zip", "mine");
    export(&place, &["--out", "it.zip"]).could_not_run(&["it.zip", "help: nothing is overwritten"]);
    assert_eq!(
        fs::read_to_string(place.path().join("it.zip")).unwrap(),
        "mine"
    );
    export(&place, &["--out", "new.zip", "--encrypt-to", "age1nobody"])
        .could_not_run(&["age1nobody", "help: a recipient begins with age1"]);
    assert!(!place.path().join("new.zip").exists());
}

/// A rule that goes by how long a name is, which no pseudonym keeps.
const BY_LENGTH: &str = r#"
title    = "User has a short name"
severity = "low"
resource = "iam.user"
criteria = ["tsc2017:CC6.1"]
require  = "size(user.name) < 10"
why      = "It fits."
fix      = "Take a shorter one."
links    = ["https://names.example"]

[[example]]
name       = "it is short"
expect     = "pass"
given.user = { name = "ada" }

[[example]]
name       = "it is long"
expect     = "fail"
given.user = { name = "ada.of.lovelace" }
"#;

#[test]
fn names_that_a_rule_measures_are_not_taken_out_in_silence() {
    let place = Place::empty().with("mine/iam/name_is_short.toml", BY_LENGTH);
    let account = Account::acme();
    let only = ["--checks", "mine", "--only", "iam.name_is_short"];
    let scan = ["scan", "--out", "it", "--format", "json"];
    place.scan_of(&account.endpoint, &[&scan[..], &only].concat());
    let place = place.with("redact.key", "0123456789abcdef0123456789abcdef");
    let redact = |flags: &[&str]| {
        let how = ["--redact", "people", "--redact-key", "redact.key"];
        export(&place, &[&["--out", "it.zip"], &how[..], flags].concat())
    };
    let refused = redact(&[]).with(2);
    assert!(
        refused
            .err
            .contains("come to something else: iam.name_is_short of arn:aws:iam::"),
        "{}",
        refused.err
    );
    assert!(
        refused.err.contains("--keep WORD leaves a name"),
        "{}",
        refused.err
    );
    assert!(!place.path().join("it.zip").exists());

    let names = [
        "ada", "park", "ben", "ortiz", "chloe", "nguyen", "dmitri", "volkov", "erin", "walsh",
        "farid", "haddad",
    ];
    let more = [
        "tom",
        "berg",
        "agent",
        "backup",
        "deploy",
        "export",
        "metrics",
        "contractor",
        "ci",
        "qa",
    ];
    let keep = names.iter().chain(&more).flat_map(|name| ["--keep", name]);
    redact(&keep.collect::<Vec<_>>()).with(0);
}
