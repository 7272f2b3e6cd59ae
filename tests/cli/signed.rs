//! Scans that are signed as they end, and what is left of one whose signature or timestamp fails.

use crate::account::Account;
use crate::run::{Ended, Place};
use crate::server::{Reply, serve};

/// A directory with a pair of keys.
fn with_keys() -> Place {
    let place = Place::empty();
    place.run(&["keys", "new", "--out", "key"]).with(0);
    place
}

fn scan(place: &Place, args: &[&str]) -> Ended {
    let few = ["scan", "--out", "run", "--only", "iam.root_has_mfa"];
    place.scan_of(&Account::acme().endpoint, &[&few, args].concat())
}

#[test]
fn a_scan_is_signed_and_all_it_says_verifies() {
    let place = with_keys().with("tieout.toml", "sign_key = 'key.pem'\n");
    let ended = scan(&place, &[]).with(0);
    assert!(ended.err.contains("→ signed with key "), "{}", ended.err);
    let told = place
        .run(&["verify", "run", "--key", "key.pub.pem"])
        .with(0);
    for step in [
        "signature",
        "replay",
        "counts",
        "report",
        "page",
        "arithmetic",
    ] {
        let verified = format!("verified      {step} ");
        assert!(told.out.contains(&verified), "{step}:\n{}", told.out);
    }
}

#[test]
fn a_scan_without_a_key_says_that_it_is_not_signed() {
    let place = Place::empty();
    let ended = scan(&place, &[]).with(0);
    assert!(ended.err.contains("→ not signed"), "{}", ended.err);
    place.run(&["verify", "run"]).with(0);
}

#[test]
fn a_key_that_cannot_be_used_stops_before_anything_is_asked() {
    let place = with_keys();
    scan(&place, &["--sign-key", "key.pub.pem"])
        .could_not_run(&["it is a public key; a private key signs", "help: "]);
    scan(&place, &["--sign-key", "nobody.pem"])
        .could_not_run(&["the key nobody.pem cannot be read", "help: "]);
    assert!(!place.path().join("run").exists());
}

#[test]
fn an_authority_that_fails_never_loses_the_run() {
    let authority = serve(|_| Reply::Answer(503, Vec::new(), Vec::new()));
    let place = with_keys();
    let flags = ["--sign-key", "key.pem", "--timestamp-url", &authority];
    let ended = scan(&place, &flags).with(2);
    for says in [
        "the bundle run is whole and has no timestamp",
        "it answers with 503",
        "help: `tieout sign BUNDLE --timestamp-url URL` asks again",
    ] {
        assert!(ended.err.contains(says), "{says}:\n{}", ended.err);
    }
    place
        .run(&["verify", "run", "--key", "key.pub.pem"])
        .with(0);
}
