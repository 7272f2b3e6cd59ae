//! `tieout replay`: a scan performed again from the answers in its bundle.

use std::path::PathBuf;
use std::sync::Arc;

use super::exit::{self, Exit};
use super::output::{Failure, note};
use super::rules::of_bundle;
use super::scan::runtime;
use super::write;
use crate::bundle::{Bundle, Files, Folder, Manifest, Writer};
use crate::check::Severity;
use crate::config::Config;
use crate::report::Report;
use crate::scan;

/// Flags of `tieout replay`.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub struct Args {
    /// The folder that a scan wrote
    bundle: PathBuf,
    /// Write the replay's reports and bundle into this new folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    output: write::Output,
}

/// Replays, and holds the verdicts against the recorded ones.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let output = args.output.prepared(&Config::default())?;
    if let Some(folder) = &args.out {
        write::vacant(folder)?;
    }
    let bundle = Bundle::open(Folder(args.bundle.clone()))?;
    let report = again(&bundle, args.out.as_ref(), &output)?;
    compare(&bundle, &report)?;
    Ok(exit::of(&report, Severity::Info))
}

/// Reads, judges and reports a bundle again, into a folder if one is named.
pub(super) fn again<F: Files>(
    bundle: &Bundle<F>,
    out: Option<&PathBuf>,
    output: &write::Prepared,
) -> Result<Report, Failure> {
    let rules = of_bundle(&bundle.manifest, bundle.rules()?)?;
    let attempts = bundle.attempts()?;
    let copied = out.map(|folder| Arc::new(Writer::new(folder)));
    if let Some(writer) = &copied {
        writer.begin(&Manifest {
            files: Default::default(),
            ..bundle.manifest.clone()
        })?;
        scan::keep_rules(writer, &rules)?;
        scan::copy_attempts(&attempts, writer);
        writer.end_calls()?;
    }
    let collected =
        runtime()?.block_on(scan::recollect(&bundle.manifest, attempts, &rules.schema))?;
    match &copied {
        Some(writer) => output.write(writer, bundle.manifest.clone(), &collected, &rules),
        None => output.show(&collected, &rules),
    }
}

/// The replay's verdicts must be the recorded ones, byte for byte.
fn compare<F: Files>(bundle: &Bundle<F>, report: &Report) -> Result<(), Failure> {
    let mut again = Vec::new();
    for verdict in &report.verdicts {
        again.extend(serde_json::to_vec(verdict).map_err(std::io::Error::from)?);
        again.push(b'\n');
    }
    let recorded = bundle.verdicts()?;
    if again == recorded {
        note(format_args!(
            "{} verdicts, the same as recorded, byte for byte",
            report.verdicts.len()
        ));
        return Ok(());
    }
    let lines = |bytes: &[u8]| {
        bytes
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect::<Vec<_>>()
    };
    let (old, new) = (lines(&recorded), lines(&again));
    let differing = old
        .iter()
        .zip(&new)
        .position(|(old, new)| old != new)
        .unwrap_or(old.len().min(new.len()));
    Err(Failure::new(
        format_args!(
            "the replay's verdicts differ from the recorded ones, first in line {}",
            differing + 1
        ),
        format_args!(
            "the bundle was recorded by tieout {}; replay it with that version",
            bundle.manifest.run.tool
        ),
    ))
}
