//! What a resource costs in memory, with its facts, its links and the calls that told them; and what a verdict costs in
//! a report.
//!
//! Each row is a process of its own, so that none finds memory which another has left. *Live* is what the program asked
//! of the allocator and has not given back. *Resident* is what the operating system gave it for that, so it takes in the
//! allocator's rounding and waste (Linux tells it; elsewhere it is 0). *Peak* is the most that was live on the way.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark ends where its setting fails, and prints what it measured"
)]

mod company;

use std::process::Command;
use std::{env, fs};

use company::{Buckets, Users, checks, now, related};
use peak_alloc::PeakAlloc;
use tieout::criteria::Frameworks;
use tieout::inputs::Inputs;
use tieout::inventory::Inventory;
use tieout::inventory::kinds::schema;
use tieout::inventory::run::{Run, Scope};
use tieout::scan::{Collected, Rules, report};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const ROWS: [&str; 4] = ["users", "buckets", "users' report", "buckets' report"];

fn main() {
    // Cargo passes flags of its own, such as `--bench`.
    match env::args()
        .skip(1)
        .find(|given| ROWS.contains(&given.as_str()))
    {
        Some(row) => measure(&row),
        None => ROWS.iter().for_each(|row| {
            let done = Command::new(env::current_exe().unwrap()).arg(row).status();
            assert!(done.unwrap().success(), "{row}");
        }),
    }
}

fn measure(row: &str) {
    match row {
        "users" => {
            show(
                row,
                "resources",
                || related::<Users>(100_000),
                Inventory::len,
            );
        }
        "buckets" => {
            show(
                row,
                "resources",
                || related::<Buckets>(20_000),
                Inventory::len,
            );
        }
        "users' report" => {
            let (collected, rules) = reported("iam.user", related::<Users>(20_000));
            let made = || report(&collected, &rules).unwrap();
            show(row, "verdicts", made, |report| report.verdicts.len());
        }
        _ => {
            let (collected, rules) = reported("s3.bucket", related::<Buckets>(5_000));
            let made = || report(&collected, &rules).unwrap();
            show(row, "verdicts", made, |report| report.verdicts.len());
        }
    }
}

/// Builds something and says what its being there costs.
fn show<T>(row: &str, unit: &str, build: impl FnOnce() -> T, count: impl FnOnce(&T) -> usize) {
    let before = (ALLOCATOR.current_usage(), resident());
    ALLOCATOR.reset_peak_usage();
    let built = build();
    let live = ALLOCATOR.current_usage() - before.0;
    let resident = resident().saturating_sub(before.1);
    let peak = ALLOCATOR.peak_usage() - before.0;
    let count = count(&built);
    println!(
        "{row:16} {count:7} {unit:9}  each {:5} B live, {:5} B resident, {:5} B at the peak",
        live / count,
        resident / count,
        peak / count,
    );
}

/// Bytes of memory the operating system has given this process.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB"))
        .map_or(0, |kilobytes| 1024 * kilobytes.parse::<usize>().unwrap())
}

/// What is judged and reported of an inventory.
fn reported(kind: &str, inventory: Inventory) -> (Collected, Rules) {
    let run = Run {
        id: "run-2026-11-24T02-11-09Z".to_owned(),
        tool: "0".to_owned(),
        started: now(),
        finished: None,
        callers: Vec::new(),
        scope: Scope::default(),
        partial: false,
        replayed: None,
        redaction: None,
        origin: None,
    };
    let collected = Collected {
        run,
        inventory,
        coverage: Vec::new(),
        gaps: Vec::new(),
    };
    let rules = Rules {
        judged: checks(kind),
        left_out: Vec::new(),
        schema: schema(),
        frameworks: Frameworks::embedded().unwrap(),
        inputs: Inputs::default(),
        governance: tieout::govern::Governance::default(),
    };
    (collected, rules)
}
