//! `tieout report`: the report of a run again, from its bundle, in whatever forms are asked for.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::output::Failure;
use super::rules::of_bundle;
use super::{replay, runtime, write};
use crate::bundle::{Bundle, Files, Folder};
use crate::config::Config;
use crate::report::Report;
use crate::scan;

/// Flags of `tieout report`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The scan is performed again from the answers in the bundle, and nothing is written where a verdict differs from the \
                  recorded one. The bundle stays as it is. It ends with 0 whatever the report says, and with 2 where it could not run."
)]
pub struct Args {
    /// The folder that a scan wrote
    bundle: PathBuf,
    /// New folder for the forms that are files
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    output: write::Output,
}

/// Performs the scan again and writes its report.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let output = args.output.prepared(&Config::default())?;
    match &args.out {
        Some(folder) => {
            outside(folder, &args.bundle)?;
            write::vacant(folder)?;
        }
        // Without a word on forms, the one that needs no folder.
        None if output.shows_alone() || !args.output.is_explicit() => {}
        None => {
            return Err(Failure::new(
                "there is no folder for the report",
                "name a new folder with --out, or ask for --format terminal alone",
            ));
        }
    }
    let bundle = Bundle::open(Folder(args.bundle.clone()))?;
    let report = again(&bundle)?;
    let next = match &args.out {
        Some(folder) => {
            let mut place = |name: &str, bytes: &[u8]| new_file(&folder.join(name), bytes);
            output.files(&report, &bundle.manifest.digests(), folder, &mut place)?
        }
        None => Vec::new(),
    };
    output.tell(&report, next)?;
    Ok(Exit::Clean)
}

/// The report of a bundle's run, with verdicts that are the recorded ones.
///
/// It is the run's own report and not that of a replay: same time, same bytes. A run that was killed never said when it
/// ended, so its report says it no more than the bundle does.
pub(super) fn again<F: Files>(bundle: &Bundle<F>) -> Result<Report, Failure> {
    let rules = of_bundle(bundle)?;
    let mut collected = runtime()?.block_on(scan::replay(bundle, &rules.schema))?;
    if bundle.is_sealed() {
        collected.run = bundle.manifest.run.clone();
    }
    let report = scan::report(&collected, &rules)?;
    replay::compare(bundle, &report)?;
    Ok(report)
}

/// Refuses a folder inside the bundle: what is put there later makes its manifest untrue.
fn outside(folder: &Path, bundle: &Path) -> Result<(), Failure> {
    let Ok(bundle) = fs::canonicalize(bundle) else {
        // Opening it says what is wrong with it.
        return Ok(());
    };
    let there = folder
        .ancestors()
        .map(|part| {
            if part.as_os_str().is_empty() {
                Path::new(".")
            } else {
                part
            }
        })
        .find_map(|part| fs::canonicalize(part).ok());
    if there.is_some_and(|there| there.starts_with(&bundle)) {
        return Err(Failure::new(
            format_args!("{} is inside the bundle", folder.display()),
            "a bundle is never added to: name a folder outside it with --out",
        ));
    }
    Ok(())
}

/// Writes a file that is not there yet, and the folders above it.
fn new_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let write = || -> io::Result<()> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)
    };
    write().map_err(|error| {
        Failure::new(
            format_args!("{} cannot be written: {error}", path.display()),
            "check that there is room and that you may write there, or name another folder with --out",
        )
    })
}
