//! A history in S3 tells what the same folder on disk tells.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

use crate::emulator::Emulator;
use crate::logs::Trail;
use crate::{said, scans, tieout};

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("it can be listed").path();
        let into = to.join(path.file_name().expect("a file has a name"));
        if path.is_dir() {
            copied(&path, &into);
        } else {
            fs::copy(&path, &into).expect("a file can be copied");
        }
    }
}

/// The period's report, its places aside: they are where the bundles lie.
fn period(endpoint: &str, history: &str, name: &str) -> Value {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if out.exists() {
        fs::remove_dir_all(&out).expect("the last report can be removed");
    }
    let today = &scans()[0].report["run"]["started"]
        .as_str()
        .expect("a run has a start")[..10];
    let ended = tieout(endpoint)
        .args([
            "period", history, "--from", today, "--to", today, "--format", "json", "--out",
        ])
        .arg(&out)
        .output()
        .expect("tieout runs");
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
    let text = fs::read_to_string(out.join("period.json")).expect("the report is there");
    let mut period: Value = serde_json::from_str(&text).expect("it is JSON");
    for run in period["runs"].as_array_mut().expect("it lists runs") {
        let place = run["place"].take();
        assert!(
            place
                .as_str()
                .is_some_and(|place| place.starts_with(history)),
            "{place}"
        );
    }
    period
}

/// A folder with the bundles of both scans and the log files of a trail, and an account that has the same in a bucket.
pub(crate) fn storage() -> &'static (PathBuf, Emulator) {
    static STORAGE: OnceLock<(PathBuf, Emulator)> = OnceLock::new();
    STORAGE.get_or_init(|| {
        let top: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("live-history");
        if top.exists() {
            fs::remove_dir_all(&top).expect("the last history can be removed");
        }
        for (scan, name) in scans().iter().zip(["first", "second"]) {
            copied(&scan.bundle, &top.join(name));
        }
        Trail::of(&scans()[0].bundle, false).write(&top.join("trail"));
        let storage = Emulator::storage(&top);
        (top, storage)
    })
}

#[test]
fn a_history_in_s3_is_that_of_the_folder() {
    let (top, storage) = storage();
    let history = top.display().to_string();
    let on_disk = period("http://127.0.0.1:1", &history, "live-period-disk");
    let in_s3 = period(
        storage.endpoint(),
        "s3://acme-evidence/soc2",
        "live-period-s3",
    );
    assert_eq!(on_disk["summary"]["runs"], 2);
    assert!(on_disk == in_s3, "S3 tells something else");
    let refused = tieout(storage.endpoint())
        .args([
            "period",
            "s3://acme-locked/soc2",
            "--from",
            "2026-01-01",
            "--to",
            "2026-01-01",
        ])
        .args(["--format", "terminal"])
        .output()
        .expect("tieout runs");
    let words = said(&refused);
    assert_eq!(refused.status.code(), Some(2), "{words}");
    assert!(
        words.contains("s3://acme-locked/soc2 cannot be read: access denied"),
        "{words}"
    );
    assert!(words.contains("s3:ListBucket"), "{words}");
    let missing = tieout(storage.endpoint())
        .args([
            "period",
            "s3://acme-nowhere/soc2",
            "--from",
            "2026-01-01",
            "--to",
            "2026-01-01",
        ])
        .args(["--format", "terminal"])
        .output()
        .expect("tieout runs");
    assert!(
        said(&missing).contains("there is no such bucket"),
        "{}",
        said(&missing)
    );
}
