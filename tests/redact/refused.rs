//! What is refused, and what it says to do.

use std::fs;
use std::path::{Path, PathBuf};

use crate::exported::{acme, nameless, tieout};

#[test]
fn without_a_key_that_nobody_guesses_nothing_is_written() {
    let place = tempfile::tempdir().unwrap();
    let acme = acme();
    let export = [
        "export",
        acme.to_str().unwrap(),
        "--for-auditor",
        "--redact",
        "names",
    ];
    fs::write(place.path().join("short.key"), "secret\n").unwrap();
    let flags = ["--redact-key", "short.key"];
    let said = tieout(&[&export[..], &flags].concat(), place.path()).with(2);
    said.says("the key in short.key cannot be used: it has 6 characters");
    said.says("openssl rand -hex 32 > redact.key");
    let flags = ["--redact-key", "none.key"];
    let said = tieout(&[&export[..], &flags].concat(), place.path()).with(2);
    said.says("the key none.key cannot be read");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

/// The bundle in the export, unpacked below a folder.
fn unpacked(place: &Path) -> PathBuf {
    let file = fs::File::open(nameless().join("it.zip")).unwrap();
    let folder = place.join("unpacked");
    zip::ZipArchive::new(file)
        .unwrap()
        .extract(&folder)
        .unwrap();
    let mut entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    entries
        .find(|path| path.join("manifest.json").is_file())
        .unwrap()
}

#[test]
fn an_answer_with_names_among_those_without_is_noticed() {
    let place = tempfile::tempdir().unwrap();
    let run = unpacked(place.path());
    let calls = fs::read_dir(run.join("calls"))
        .unwrap()
        .map(|it| it.unwrap().path());
    let account = calls
        .into_iter()
        .find(|it| !it.ends_with("caller"))
        .unwrap();
    let file = account.join("us-east-1/kms.ndjson.zst");
    let lines = zstd::decode_all(&*fs::read(&file).unwrap()).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let (before, rest) = lines.split_once("\"arrived\":\"").unwrap();
    let (_, after) = rest.split_once("\",").unwrap();
    let altered = zstd::encode_all(format!("{before}{after}").as_bytes(), 1).unwrap();
    fs::write(file, altered).unwrap();
    let said = tieout(&["verify", run.to_str().unwrap()], place.path()).with(1);
    said.says("names were taken out of this answer or out of the run, and not of both");
}

#[test]
fn a_bundle_without_names_has_none_to_take_out_and_none_to_look_up() {
    let place = tempfile::tempdir().unwrap();
    let run = unpacked(place.path());
    let run = run.to_str().unwrap();
    let said = tieout(
        &["export", run, "--for-auditor", "--redact", "names"],
        place.path(),
    )
    .with(2);
    said.says("names were taken out of this bundle already");
    let said = tieout(&["corroborate", run], place.path()).with(2);
    said.says("names were taken out of this bundle");
}
