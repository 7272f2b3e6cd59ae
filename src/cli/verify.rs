//! `tieout verify`: whether a bundle is what its run left, and whether its verdicts follow from its answers.
//!
//! What was exported for the auditor is verified as it came, too: first that all of it is there, then the bundle in it.

mod brought;
mod handed;
mod told;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::exit::{self, Exit};
use super::output::Failure;
use super::rules::of_bundle;
use super::runtime;
use crate::aws::redactable;
use crate::bundle::verify::{Brought, Lying, Standing, Step};
use crate::bundle::{Bundle, BundleError, CRITERIA, Files, Folder, INPUTS, Manifest, RULES};
use crate::report::Report;
use crate::scan::verify::Again;
use crate::scan::{self, ScanError};
use handed::Came;

/// Flags of `tieout verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::VERIFY)]
pub struct Args {
    /// The folder that a scan wrote, or what `tieout export --for-auditor` made of it: the ZIP as it came, or unpacked
    #[arg(value_name = "BUNDLE|FILE.zip")]
    bundle: PathBuf,
    /// Public key in PEM that must have signed; repeatable: one of them
    #[arg(long = "key", value_name = "PUBLIC.pem")]
    keys: Vec<PathBuf>,
    /// Certificate in PEM of an authority that must stand behind the timestamp; repeatable
    #[arg(long = "tsa-ca", value_name = "CA.pem")]
    tsa_ca: Vec<PathBuf>,
    /// Bundle of an earlier run in the chain; repeatable [default: what lies beside the bundle]
    #[arg(long, value_name = "BUNDLE")]
    previous: Vec<PathBuf>,
    /// An unsigned bundle is a fault, and so is one whose signer was not named with --key
    #[arg(long)]
    require_signature: bool,
    /// A bundle without a timestamp is a fault, and so is one whose authority was not named with --tsa-ca
    #[arg(long)]
    require_timestamp: bool,
    /// Form of what is said
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "terminal")]
    format: Format,
}

/// A form of what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line to a step
    Terminal,
    /// One JSON value
    Json,
}

/// What was looked at in one bundle.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// The run, where there is a manifest to go by.
    pub(super) run: Option<String>,
    /// Every step.
    pub(super) steps: Vec<Step>,
    /// The report that follows from the answers, where the scan could be performed again.
    pub(super) report: Option<Report>,
}

/// Verifies.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let brought = args.brought()?;
    let came = Came::find(&args.bundle)?;
    let looked = match &came {
        Came::Bundle(files) => bundle(files, &brought)?,
        Came::Unpacked(files) => handed::all(files, Vec::new(), brought)?,
        Came::Packed(packed) => handed::packed(packed, brought)?,
    };
    let failed = looked
        .steps
        .iter()
        .any(|step| step.standing == Standing::Failed);
    told::tell(args, &looked, failed, &came)?;
    Ok(if failed { Exit::Fails } else { Exit::Clean })
}

/// Every step on a bundle for which nobody brought anything.
pub(super) fn looked_at(folder: &Path) -> Result<Looked, Failure> {
    let brought = Brought {
        beside: brought::beside(folder),
        ..Brought::default()
    };
    bundle(&Folder(folder.to_owned()), &brought)
}

fn bundle<F: Files + Clone>(files: &F, brought: &Brought) -> Result<Looked, Failure> {
    let lying = Lying::find(files)?;
    let mut steps = lying.steps(brought, &redactable);
    let again = match &lying.manifest {
        Ok(manifest) => again(files, manifest)?,
        Err(_) => Again {
            steps: vec![Step::not("replay", "there is no manifest to go by")],
            report: None,
        },
    };
    steps.extend(again.steps);
    Ok(Looked {
        run: lying.manifest.ok().map(|manifest| manifest.run.id),
        steps,
        report: again.report,
    })
}

/// The scan performed again, on what lies there.
fn again<F: Files + Clone>(files: &F, manifest: &Manifest) -> Result<Again, Failure> {
    let bundle = Bundle::unheld(files.clone(), manifest.clone());
    // Whatever stands in the way stands in the bundle: it is a fault of it and no reason to stop.
    let rules = match of_bundle(&bundle) {
        Ok(rules) => rules,
        Err(failure) => return Ok(scan::verify::unable(failure, RULES)),
    };
    Ok(
        match runtime()?.block_on(scan::verify::again(&bundle, &rules)) {
            Ok(again) => again,
            Err(error) => {
                let file = match &error {
                    ScanError::Bundle(BundleError::Damaged { file, .. }) => file.clone(),
                    ScanError::Bundle(_) | ScanError::Session(_) | ScanError::Region { .. } => {
                        "calls".to_owned()
                    }
                    ScanError::Criterion(_) => CRITERIA.to_owned(),
                    ScanError::Inputs(_) => INPUTS.to_owned(),
                };
                scan::verify::unable(error, &file)
            }
        },
    )
}
