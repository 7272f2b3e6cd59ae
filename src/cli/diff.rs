//! `tieout diff`: two runs side by side.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::ValueEnum;
use tokio::runtime::Runtime;

use super::exit::Exit;
use super::forms::misfit;
use super::forms::{colour, width};
use super::output::{Failure, note, shown};
use super::period::storage;
use super::runtime;
use crate::history::{HistoryError, Place, diff, s3};
use crate::report::html::history as html;
use crate::report::html::templates::Templates;
use crate::report::{json, terminal};

/// Exit codes of this command.
const EXITS: &str = "\
Exit codes:
  0  nothing opened, and nothing became unknown
  1  something opened: it fails, and did not or was waived. Lists for review and advice do not count
  2  it could not compare
  3  nothing opened, and something became unknown";

/// Flags of `tieout diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXITS)]
pub struct Args {
    /// The folder of the earlier run; or s3://bucket/prefix
    before: String,
    /// The folder of the run to hold against it
    after: String,
    /// Form of the comparison
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "terminal")]
    format: Format,
    /// Write it into this new file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Allow runs of different accounts: resources are then the same by kind, region and the rest of their ARN
    #[arg(long)]
    across: bool,
}

/// A form of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading here
    Terminal,
    /// Every change, with a JSON Schema
    Json,
    /// One self-contained page
    Html,
}

/// Compares.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    // Kept to the end: a bundle in S3 is read on it.
    let runtime = runtime()?;
    let [before, after] = [&args.before, &args.after].map(|name| one(name, &runtime));
    let found = diff::diff(before?, after?, args.across)?;
    let mut bytes = Vec::new();
    match args.format {
        Format::Json => json::pretty(&found, &mut bytes)?,
        Format::Html => {
            let templates = Templates::embedded().map_err(misfit)?;
            html::diff(&found, &templates, &mut bytes).map_err(misfit)?;
        }
        Format::Terminal => {
            let here = args.out.is_none();
            let options = terminal::Options {
                width: if here { width() } else { 100 },
                colour: here && colour(),
                ..terminal::Options::default()
            };
            terminal::diff(&found, &options, &mut bytes)?;
        }
    }
    match &args.out {
        Some(path) => {
            new_file(path, &bytes)?;
            note(format_args!("→ {}", path.display()));
        }
        None => {
            shown(|out| io::Write::write_all(out, &bytes))?;
        }
    }
    Ok(if found.opened() {
        Exit::Fails
    } else if found.became_unknown() {
        Exit::Unknown
    } else {
        Exit::Clean
    })
}

fn one(name: &str, runtime: &Runtime) -> Result<Place, Failure> {
    if !name.starts_with(s3::SCHEME) {
        return Ok(Place::folder(PathBuf::from(name)));
    }
    let sdk = storage(None, runtime)?;
    Ok(s3::bundle(name, &sdk, runtime.handle())?)
}

/// Writes a file that was not there.
fn new_file(path: &PathBuf, bytes: &[u8]) -> Result<(), Failure> {
    fs::File::create_new(path)
        .and_then(|mut file| io::Write::write_all(&mut file, bytes))
        .map_err(|error| {
            let remedy = "name a new file, in a folder that you may write, with --out";
            Failure::new(
                format_args!("{} cannot be written: {error}", path.display()),
                remedy,
            )
        })
}

impl From<HistoryError> for Failure {
    fn from(error: HistoryError) -> Self {
        let remedy = error.remedy();
        Self::new(error, remedy)
    }
}
