//! The chain of runs: each names the manifest of the one before.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use tieout::bundle::digest;

use crate::evidence::{Ended, copy, made, replayed, tieout};
use crate::forger::replace_once;

/// The signed bundle, and `later`, the run after it.
fn chained() -> TempDir {
    let place = copy();
    let before = fs::read(place.path().join("bundle/manifest.json")).unwrap();
    replayed(place.path(), "later", |manifest| {
        let previous = json!({
            "run": manifest.run.id,
            "started": manifest.run.started,
            "manifest_sha256": digest(&before).sha256,
        });
        let tool =
            json!({"name": "tieout", "version": "0.1.0", "platform": "linux x86_64", "sdk": {}});
        let origin = json!({"tool": tool, "previous": previous});
        manifest.run.origin = Some(serde_json::from_value(origin).unwrap());
        manifest.run.id = "run-2026-11-30T02-10-14Z".to_owned();
    });
    place
}

fn verified(place: &Path, previous: &[&str]) -> Ended {
    let named = previous.iter().flat_map(|it| ["--previous", it]);
    tieout(["verify", "later"].into_iter().chain(named), place)
}

#[test]
fn the_run_before_lies_beside_or_is_named() {
    let place = chained();
    let says = "verified      chain       it follows run-";
    verified(place.path(), &[]).with(0).says(&[says]);
    verified(place.path(), &["bundle"]).with(0).says(&[says]);
    fs::remove_dir_all(place.path().join("bundle")).unwrap();
    verified(place.path(), &[]).with(0).says(&[
        "not verified  chain",
        "which is not beside it: name it with --previous",
    ]);
    let elsewhere = made().join("bundle");
    verified(place.path(), &[elsewhere.to_str().unwrap()])
        .with(0)
        .says(&[says]);
}

#[test]
fn without_their_names_runs_follow_each_other_as_well() {
    let place = chained();
    let key = place.path().join("redact.key");
    fs::write(key, "0123456789abcdef0123456789abcdef").unwrap();
    let unpacked = |bundle: &str| {
        let (zip, folder) = (format!("{bundle}.zip"), format!("{bundle}-without"));
        let export = ["export", bundle, "--for-auditor", "--out", &zip];
        let how = ["--redact", "accounts,people", "--redact-key", "redact.key"];
        tieout([&export[..], &how].concat(), place.path()).with(0);
        let file = fs::File::open(place.path().join(zip)).unwrap();
        let folder = place.path().join(folder);
        zip::ZipArchive::new(file)
            .unwrap()
            .extract(&folder)
            .unwrap();
        let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
        let mut runs = entries.filter(|path| path.join("manifest.json").is_file());
        runs.next().unwrap().to_str().unwrap().to_owned()
    };
    let (before, later) = (unpacked("bundle"), unpacked("later"));
    tieout(["verify", &later, "--previous", &before], place.path())
        .with(0)
        .says(&[
            "verified      chain       it follows run-",
            "verified      report      report.json is the same as recorded",
        ]);
    // The one with its names is not the one that is named.
    tieout(["verify", &later, "--previous", "bundle"], place.path())
        .with(1)
        .says(&["FAILED        chain"]);
}

#[test]
fn another_run_in_its_place_breaks_it() {
    let place = chained();
    let before = place.path().join("bundle/manifest.json");
    replace_once(&before, "\"partial\": false", "\"partial\":  false");
    let says = [
        "FAILED        chain",
        "bundle/manifest.json: run-2026-11-30T02-10-14Z followed a run-",
    ];
    verified(place.path(), &[]).with(1).says(&says);
    verified(place.path(), &["bundle"]).with(1).says(&says);
}

#[test]
fn a_run_that_it_does_not_follow_is_no_link() {
    let place = chained();
    verified(place.path(), &["bundle", "later-cut"])
        .with(1)
        .says(&[
            "FAILED        chain",
            "manifest.json: it does not follow run-",
        ]);
    // The first of a chain follows nothing.
    tieout(["verify", "bundle", "--previous", "later"], place.path())
        .with(1)
        .says(&["manifest.json: it follows no run, and later was named"]);
}
