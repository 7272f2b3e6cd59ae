//! Bundles that are damaged, or none.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::run::Place;

/// A file of recorded answers in the demo's bundle.
const CALLS: &str = "calls/123456789012/us-east-1/iam.ndjson.zst";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The demo's bundle as `it`, spoilt.
fn spoilt(spoil: impl FnOnce(PathBuf)) -> Place {
    let place = Place::empty();
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle");
    copy(&bundle, &place.path().join("it"));
    spoil(place.path().join("it"));
    place
}

/// Replays it, with and without a folder to write: it says so in these words, and nothing is written.
#[track_caller]
fn refused(place: &Place, says: &[&str]) {
    let held = place.holds();
    place.run(&["replay", "it"]).could_not_run(says);
    place
        .run(&["replay", "it", "--out", "again"])
        .could_not_run(says);
    assert_eq!(place.holds(), held);
}

const PROVES_NOTHING: &str = "help: get the bundle again from where it was made";

#[test]
fn the_bundle_itself_is_sound() {
    let ended = spoilt(|_| {}).run(&["replay", "it"]).with(1);
    assert!(ended.err.contains("the same as recorded, byte for byte"));
}

#[test]
fn a_byte_that_was_altered() {
    for file in [CALLS, "rules.ndjson.zst", "verdicts.ndjson.zst"] {
        let place = spoilt(|it| {
            let mut bytes = fs::read(it.join(file)).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(it.join(file), bytes).unwrap();
        });
        let what = format!("the bundle is damaged: {file}: it differs from the digest");
        refused(&place, &[&what, PROVES_NOTHING]);
    }
}

#[test]
fn a_file_that_was_cut_short() {
    let place = spoilt(|it| {
        let bytes = fs::read(it.join(CALLS)).unwrap();
        fs::write(it.join(CALLS), &bytes[..bytes.len() / 2]).unwrap();
    });
    refused(&place, &[CALLS, "it differs", PROVES_NOTHING]);
}

#[test]
fn a_file_that_is_gone_or_was_added() {
    let place = spoilt(|it| fs::remove_file(it.join(CALLS)).unwrap());
    refused(&place, &[CALLS, "it is missing", PROVES_NOTHING]);
    let place = spoilt(|it| {
        fs::copy(it.join(CALLS), it.join("calls/more.ndjson.zst")).unwrap();
    });
    refused(
        &place,
        &[
            "calls/more.ndjson.zst",
            "the manifest does not know it",
            PROVES_NOTHING,
        ],
    );
}

/// The demo's bundle with another manifest.
fn with_manifest(change: impl FnOnce(&mut Value)) -> Place {
    spoilt(|it| {
        let path = it.join("manifest.json");
        let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        change(&mut manifest);
        fs::write(path, manifest.to_string()).unwrap();
    })
}

#[test]
fn a_manifest_that_is_gone_or_no_manifest() {
    let place = spoilt(|it| fs::remove_file(it.join("manifest.json")).unwrap());
    let remedy = "help: name the folder that a scan wrote";
    refused(
        &place,
        &["it is not a bundle: it holds no manifest.json", remedy],
    );
    let place = spoilt(|it| fs::write(it.join("manifest.json"), "{ \"schema\"").unwrap());
    refused(
        &place,
        &["manifest.json: it is not JSON", "line 1", PROVES_NOTHING],
    );
    let place = with_manifest(|manifest| manifest["schema"] = json!("tieout-bundle/99"));
    refused(
        &place,
        &["says \"tieout-bundle/99\" where", "tieout-bundle/1", remedy],
    );
    let place = spoilt(|it| fs::write(it.join("manifest.json"), "[1]").unwrap());
    refused(&place, &["is not a bundle of this tool", remedy]);
    let place = with_manifest(|manifest| manifest["run"]["started"] = json!("yesterday"));
    refused(&place, &["manifest.json", PROVES_NOTHING]);
}

#[test]
fn a_manifest_that_tells_tales() {
    let place = with_manifest(|manifest| manifest["files"] = json!({}));
    refused(&place, &["it holds no digests", PROVES_NOTHING]);
    let place = with_manifest(|manifest| {
        let digest = manifest["files"][CALLS].clone();
        manifest["files"]["../outside"] = digest;
    });
    refused(
        &place,
        &["it names a file outside the bundle", PROVES_NOTHING],
    );
    let forget = |manifest: &mut Value| {
        manifest["files"].as_object_mut().unwrap().remove(CALLS);
    };
    refused(
        &with_manifest(forget),
        &["its Merkle root is not that of the files", PROVES_NOTHING],
    );
    // One that was recorded before there was a root.
    let place = with_manifest(|manifest| {
        forget(manifest);
        manifest.as_object_mut().unwrap().remove("merkle_root");
    });
    refused(
        &place,
        &[CALLS, "the manifest does not know it", PROVES_NOTHING],
    );
    let place = with_manifest(|manifest| {
        manifest["rules"]["s3.nobody_wrote_this"] = json!("0");
    });
    refused(&place, &["it lacks rules", PROVES_NOTHING]);
}

#[test]
fn what_is_no_bundle_at_all() {
    let place = Place::empty().with("it/readme.txt", "not a bundle");
    refused(&place, &["it is not a bundle", "help: name the folder"]);
    let place = Place::empty().with("it", "a file");
    refused(&place, &["it", "cannot be read", "help: name the folder"]);
    refused(
        &Place::empty(),
        &["it", "cannot be read", "help: name the folder"],
    );
}

#[test]
fn a_replay_that_would_show_nothing_says_so() {
    let place = spoilt(|_| {});
    place
        .run(&["replay", "it", "--format", "json"])
        .could_not_run(&["no folder for the report", "help: name a new folder"]);
}
