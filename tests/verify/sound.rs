//! A bundle that nobody touched.

use std::fs;

use serde_json::Value;

use crate::evidence::{copy, made, tieout};
use crate::forger::unsign;

#[test]
fn a_bundle_that_nobody_touched_verifies() {
    let ended = tieout(["verify", "bundle", "--key", "key.pub.pem"], made()).with(0);
    ended.says(&[
        "verified      digests",
        "verified      root",
        "verified      SHA256SUMS",
        "verified      signature   signed with key",
        "not verified  timestamp   none",
        "verified      calls",
        "verified      rules",
        "verified      replay",
        "verdicts, the same as recorded, byte for byte",
        "verified      run ",
        "verified      counts",
        "verified      results",
        "verified      report",
        "verified      arithmetic",
        "all that was looked at holds; not verified: timestamp, chain, page",
    ]);
}

#[test]
fn what_could_not_be_told_is_said_and_is_no_fault() {
    tieout(["verify", "bundle"], made()).with(0).says(&[
        "not verified  signature",
        "whole",
        "name it with --key",
    ]);
    let place = copy();
    unsign(&place.path().join("bundle"));
    tieout(["verify", "bundle"], place.path())
        .with(0)
        .says(&["not verified  signature   not signed"]);
}

#[test]
fn what_is_required_and_missing_is_a_fault() {
    let place = copy();
    let required = ["verify", "bundle", "--require-signature"];
    tieout(required, place.path())
        .with(1)
        .says(&["no key was named", "manifest.dsse.json"]);
    unsign(&place.path().join("bundle"));
    tieout(required, place.path())
        .with(1)
        .says(&["manifest.dsse.json: it is missing"]);
    tieout(["verify", "bundle", "--key", "key.pub.pem"], place.path())
        .with(1)
        .says(&["manifest.dsse.json: it is missing"]);
    tieout(["verify", "bundle", "--require-timestamp"], place.path())
        .with(1)
        .says(&["timestamp.tsr: it is missing"]);
}

#[test]
fn the_same_is_told_in_json() {
    let arguments = [
        "verify",
        "bundle",
        "--key",
        "key.pub.pem",
        "--format",
        "json",
    ];
    let ended = tieout(arguments, made()).with(0);
    let told: Value = serde_json::from_str(&ended.out).expect("it is JSON");
    assert_eq!(told["schema"], "tieout.verify.v1");
    assert_eq!(told["result"], "verified");
    let standing = |name: &str| {
        let steps = told["steps"].as_array().unwrap();
        let step = steps.iter().find(|step| step["name"] == name);
        step.unwrap_or_else(|| panic!("no step {name}"))["standing"].clone()
    };
    for name in [
        "manifest",
        "digests",
        "SHA256SUMS",
        "signature",
        "calls",
        "replay",
        "arithmetic",
    ] {
        assert_eq!(standing(name), "verified", "{name}");
    }
    assert_eq!(standing("timestamp"), "not_verified");
}

#[test]
fn a_signature_is_made_once_and_a_key_is_never_overwritten() {
    let place = copy();
    tieout(["sign", "bundle", "--key", "other.pem"], place.path())
        .with(2)
        .says(&[
            "is signed already, with key",
            "remove its manifest.dsse.json",
        ]);
    tieout(["keys", "new", "--out", "key"], place.path())
        .with(2)
        .says(&["key.pem is there already", "never overwritten"]);
    tieout(["verify", "bundle", "--key", "key.pem"], place.path())
        .with(2)
        .says(&["it is a private key", "ask the signer for the public key"]);
    tieout(["sign", "bundle", "--key", "key.pub.pem"], place.path())
        .with(2)
        .says(&["it is a public key"]);
}

#[test]
fn a_key_of_the_environment_signs_and_touches_no_other_file() {
    let place = copy();
    let bundle = place.path().join("bundle");
    unsign(&bundle);
    let before: Vec<Vec<u8>> = held(&bundle);
    let pem = fs::read_to_string(place.path().join("other.pem")).unwrap();
    let mut command = crate::evidence::command(["sign", "bundle"], place.path());
    command.env("TIEOUT_SIGN_KEY", pem);
    crate::evidence::Ended::of(command)
        .with(0)
        .says(&["signed with key"]);
    let after = held(&bundle);
    assert!(after.len() == before.len() + 1 && before.iter().all(|file| after.contains(file)));
    tieout(["verify", "bundle", "--key", "other.pub.pem"], place.path()).with(0);
}

fn held(bundle: &std::path::Path) -> Vec<Vec<u8>> {
    let names = crate::evidence::names(bundle);
    names
        .iter()
        .map(|name| fs::read(bundle.join(name)).unwrap())
        .collect()
}

#[cfg(unix)]
#[test]
fn a_private_key_is_nobody_elses_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |file: &str| {
        fs::metadata(made().join(file))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode("key.pem"), 0o600);
    assert_ne!(mode("key.pub.pem"), 0o600);
    let shown = tieout(["keys", "show", "key.pem"], made()).with(0).out;
    assert_eq!(
        shown,
        tieout(["keys", "show", "key.pub.pem"], made()).with(0).out
    );
    assert!(!shown.contains("PRIVATE"));
}
