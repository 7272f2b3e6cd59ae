//! Acme's recorded account, exported without its names.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;
use zip::ZipArchive;

/// What names are hashed under here.
pub(crate) const KEY: &str = "8f6b6a2c9e1d4f70a3b5c7d9e0f1a2b3";

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    /// What it printed, and what it said beside.
    pub(crate) said: String,
}

impl Ended {
    #[track_caller]
    pub(crate) fn with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.said);
        self
    }

    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        assert!(self.said.contains(words), "{words:?} in {}", self.said);
    }
}

pub(crate) fn tieout(args: &[&str], place: &Path) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_tieout"))
        .args(args)
        .current_dir(place)
        .env("TIEOUT_REDACT_KEY", KEY)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    Ended {
        code: output.status.code(),
        said: String::from_utf8(said).unwrap(),
    }
}

/// Where Acme's recorded account lies.
pub(crate) fn acme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle")
}

/// A folder with `it.zip` in it, exported without the names of whom or what these words say.
pub(crate) fn exported(redact: &str, flags: &[&str]) -> TempDir {
    told(redact, flags).0
}

/// The same, with what the command said.
fn told(redact: &str, flags: &[&str]) -> (TempDir, String) {
    let place = tempfile::tempdir().unwrap();
    let acme = acme();
    let export = ["export", acme.to_str().unwrap(), "--for-auditor"];
    let how = ["--redact", redact, "--out", "it.zip"];
    let said = tieout(&[&export[..], &how, flags].concat(), place.path()).with(0);
    (place, said.said)
}

static MADE: LazyLock<(TempDir, String)> = LazyLock::new(|| told("accounts,people,names", &[]));

/// Without any names. Made once.
pub(crate) fn nameless() -> &'static Path {
    MADE.0.path()
}

/// The names that stay there all the same, as the command says.
pub(crate) fn left() -> Vec<&'static str> {
    let line = MADE
        .1
        .lines()
        .find_map(|line| line.split_once("use their words too: "));
    let line = line.or_else(|| {
        MADE.1
            .lines()
            .find_map(|line| line.split_once("uses their words too: "))
    });
    line.unwrap().1.split(", ").collect()
}

/// The files of a ZIP, those that are compressed as they read.
pub(crate) fn files(place: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(File::open(place.join("it.zip")).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for n in 0..archive.len() {
        let mut entry = archive.by_index(n).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name.ends_with(".zst") {
            bytes = zstd::decode_all(&*bytes).unwrap();
        }
        files.insert(name, bytes);
    }
    files
}

/// The lines of a file of the bundle in an export.
pub(crate) fn lines(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Value> {
    let (_, bytes) = files
        .iter()
        .find(|(file, _)| file.ends_with(name))
        .expect(name);
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The verdicts of the account with its names.
pub(crate) fn with_names() -> Vec<Value> {
    let bytes = fs::read(acme().join("verdicts.ndjson.zst")).unwrap();
    let text = String::from_utf8(zstd::decode_all(&*bytes).unwrap()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
