//! `tieout replay`: a scan performed again from the answers in its bundle.

use std::path::PathBuf;
use std::sync::Arc;

use super::exit::{self, Exit, Threshold};
use super::output::{Failure, note};
use super::rules::of_bundle;
use super::{runtime, write};
use crate::bundle::{Bundle, Files, Folder, Writer};
use crate::config::Config;
use crate::report::Report;
use crate::scan::{self, origin};

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
    #[command(flatten)]
    threshold: Threshold,
}

/// Replays, and holds the verdicts against the recorded ones.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let output = args.output.prepared(&Config::default())?;
    match &args.out {
        Some(folder) => write::vacant(folder)?,
        None if output.shows() => {}
        None => {
            return Err(Failure::new(
                "there is no folder for the report, and it is not to be shown here either",
                "name a new folder with --out, or add --format terminal",
            ));
        }
    }
    let bundle = Bundle::open(Folder(args.bundle.clone()))?;
    let lacks = bundle.manifest.lacks();
    if !lacks.is_empty() {
        note(format_args!(
            "recorded before manifests told this, so that it stays unknown: {}",
            lacks.join("; ")
        ));
    }
    let report = again(&bundle, args.out.as_ref(), &output)?;
    compare(&bundle, &report)?;
    Ok(args.threshold.exit(&report))
}

/// Reads, judges and reports a bundle again, into a folder if one is named.
pub(super) fn again<F: Files>(
    bundle: &Bundle<F>,
    out: Option<&PathBuf>,
    output: &write::Prepared,
) -> Result<Report, Failure> {
    let rules = of_bundle(bundle)?;
    let attempts = bundle.attempts()?;
    let copied = match out {
        Some(folder) => {
            let writer = Arc::new(Writer::new(folder));
            let manifest = scan::manifest::replayed(bundle, origin::tool());
            writer.begin(&manifest)?;
            scan::keep_rules(&*writer, &rules)?;
            scan::copy_attempts(&attempts, &writer);
            writer.end_calls()?;
            Some((writer, manifest))
        }
        None => None,
    };
    let mut collected = runtime()?.block_on(scan::recollect(
        &bundle.manifest,
        attempts,
        &rules.inputs,
        &rules.schema,
    ))?;
    collected.run.replayed = Some(bundle.manifest.run.id.clone());
    match copied {
        Some((writer, manifest)) => output.write(&writer, manifest, &collected, &rules),
        None => output.show(&collected, &rules),
    }
}

/// The replay's verdicts must be the recorded ones, byte for byte.
pub(super) fn compare<F: Files>(bundle: &Bundle<F>, report: &Report) -> Result<(), Failure> {
    let mut again = Vec::new();
    for verdict in &report.verdicts {
        again.extend(serde_json::to_vec(verdict).map_err(std::io::Error::from)?);
        again.push(b'\n');
    }
    let Some(recorded) = bundle.verdicts()? else {
        note(
            "the run was killed before it was judged, so there are no verdicts to compare; what it had not read is unknown",
        );
        return Ok(());
    };
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
