//! `tieout verify`: whether a bundle is what its run left, and whether its verdicts follow from its answers.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde::Serialize;

use super::exit::{self, Exit};
use super::output::{Failure, shown};
use super::rules::of_bundle;
use super::runtime;
use super::sign::unfit;
use crate::aws::redactable;
use crate::bundle::sign::PublicKey;
use crate::bundle::sign::timestamp::trust::Anchors;
use crate::bundle::verify::{Brought, Earlier, Lying, Standing, Step};
use crate::bundle::{Bundle, BundleError, CRITERIA, Folder, INPUTS, MANIFEST, Manifest, RULES};
use crate::report::text;
use crate::scan::{self, ScanError};

/// Flags of `tieout verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::VERIFY)]
pub struct Args {
    /// The folder that a scan wrote
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

/// All that was looked at, as `--format json` prints it.
#[derive(Debug, Serialize)]
struct Told<'a> {
    schema: &'static str,
    bundle: String,
    run: Option<&'a str>,
    /// `failed` where any step failed; `verified` says nothing of the steps that are `not_verified`.
    result: Standing,
    steps: &'a [Step],
}

/// Verifies.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let brought = args.brought()?;
    let files = Folder(args.bundle.clone());
    let lying = Lying::find(&files)?;
    let steps = all(&files, &lying, &brought)?;
    let failed = steps.iter().any(|step| step.standing == Standing::Failed);
    let told = Told {
        schema: "tieout.verify.v1",
        bundle: args.bundle.display().to_string(),
        run: lying.manifest.as_ref().ok().map(|it| it.run.id.as_str()),
        result: if failed {
            Standing::Failed
        } else {
            Standing::Verified
        },
        steps: &steps,
    };
    match args.format {
        Format::Json => shown(|out| {
            serde_json::to_writer_pretty(&mut *out, &told)?;
            out.write_all(b"\n")
        })?,
        Format::Terminal => shown(|out| terminal(out, &told))?,
    };
    Ok(if failed { Exit::Fails } else { Exit::Clean })
}

/// Every step on a bundle for which nobody brought anything.
pub(super) fn steps_of(bundle: &Path) -> Result<Vec<Step>, Failure> {
    let files = Folder(bundle.to_owned());
    let brought = Brought {
        beside: beside(bundle),
        ..Brought::default()
    };
    all(&files, &Lying::find(&files)?, &brought)
}

fn all(files: &Folder, lying: &Lying<'_, Folder>, brought: &Brought) -> Result<Vec<Step>, Failure> {
    let mut steps = lying.steps(brought, &redactable);
    match &lying.manifest {
        Ok(manifest) => steps.extend(again(files, manifest)?),
        Err(_) => steps.push(Step::not("replay", "there is no manifest to go by")),
    }
    Ok(steps)
}

impl Args {
    /// Reads what the flags name, so that a misspelt file is no verdict on the bundle.
    fn brought(&self) -> Result<Brought, Failure> {
        let mut keys = Vec::new();
        for path in &self.keys {
            let place = path.display().to_string();
            let key = PublicKey::from_pem(&read(path)?);
            keys.push(key.map_err(|error| unfit(&place, &error))?);
        }
        let mut certificates = String::new();
        for path in &self.tsa_ca {
            certificates.push_str(&read(path)?);
            certificates.push('\n');
        }
        let anchors = if self.tsa_ca.is_empty() {
            None
        } else {
            let anchors = Anchors::from_pem(&certificates).map_err(|what| {
                let named: Vec<_> = self.tsa_ca.iter().map(|it| it.display().to_string()).collect();
                Failure::new(
                    format_args!("{}: {what}", named.join(", ")),
                    "ask the authority for its certificate in PEM, a file that begins with BEGIN CERTIFICATE",
                )
            })?;
            Some(anchors)
        };
        let mut previous = Vec::new();
        for folder in &self.previous {
            previous.push(Earlier::read(folder)?);
        }
        Ok(Brought {
            keys,
            anchors,
            previous,
            beside: beside(&self.bundle),
            require_signature: self.require_signature,
            require_timestamp: self.require_timestamp,
        })
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| {
        Failure::new(
            format_args!("{} cannot be read: {error}", path.display()),
            "check the path",
        )
    })
}

/// The bundles that lie beside one. They are offered to the chain, which takes the one whose digest it knows; so what is no
/// bundle, or cannot be read, is passed over.
fn beside(bundle: &Path) -> Vec<Earlier> {
    let Ok(own) = bundle.canonicalize() else {
        return Vec::new();
    };
    let Some(Ok(entries)) = own.parent().map(fs::read_dir) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| *path != own && path.join(MANIFEST).is_file())
        .collect();
    folders.sort();
    folders
        .iter()
        .filter_map(|folder| Earlier::read(folder).ok())
        .collect()
}

/// The scan performed again, on what lies there.
fn again(files: &Folder, manifest: &Manifest) -> Result<Vec<Step>, Failure> {
    let bundle = Bundle::unheld(files.clone(), manifest.clone());
    // Whatever stands in the way stands in the bundle: it is a fault of it and no reason to stop.
    let rules = match of_bundle(&bundle) {
        Ok(rules) => rules,
        Err(failure) => return Ok(scan::verify::unable(failure, RULES)),
    };
    Ok(
        match runtime()?.block_on(scan::verify::again(&bundle, &rules)) {
            Ok(steps) => steps,
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

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();
const OPEN: Style = AnsiColor::Yellow.on_default();

fn terminal(out: &mut Vec<u8>, told: &Told<'_>) -> io::Result<()> {
    let colour = io::stdout().is_terminal()
        && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let styled = |style: Style, word: &str| {
        if colour {
            format!("{style}{word}{style:#}")
        } else {
            word.to_owned()
        }
    };
    for step in told.steps {
        let word = match step.standing {
            Standing::Verified => styled(GOOD, "verified    "),
            Standing::Failed => styled(BAD, "FAILED      "),
            Standing::NotVerified => styled(OPEN, "not verified"),
        };
        writeln!(
            out,
            "{word}  {:<10}  {}",
            step.name,
            text::shown(&step.what)
        )?;
        for fault in &step.faults {
            let line = fault
                .line
                .map_or_else(String::new, |line| format!(":{line}"));
            let what = text::shown(&fault.what);
            writeln!(
                out,
                "              {}{line}: {what}",
                text::shown(&fault.file)
            )?;
        }
    }
    let named = |standing: Standing| {
        let steps = told.steps.iter().filter(|step| step.standing == standing);
        steps.map(|step| step.name).collect::<Vec<_>>().join(", ")
    };
    let open = named(Standing::NotVerified);
    let open = if open.is_empty() {
        String::new()
    } else {
        format!("; not verified: {open}")
    };
    match told.result {
        Standing::Failed => writeln!(
            out,
            "\n{}: {}{open}",
            styled(BAD, "this bundle is not what its run left"),
            named(Standing::Failed)
        ),
        Standing::Verified | Standing::NotVerified => {
            writeln!(
                out,
                "\n{}{open}",
                styled(GOOD, "all that was looked at holds")
            )
        }
    }
}
