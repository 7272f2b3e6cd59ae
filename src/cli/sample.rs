//! `tieout sample`: rows of a population, chosen by the auditor's own seed.

use std::path::PathBuf;

use clap::ValueEnum;

use super::exit::Exit;
use super::output::{Failure, note, shown};
use super::report::again;
use crate::bundle::{Bundle, Folder};
use crate::check::Outcome;
use crate::complaint::nearest;
use crate::criteria::tally::CheckState;
use crate::report::sample::{Asked, draw};
use crate::report::{Check, Report};

/// Flags of `tieout sample`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every row is ranked by SHA-256(seed, a zero byte, row id); the rows of the smallest digests are taken and shown in the \
                  order of the population. The same seed draws the same rows from the same population, here or in any other tool."
)]
pub struct Args {
    /// The folder that a scan wrote
    bundle: PathBuf,
    /// The check whose population to draw from
    #[arg(long, value_name = "ID")]
    check: String,
    /// How many rows
    #[arg(long, value_name = "N")]
    size: usize,
    /// Any text; choose it yourself and write it down
    #[arg(long, value_name = "TEXT")]
    seed: String,
    /// Draw only from verdicts of this outcome; repeatable [default: from the whole population]
    #[arg(long = "outcome", value_enum, value_name = "OUTCOME")]
    outcomes: Vec<Of>,
    /// Form of the sample
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "terminal")]
    format: Form,
}

/// A form of a sample.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// For a person to read
    Terminal,
    /// The columns of the population's workpaper, and how each row was chosen
    Csv,
    /// Each row with its whole verdict
    Json,
}

/// `--outcome`.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Of {
    Pass,
    Fail,
    Unknown,
    NotApplicable,
}

impl From<Of> for Outcome {
    fn from(of: Of) -> Self {
        match of {
            Of::Pass => Self::Pass,
            Of::Fail => Self::Fail,
            Of::Unknown => Self::Unknown,
            Of::NotApplicable => Self::NotApplicable,
        }
    }
}

/// Draws and shows.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    if args.size == 0 {
        return Err(Failure::new(
            "a sample of no rows shows nothing",
            "ask for one row or more with --size",
        ));
    }
    let bundle = Bundle::open(Folder(args.bundle.clone()))?;
    let report = again(&bundle)?;
    let check = judged(&args.check, &report)?;
    let asked = Asked {
        size: args.size,
        seed: args.seed.clone(),
        outcomes: args.outcomes.iter().copied().map(Outcome::from).collect(),
    };
    let mut sample = draw(check, &report, asked)?;
    let counts = bundle.manifest.checks.iter().flatten();
    sample.rows_sha256 = counts
        .filter(|counts| *counts.check == *check.id)
        .map(|counts| counts.rows_sha256.clone())
        .next();
    // On stderr besides, for whoever reads only the rows.
    if !sample.is_complete() {
        note(format_args!(
            "INCOMPLETE: the population of {} could not be listed in full, so this sample is not drawn from all there is",
            check.id
        ));
    }
    if sample.drawn_from < args.size {
        note(format_args!(
            "{} rows were asked for, and {} is all there are",
            args.size, sample.drawn_from
        ));
    }
    shown(|out| match args.format {
        Form::Terminal => sample.text(&report.run.id, out),
        Form::Csv => sample.csv(out),
        Form::Json => sample.json(&report.run.id, out),
    })
}

/// The check, if the run judged it.
fn judged<'r>(id: &str, report: &'r Report) -> Result<&'r Check, Failure> {
    let Some(check) = report.checks.iter().find(|check| *check.id == *id) else {
        let known = report.checks.iter().map(|check| check.id.as_ref());
        let remedy = match nearest(id, known) {
            Some(like) => format!("did you mean {like}?"),
            None => "the report of the run lists its checks: `tieout report BUNDLE`".to_owned(),
        };
        return Err(Failure::new(
            format_args!("the run has no check {id}"),
            remedy,
        ));
    };
    if check.state == CheckState::LeftOut {
        return Err(Failure::new(
            format_args!(
                "the run was told not to judge {id}, so there is no population to draw from"
            ),
            "scan again without --skip for it, or draw from another check",
        ));
    }
    Ok(check)
}
