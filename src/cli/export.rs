//! `tieout export`: one file for the auditor, who has no access to AWS and no reason to trust us.

mod contents;
mod redact;

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::output::{Failure, note};
use super::sign::Vouching;
use super::verify;
use crate::bundle::handover::Handover;
use crate::bundle::handover::encrypt::Recipients;
use crate::bundle::verify::{Standing, Step};
use crate::bundle::{Bundle, Folder};
use crate::config::Config;

/// Flags of `tieout export`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The bundle goes in byte for byte, beside what can be made of it: workpapers, OSCAL, the rules as files, and how to check all of \
                  it with tools that are everybody's. With --redact it goes in without names: its answers are rewritten, the scan is \
                  performed again on them, and nothing is written unless every verdict comes out as it did. The same bundle makes the same bytes, but for encryption. It ends with 0, or with 2 \
                  where nothing was written."
)]
pub struct Args {
    /// The folder that a scan wrote
    bundle: PathBuf,
    /// Everything an auditor asks for; the only selection there is yet
    #[arg(long, required = true)]
    for_auditor: bool,
    /// The new file [default: <run>.zip, with .age behind it where it is encrypted]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Encrypt it to a recipient of age: age1…, or a file of recipients; repeatable. The plain file never touches the disk
    #[arg(long = "encrypt-to", value_name = "age1…|FILE")]
    encrypt_to: Vec<String>,
    #[command(flatten)]
    redact: redact::Flags,
    /// Sign the list of all that is in it: a private key in PEM, or awskms:ARN [default: the PEM in TIEOUT_SIGN_KEY, then
    /// sign_key in tieout.toml]
    #[arg(long, value_name = "FILE|awskms:ARN")]
    sign_key: Option<String>,
    /// Export a bundle that does not verify, and say so inside
    #[arg(long)]
    unverified: bool,
    /// Configuration file [default: tieout.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Exports.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let config = Config::load(args.config.as_deref())?;
    let wanted = args.redact.wanted()?;
    let vouching = Vouching::key_of(args.sign_key.as_deref(), &config)?;
    let recipients = recipients(&args.encrypt_to)?;
    let looked = verify::looked_at(&args.bundle)?;
    sound(&looked.steps, args.unverified)?;
    // Its files have just been held against their digests.
    let bundle = Bundle::glance(Folder(args.bundle.clone()))?;
    let out = args.out.clone().unwrap_or_else(|| {
        let end = if recipients.is_some() {
            ".zip.age"
        } else {
            ".zip"
        };
        PathBuf::from(format!("{}{end}", bundle.manifest.run.id))
    });
    let report = looked.report.ok_or_else(unjudged)?;
    let signer = vouching.key_id();
    let vouched = (&looked.steps[..], signer.as_deref());
    let mut handover = Handover::default();
    match &wanted {
        None => {
            contents::on_disk(&mut handover, &bundle, &args.bundle)?;
            contents::beside(&mut handover, &bundle, &report, vouched)?;
        }
        Some(wanted) => {
            let (bundle, report) = redact::redacted(&bundle, &report, wanted)?;
            contents::in_memory(&mut handover, &bundle)?;
            contents::beside(&mut handover, &bundle, &report, vouched)?;
        }
    }
    let list = handover.list(bundle.manifest.run.started)?;
    let signature = vouching.sign(list.to_sign())?;
    let file = new(&out).map_err(|error| unwritable(&out, &error))?;
    let mut file = BufWriter::new(file);
    let written = match &recipients {
        Some(recipients) => recipients.encrypted(&mut file, |out| {
            handover.write(&list, signature.as_deref(), out)
        }),
        None => handover.write(&list, signature.as_deref(), &mut file),
    };
    if let Err(error) = written {
        // Ours, and made just now: half of it helps nobody.
        return Err(match fs::remove_file(&out) {
            Ok(()) => unwritable(&out, &error),
            Err(_) => unwritable(&out, &error).about("half a file is left behind"),
        });
    }
    note(format_args!("→ {}", out.display()));
    Ok(Exit::Clean)
}

/// Refuses what does not verify: an auditor would be told so by the first command of VERIFY.md.
fn sound(steps: &[Step], unverified: bool) -> Result<(), Failure> {
    let failed = steps
        .iter()
        .filter(|step| step.standing == Standing::Failed);
    let failed: Vec<String> = failed
        .map(|step| {
            let files = step.faults.iter().map(|fault| fault.file.as_str());
            let mut files: Vec<&str> = files.take(3).collect();
            files.dedup();
            format!("{} ({})", step.name, files.join(", "))
        })
        .collect();
    if failed.is_empty() || unverified {
        return Ok(());
    }
    Err(Failure::new(
        format_args!("the bundle does not verify: {}", failed.join("; ")),
        "`tieout verify BUNDLE` says what is wrong; --unverified exports it all the same and says so inside",
    ))
}

/// `--unverified` exports what does not hold, but there must be something to make papers of.
fn unjudged() -> Failure {
    Failure::new(
        "the scan cannot be performed again from this bundle, so there is no report to export",
        "`tieout verify BUNDLE` says what stands in the way",
    )
}

fn recipients(named: &[String]) -> Result<Option<Recipients>, Failure> {
    let mut all: Option<Recipients> = None;
    for name in named {
        let text = if name.starts_with("age1") {
            name.clone()
        } else {
            fs::read_to_string(name).map_err(|error| {
                Failure::new(
                    format_args!("{name} cannot be read: {error}"),
                    "name a recipient (age1…, the auditor's `age-keygen` prints it) or a file of them",
                )
            })?
        };
        let read = Recipients::parse(&text).map_err(|why| {
            Failure::new(
                format_args!("--encrypt-to {name}: {why}"),
                "a recipient begins with age1; the auditor's `age-keygen` prints it",
            )
        })?;
        all = Some(match all {
            Some(others) => others.and(read),
            None => read,
        });
    }
    Ok(all)
}

/// A file that is not there yet, and that only its owner reads.
fn new(path: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn unwritable(out: &Path, error: &io::Error) -> Failure {
    let remedy = if error.kind() == io::ErrorKind::AlreadyExists {
        "nothing is overwritten: name another file with --out"
    } else {
        "check that there is room and that you may write there, or name another file with --out"
    };
    Failure::new(
        format_args!("{} cannot be written: {error}", out.display()),
        remedy,
    )
}
