//! What was exported for the auditor: verified as it came, and caught whatever somebody did to it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::evidence::{Ended, copy, fresh, made, tieout};
use crate::forger::unsign;

type Files = BTreeMap<String, Vec<u8>>;

/// The run in the bundle, by which its folder is called.
fn run() -> String {
    let text = fs::read(made().join("bundle/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&text).unwrap();
    manifest["run"]["id"].as_str().unwrap().to_owned()
}

/// `it.zip`, with the bundle and the keys beside it.
fn exported(flags: &[&str]) -> TempDir {
    let place = copy();
    export(place.path(), flags).with(0);
    place
}

fn export(place: &Path, flags: &[&str]) -> Ended {
    let export = ["export", "bundle", "--for-auditor", "--out", "it.zip"];
    tieout([&export, flags].concat(), place)
}

/// The signed export. Made once.
fn signed() -> TempDir {
    static MADE: LazyLock<PathBuf> = LazyLock::new(|| {
        let file = fresh("verify-handed").join("it.zip");
        let export = ["export", "bundle", "--for-auditor", "--sign-key", "key.pem"];
        let out = ["--out", file.to_str().unwrap()];
        tieout([&export[..], &out].concat(), made()).with(0);
        file
    });
    let place = tempfile::tempdir().unwrap();
    fs::copy(&*MADE, place.path().join("it.zip")).unwrap();
    for key in ["key.pub.pem", "other.pub.pem"] {
        fs::copy(made().join(key), place.path().join(key)).unwrap();
    }
    place
}

fn verified(place: &Path, flags: &[&str]) -> Ended {
    tieout([&["verify", "it.zip"], flags].concat(), place)
}

fn unpacked(place: &Path) -> Files {
    let mut archive = ZipArchive::new(File::open(place.join("it.zip")).unwrap()).unwrap();
    let mut files = Files::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(entry.name().unwrap().into_owned(), bytes);
    }
    files
}

fn packed(place: &Path, files: &Files) {
    let mut archive = ZipWriter::new(File::create(place.join("it.zip")).unwrap());
    for (name, bytes) in files {
        let options = SimpleFileOptions::default();
        archive.start_file(name.as_str(), options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

/// The signed export, after somebody was in it.
fn touched(touch: impl FnOnce(&mut Files)) -> TempDir {
    let place = signed();
    let mut files = unpacked(place.path());
    touch(&mut files);
    packed(place.path(), &files);
    place
}

#[test]
fn as_it_was_exported_all_of_it_holds() {
    let place = signed();
    let flags = ["--key", "key.pub.pem", "--require-signature"];
    verified(place.path(), &flags).with(0).says(&[
        "verified      archive",
        "verified      contents",
        "files agree with SHA256SUMS, and there is no other",
        "verified      list ",
        "verified      signed list  with key",
        "verified      digests",
        "verified      signature    signed with key",
        "verified      replay",
        "verified      results",
        "all that was looked at holds; not verified: timestamp, chain",
    ]);
    // Unpacked, and in JSON, it says the same.
    for (name, bytes) in unpacked(place.path()) {
        let path = place.path().join("unpacked").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let arguments = [
        "verify",
        "unpacked",
        "--key",
        "key.pub.pem",
        "--format",
        "json",
    ];
    let told = tieout(arguments, place.path()).with(0).out;
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["run"], run());
    let steps = told["steps"].as_array().unwrap();
    let stands = |name: &str| &steps.iter().find(|it| it["name"] == name).unwrap()["standing"];
    for name in ["contents", "list", "signed list", "signature", "replay"] {
        assert_eq!(stands(name), "verified", "{name}");
    }
    fs::write(place.path().join("unpacked/notes.txt"), "").unwrap();
    tieout(["verify", "unpacked"], place.path())
        .with(1)
        .says(&["notes.txt: SHA256SUMS does not list it"]);
}

#[test]
fn one_byte_flipped_in_a_paper_or_in_the_bundle() {
    let run = run();
    let verdicts = format!("{run}/verdicts.ndjson.zst");
    for name in ["report.html", "workpapers.xlsx", "README.txt", &verdicts] {
        let place = touched(|files| {
            let bytes = files.get_mut(name).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        });
        let says = format!("{name}: it differs from its digest in SHA256SUMS");
        verified(place.path(), &["--key", "key.pub.pem"])
            .with(1)
            .says(&[
                "FAILED        contents",
                &says,
                "this is not what was exported",
            ]);
    }
}

#[test]
fn a_file_that_was_added_or_is_gone() {
    let run = run();
    let added = touched(|files| {
        files.insert("workpapers/summary.csv".to_owned(), b"all well".to_vec());
        files.insert(format!("{run}/notes.txt"), Vec::new());
    });
    verified(added.path(), &[]).with(1).says(&[
        "workpapers/summary.csv: SHA256SUMS does not list it",
        &format!("{run}/notes.txt: SHA256SUMS does not list it"),
        "notes.txt: the manifest does not know it",
    ]);
    let gone = touched(|files| {
        files.remove("oscal.json");
        files.remove(&format!("{run}/rules.ndjson.zst"));
    });
    verified(gone.path(), &[]).with(1).says(&[
        "oscal.json: it is missing",
        &format!("{run}/rules.ndjson.zst: it is missing"),
    ]);
    for name in ["SHA256SUMS", "SHA256SUMS.sha256", "SHA256SUMS.sig"] {
        let gone = touched(|files| drop(files.remove(name)));
        let says = format!("{name}: it is missing");
        verified(gone.path(), &["--key", "key.pub.pem"])
            .with(1)
            .says(&[&says]);
    }
}

#[test]
fn a_list_that_was_written_anew_is_not_the_one_that_was_signed() {
    let place = touched(|files| {
        files.insert("report.html".to_owned(), b"all well".to_vec());
        let about_the_list = |name: &String| name.starts_with("SHA256SUMS");
        let sum = |bytes: &[u8]| tieout::bundle::digest(bytes).sha256;
        let list: String = files
            .iter()
            .filter(|(name, _)| !about_the_list(name))
            .map(|(name, bytes)| format!("{}  {name}\n", sum(bytes)))
            .collect();
        let of_list = format!("{}  SHA256SUMS\n", sum(list.as_bytes()));
        files.insert("SHA256SUMS".to_owned(), list.into_bytes());
        files.insert("SHA256SUMS.sha256".to_owned(), of_list.into_bytes());
    });
    verified(place.path(), &["--key", "key.pub.pem"])
        .with(1)
        .says(&[
            "verified      contents",
            "SHA256SUMS.sig: none of the named keys made it",
        ]);
}

#[test]
fn signed_by_another_or_by_nobody() {
    let place = signed();
    verified(place.path(), &["--key", "other.pub.pem"])
        .with(1)
        .says(&[
            "FAILED        signed list",
            "SHA256SUMS.sig: none of the named keys made it",
        ]);
    verified(place.path(), &[])
        .with(0)
        .says(&["not verified  signed list", "name the key with --key"]);
    verified(place.path(), &["--require-signature"])
        .with(1)
        .says(&["SHA256SUMS.sig: a signature is required, and no key was named"]);
    let unsigned = exported(&[]);
    verified(unsigned.path(), &[])
        .with(0)
        .says(&["not verified  signed list  not signed"]);
    verified(unsigned.path(), &["--key", "key.pub.pem"])
        .with(1)
        .says(&["SHA256SUMS.sig: it is missing", "verified      signature "]);
}

/// Whoever signs the list signs the bundle in it.
#[test]
fn the_signed_list_vouches_for_a_bundle_that_was_never_signed() {
    let place = copy();
    unsign(&place.path().join("bundle"));
    export(place.path(), &["--sign-key", "key.pem"]).with(0);
    let flags = ["--key", "key.pub.pem", "--require-signature"];
    verified(place.path(), &flags).with(0).says(&[
        "verified      signed list  with key",
        "not verified  signature    not signed",
    ]);
}

#[test]
fn a_zip_that_nobody_should_unpack_is_refused_unread() {
    let place = touched(|files| drop(files.insert("../.bashrc".to_owned(), Vec::new())));
    verified(place.path(), &[]).with(1).says(&[
        "FAILED        archive",
        "the ZIP: ../.bashrc leads out of the folder",
        "not verified  contents  the ZIP is refused, so nothing in it was read",
    ]);
    let place = touched(|files| drop(files.insert("bomb".to_owned(), vec![0; 70 << 20])));
    verified(place.path(), &[])
        .with(1)
        .says(&["the ZIP: bomb would unpack from"]);
    // Half of it, as a download that broke off leaves it.
    let place = signed();
    let path = place.path().join("it.zip");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    verified(place.path(), &[])
        .with(1)
        .says(&["the ZIP: it does not read as a ZIP"]);
}

#[test]
fn a_byte_flipped_in_the_zip_itself_never_verifies_as_another_file() {
    let place = signed();
    let path = place.path().join("it.zip");
    let before = unpacked(place.path());
    let whole = fs::read(&path).unwrap();
    for part in 1..6 {
        let mut bytes = whole.clone();
        let at = whole.len() * part / 6;
        bytes[at] ^= 0x10;
        fs::write(&path, &bytes).unwrap();
        let ended = verified(place.path(), &["--key", "key.pub.pem"]);
        // Some bytes of a ZIP say nothing of what is in it, such as the time of a file.
        if ended.said.contains("all that was looked at holds") {
            assert_eq!(unpacked(place.path()), before, "byte {at}");
        } else {
            ended.with(1).says(&["this is not what was exported"]);
        }
    }
}

#[test]
fn what_is_no_zip_or_is_encrypted_is_said_to_be_that() {
    let place = copy();
    let to = age::x25519::Identity::generate().to_public().to_string();
    let export = ["export", "bundle", "--for-auditor", "--out", "it.zip.age"];
    tieout([&export[..], &["--encrypt-to", &to]].concat(), place.path()).with(0);
    tieout(["verify", "it.zip.age"], place.path())
        .with(2)
        .says(&[
            "it.zip.age is encrypted, and verify has no key to it",
            "help: decrypt it first",
            "age -d -i IDENTITY.txt -o it.zip it.zip.age",
        ]);
    tieout(["verify", "key.pem"], place.path())
        .with(2)
        .says(&["key.pem is neither a bundle nor a ZIP", "help: "]);
    let files = Files::from([("a.txt".to_owned(), b"hello".to_vec())]);
    packed(place.path(), &files);
    verified(place.path(), &[]).with(1).says(&[
        "SHA256SUMS: it is missing",
        "manifest.json: no folder in it holds one",
    ]);
}
