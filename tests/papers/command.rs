//! `tieout report`: what it writes, and what it refuses.

use std::fs;
use std::path::Path;

use crate::run::Place;
use crate::{bundle, files};

#[test]
fn it_is_the_report_of_the_run_itself_byte_for_byte() {
    let place = Place::empty();
    place.run(&["demo", "--out", "run"]).with(0);
    let before = files(&place.path().join("run"));
    let ended = place
        .run(&[
            "report", "run", "--format", "html", "--format", "json", "--out", "again",
        ])
        .with(0);
    assert!(ended.err.contains("the same as recorded, byte for byte"));
    for name in ["report.html", "report.json"] {
        let of = |folder: &str| fs::read(place.path().join(folder).join(name)).unwrap();
        assert!(of("run") == of("again"), "{name} differs");
    }
    assert!(
        before == files(&place.path().join("run")),
        "the bundle was touched"
    );
}

#[test]
fn without_a_word_on_forms_it_shows_the_report() {
    let place = Place::empty();
    let ended = place.run(&["report", &bundle()]).with(0);
    assert!(ended.out.contains("123456789012"));
    assert!(place.holds().is_empty());
}

#[test]
fn a_form_that_is_a_file_needs_a_folder_that_is_nobodys() {
    let place = Place::empty().with("full/notes.txt", "mine");
    let bundle = bundle();
    place
        .run(&["report", &bundle, "--format", "xlsx"])
        .could_not_run(&["no folder for the report", "--out"]);
    place
        .run(&["report", &bundle, "--format", "xlsx", "--out", "full"])
        .could_not_run(&["full is not empty", "--out"]);
    assert_eq!(place.holds().len(), 2);
}

#[test]
fn a_bundle_is_never_added_to() {
    let place = Place::empty();
    place
        .run(&["demo", "--out", "run", "--format", "json"])
        .with(0);
    let held = place.holds();
    for inside in ["run", "run/papers", "run/calls/papers/deep"] {
        place
            .run(&["report", "run", "--format", "csv", "--out", inside])
            .could_not_run(&["is inside the bundle", "outside it"]);
    }
    assert_eq!(place.holds(), held);
}

#[test]
fn a_scan_writes_workpapers_too_and_seals_them() {
    let place = Place::empty();
    place
        .run(&[
            "demo", "--out", "run", "--format", "xlsx", "--format", "csv",
        ])
        .with(0);
    let manifest = fs::read_to_string(place.path().join("run/manifest.json")).unwrap();
    for name in ["workpapers.xlsx", "workpapers/criteria.csv"] {
        assert!(Path::new(&place.path().join("run").join(name)).is_file());
        assert!(manifest.contains(&format!("\"{name}\"")), "{name}");
    }
    place.run(&["replay", "run"]).with(1);
}
