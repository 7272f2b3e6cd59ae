//! What it takes to read a year: daily runs, a thousand resources, a few checks on each and many.
//!
//! Each row is a process of its own, so that none finds memory which another has left. *Peak* is the most that the program
//! held of the allocator at once. The history is made anew in a temporary folder and removed again.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark ends where its setting fails, and prints what it measured"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use peak_alloc::PeakAlloc;
use serde_json::json;
use sha2::{Digest, Sha256};
use tieout::history::period::{Window, end, period};
use tieout::history::place::bundles;
use tieout::history::timeline::History;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const RESOURCES: usize = 1_000;

/// Checks on each resource.
const ROWS: [(&str, usize); 2] = [("few", 3), ("many", 20)];

fn main() {
    // Cargo passes flags of its own, such as `--bench`.
    let asked = env::args()
        .skip(1)
        .find_map(|given| ROWS.into_iter().find(|(name, _)| *name == given));
    match asked {
        Some((name, checks)) => measure(name, checks),
        None => ROWS.iter().for_each(|(name, _)| {
            let done = Command::new(env::current_exe().unwrap()).arg(name).status();
            assert!(done.unwrap().success(), "{name}");
        }),
    }
}

fn measure(name: &str, checks: usize) {
    let top = tempfile::tempdir().unwrap();
    let (from, to): (Date, Date) = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    let mut day = from;
    while day <= to {
        write(top.path(), day, checks);
        day = day.checked_add(1.day()).unwrap();
    }
    ALLOCATOR.reset_peak_usage();
    let began = Instant::now();
    let history = History::glance(bundles(top.path()).unwrap()).unwrap();
    let accounts = history.accounts(&[]).unwrap();
    let timeline = history.timeline(accounts.first().unwrap(), end(to).unwrap_or(Timestamp::MAX));
    let reading = began.elapsed();
    let report = period(
        &timeline,
        &Window {
            from,
            to,
            every_days: 1,
        },
    )
    .unwrap();
    let whole = began.elapsed();
    assert_eq!((report.runs.len(), report.excluded.len()), (365, 0));
    assert_eq!(report.intervals.len(), RESOURCES * checks);
    println!(
        "{name:5} {:9} verdicts  read in {:5.1} s, reported in {:5.1} s, {:4} MB at the peak",
        365 * RESOURCES * checks,
        reading.as_secs_f64(),
        whole.as_secs_f64(),
        ALLOCATOR.peak_usage() / 1_000_000,
    );
}

/// A run's bundle, as far as a period reads it.
fn write(top: &Path, day: Date, checks: usize) {
    let at = format!("{day}T02:00:00Z");
    let folder = top.join(format!("run-{day}"));
    fs::create_dir(&folder).unwrap();
    let mut verdicts = String::new();
    for check in 0..checks {
        for resource in 0..RESOURCES {
            // One in a hundred fails for a while.
            let fails = resource % 100 == 0 && day.day_of_year() % 100 < 9;
            writeln!(
                verdicts,
                r#"{{"id":"{id:016x}","check":"s3.check_{check}","outcome":"{outcome}","severity":"high","kind":"s3.bucket","resource":"arn:aws:s3:::acme-bucket-{resource}","name":"acme-bucket-{resource}","account":"111122223333","region":"eu-west-1","evidence":[{{"path":"bucket.public_access.block_acls","value":true,"call":{{"service":"s3","operation":"GetPublicAccessBlock","account":"111122223333","region":"eu-west-1","parameters":"bucket=acme-bucket-{resource}","request_id":"{at}-{resource}","at":"{at}","sha256":"5b284967f85750ba28ca636f70fe6382ecdcf1fe9a92e363c2c47cb0e1e2e1da"}}}}]}}"#,
                id = check * RESOURCES + resource,
                outcome = if fails { "fail" } else { "pass" },
            )
            .unwrap();
        }
    }
    let (mut rules, mut digests) = (String::new(), BTreeMap::new());
    for check in 0..checks {
        let text = format!(
            "title = \"holds {check}\"\nseverity = \"high\"\nresource = \"s3.bucket\"\nrequire = 'true'\n"
        );
        digests.insert(format!("s3.check_{check}"), sha256(text.as_bytes()));
        let rule = json!({ "id": format!("s3.check_{check}"), "file": "", "text": text });
        writeln!(rules, "{rule}").unwrap();
    }
    let mut files = BTreeMap::new();
    for (name, text) in [
        ("verdicts.ndjson.zst", verdicts),
        ("rules.ndjson.zst", rules),
    ] {
        let packed = zstd::encode_all(text.as_bytes(), 3).unwrap();
        files.insert(
            name,
            json!({ "bytes": packed.len(), "sha256": sha256(&packed) }),
        );
        fs::write(folder.join(name), packed).unwrap();
    }
    let manifest = json!({
        "schema": "tieout-bundle/1",
        "run": {
            "id": format!("run-{day}"), "tool": "0", "started": at, "finished": at,
            "callers": [{ "account": "111122223333", "arn": "arn:aws:iam::111122223333:role/scan", "partition": "aws" }],
            "scope": {
                "regions_asked": [], "regions": ["eu-west-1"], "regions_disabled": [], "only": [], "skip": []
            },
            "partial": false,
        },
        "plan": [], "rules": digests, "parameters": {}, "files": files,
    });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
