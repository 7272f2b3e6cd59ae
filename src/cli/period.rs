//! `tieout period`: a window of time, as the runs in it saw it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use aws_types::SdkConfig;
use clap::ValueEnum;
use jiff::civil::Date;
use tokio::runtime::Runtime;

use super::exit::Exit;
use super::forms::misfit;
use super::forms::{colour, width};
use super::output::{Failure, note, shown};
use super::runtime;
use super::write::vacant;
use crate::aws::session::{self, Options};
use crate::config::{Config, days};
use crate::history::period::{self, Periods, Window};
use crate::history::timeline::History;
use crate::history::{Place, place, s3};
use crate::report::html::history as html;
use crate::report::html::templates::Templates;
use crate::report::{json, period as forms, terminal};
use crate::scan::ScanError;

/// What the command says at its end, and the model in short.
const HELP: &str = "\
A state is evidenced at the instants of runs. Between two runs with the same outcome and the same rule it is the same at both \
ends, and no more is claimed. A day (UTC) without a run is a gap, never a pass. A bundle that is damaged is left out by name.

Exit codes:
  0  the report is written, whatever it says
  2  it could not be made";

/// Flags of `tieout period`.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// Folder in which the bundles of the runs are, each a folder with manifest.json; or s3://bucket/prefix
    history: String,
    /// The first day of the window, in UTC
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Date,
    /// The last day of the window
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Date,
    /// An account, where the history is of several; repeatable [default: all, each by itself]
    #[arg(long = "account", value_name = "ID")]
    accounts: Vec<String>,
    /// How often a run was planned: 1d, 7d, 1w [default: `every` under [period] in tieout.toml, or 1d]
    #[arg(long, value_name = "DAYS", value_parser = every)]
    every: Option<u32>,
    /// Form of the report; repeatable [default: all]
    #[arg(long = "format", value_enum, value_name = "FORMAT")]
    formats: Vec<Format>,
    /// New folder for the report
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Configuration file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Profile of the shared AWS configuration with which a history in S3 is read
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
}

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// `period.html`: one self-contained file
    Html,
    /// `period.xlsx`: a workbook, a sheet for each list
    Xlsx,
    /// `period.json`: everything, with a JSON Schema
    Json,
    /// On standard output
    Terminal,
}

fn every(text: &str) -> Result<u32, String> {
    days(text).ok_or_else(|| "write a number of days or weeks: 1d, 7d, 1w".to_owned())
}

/// Reports.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    if args.from > args.to {
        return Err(Failure::new(
            format_args!(
                "the window ends on {} before it begins on {}",
                args.to, args.from
            ),
            "name the first day with --from and the last with --to",
        ));
    }
    let config = Config::load(args.config.as_deref())?;
    let has = |format| args.formats.is_empty() || args.formats.contains(&format);
    let files = [Format::Html, Format::Xlsx, Format::Json]
        .into_iter()
        .any(has);
    let out = match &args.out {
        Some(folder) => {
            vacant(folder)?;
            Some(folder)
        }
        None if files => {
            return Err(Failure::new(
                "there is no folder for the report",
                "name a new folder with --out, or add --format terminal and no other",
            ));
        }
        None => None,
    };
    let window = Window {
        from: args.from,
        to: args.to,
        every_days: args.every.or(config.every_days).unwrap_or(1),
    };
    let far = || {
        Failure::new(
            format_args!(
                "the window {} to {} is out of every calendar",
                args.from, args.to
            ),
            "name days between the years 1 and 9999",
        )
    };
    // Kept to the end: a history in S3 is read on it.
    let runtime = runtime()?;
    let places = places(
        &args.history,
        args.profile.as_deref().or(config.profile.as_deref()),
        &runtime,
    )?;
    let until = period::end(args.to).ok_or_else(far)?;
    let history = History::glance(places)?;
    let mut all = Vec::new();
    // One account after the other: what its runs say is in memory while it is its turn.
    for account in history.accounts(&args.accounts)? {
        let timeline = history.timeline(&account, until);
        all.push(period::period(&timeline, &window).ok_or_else(far)?);
    }
    let periods = Periods::new(all).ok_or_else(far)?;
    if let Some(folder) = out {
        write(&periods, folder, has)?;
    }
    if has(Format::Terminal) {
        let options = terminal::Options {
            width: width(),
            colour: colour(),
            ..terminal::Options::default()
        };
        shown(|out| terminal::period(&periods, &options, out))?;
    }
    Ok(Exit::Clean)
}

fn write(periods: &Periods, folder: &Path, has: impl Fn(Format) -> bool) -> Result<(), Failure> {
    let unwritable = |path: &Path, error: &io::Error| {
        Failure::new(
            format_args!("{} cannot be written: {error}", path.display()),
            "check that there is room and that you may write there, or name another folder with --out",
        )
    };
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| unwritable(&path, &error))?;
        note(format_args!("→ {}", path.display()));
        Ok::<(), Failure>(())
    };
    if has(Format::Html) {
        let mut page = Vec::new();
        let templates = Templates::embedded().map_err(misfit)?;
        html::period(periods, &templates, &mut page).map_err(misfit)?;
        file("period.html", &page)?;
    }
    if has(Format::Xlsx) {
        let book = forms::workbook(periods).map_err(|error| {
            Failure::new(
                error,
                "leave the workbook out with --format html --format json",
            )
        })?;
        file("period.xlsx", &book)?;
    }
    if has(Format::Json) {
        let mut bytes = Vec::new();
        match periods.only() {
            Some(period) => json::pretty(period, &mut bytes)?,
            None => json::pretty(periods, &mut bytes)?,
        }
        file("period.json", &bytes)?;
    }
    Ok(())
}

/// The bundles of a history.
fn places(history: &str, profile: Option<&str>, runtime: &Runtime) -> Result<Vec<Place>, Failure> {
    if !history.starts_with(s3::SCHEME) {
        return Ok(place::bundles(Path::new(history))?);
    }
    let sdk = storage(profile, runtime)?;
    Ok(s3::bundles(history, &sdk, runtime.handle())?)
}

/// The configuration with which storage of the user's own is read: the credentials of whoever runs this.
pub(super) fn storage(profile: Option<&str>, runtime: &Runtime) -> Result<SdkConfig, Failure> {
    let options = Options {
        profile: profile.map(str::to_owned),
        role_arn: None,
        external_id: None,
        session_name: String::new(),
    };
    let sdk = runtime.block_on(session::own(&options, session::http_client()));
    Ok(sdk.map_err(ScanError::from)?)
}
