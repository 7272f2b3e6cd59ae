//! The workpapers, the samples and the printed report: what an auditor files, checked with the auditor's own tools.
//!
//! Needs LibreOffice, Poppler, Chromium and Python: papers that nobody has opened are not tested, so their absence fails.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its setting fails"
)]

mod sample;

#[path = "papers/arithmetic.rs"]
mod arithmetic;
#[path = "papers/command.rs"]
mod command;
#[path = "papers/draw.rs"]
mod draw;
#[path = "papers/hostile.rs"]
mod hostile;
#[path = "papers/office.rs"]
mod office;
#[path = "papers/print.rs"]
mod print;
#[path = "cli/run.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod run;
#[path = "papers/table.rs"]
mod table;
#[path = "papers/words.rs"]
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

use crate::run::Place;
use crate::table::Table;

/// A run over the recorded account, judged by this very build.
fn bundle() -> String {
    static RUN: LazyLock<Place> = LazyLock::new(|| {
        let place = Place::empty();
        place
            .run(&["demo", "--out", "run", "--format", "json"])
            .with(0);
        place
    });
    RUN.path().join("run").display().to_string()
}

/// Papers of the recorded account, made once for all tests that read them.
struct Papers {
    place: Place,
    report: Value,
}

static PAPERS: LazyLock<Papers> = LazyLock::new(|| {
    let place = Place::empty();
    let args = [
        "--format", "xlsx", "--format", "csv", "--format", "json", "--out", "papers",
    ];
    place
        .run(&[&["report", &bundle()], &args[..]].concat())
        .with(0);
    let report = fs::read(place.path().join("papers/report.json")).unwrap();
    Papers {
        report: serde_json::from_slice(&report).unwrap(),
        place,
    }
});

impl Papers {
    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join("papers").join(name)
    }

    /// A CSV file of the papers.
    fn csv(&self, name: &str) -> Table {
        Table::read(&self.path("workpapers").join(name))
    }

    fn rows(&self, list: &str) -> &Vec<Value> {
        self.report[list].as_array().unwrap()
    }

    /// The checks that the run judged.
    fn judged(&self) -> impl Iterator<Item = &Value> {
        self.rows("checks")
            .iter()
            .filter(|check| check["state"] != "left_out")
    }

    /// The verdicts of a check on resources.
    fn members<'p>(&'p self, check: &'p Value) -> impl Iterator<Item = &'p Value> {
        self.rows("verdicts").iter().filter(move |verdict| {
            verdict["check"] == check["id"] && !verdict["resource"].is_null()
        })
    }
}

/// Runs a tool that the tests need.
#[track_caller]
fn tool(command: &mut Command, package: &str) -> Vec<u8> {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}\nhelp: apt-get install {package}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    output.stdout
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
