//! The form of a manifest: what is of an older one, and what is of none.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::{is_sound, read, scanned_twice, schema};

/// What was recorded before manifests told all this still opens, replays, and says what it lacks.
#[test]
fn a_bundle_from_before_is_read_and_says_what_it_lacks() {
    let (place, _) = scanned_twice();
    let mut old = read(&place, "runs/run-a/manifest.json");
    let names = old.as_object_mut().unwrap();
    names.retain(|name, _| {
        ["schema", "run", "plan", "rules", "parameters", "files"].contains(&name.as_str())
    });
    old["run"].as_object_mut().unwrap().remove("origin");
    is_sound(&old);
    fs::write(
        place.path().join("runs/run-a/manifest.json"),
        old.to_string(),
    )
    .unwrap();
    let replayed = place.run(&["replay", "runs/run-a"]);
    assert!(replayed.err.contains("byte for byte"), "{}", replayed.err);
    let says = "who started the run, on which machine and by which build";
    assert!(replayed.err.contains(says), "{}", replayed.err);
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle/manifest.json");
    is_sound(&serde_json::from_slice(&fs::read(recorded).unwrap()).unwrap());
}

#[test]
fn the_schema_is_closed() {
    let (place, _) = scanned_twice();
    let sound = read(&place, "runs/run-b/manifest.json");
    let validator = jsonschema::validator_for(&schema()).unwrap();
    assert!(validator.is_valid(&sound));
    let places = [
        "",
        "/run",
        "/run/origin",
        "/run/origin/tool",
        "/run/origin/previous",
        "/run/callers/0",
        "/scope",
        "/scope/declared",
        "/scope/reached",
        "/scope/not_reached/0",
        "/calls",
        "/calls/services/0",
        "/evidence",
        "/checks/0",
        "/populations",
        "/populations/listed/0",
        "/rulepack",
        "/configuration",
    ];
    for place in places {
        let mut changed = sound.clone();
        changed.pointer_mut(place).unwrap()["opinion"] = json!("clean");
        assert!(!validator.is_valid(&changed), "{place} takes any name");
    }
    // A root that is not that of the files is noticed when the bundle is opened.
    let mut edited = sound.clone();
    edited["merkle_root"] = json!("0".repeat(64));
    fs::write(
        place.path().join("runs/run-b/manifest.json"),
        edited.to_string(),
    )
    .unwrap();
    place
        .run(&["replay", "runs/run-b"])
        .could_not_run(&["manifest.json: its Merkle root is not that of the files"]);
}
