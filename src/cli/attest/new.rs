//! `tieout attest new`: the file of a statement to start from, with all that the flags and the document tell filled in.

use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;

use super::super::exit::Exit;
use super::super::output::{Failure, note};
use super::super::rules::{Sources, everything};
use super::criterion;
use crate::aws::clock;
use crate::complaint::did_you_mean;
use crate::config::Config;
use crate::criteria::{Attestation, Frameworks};
use crate::govern::attestation::document;
use crate::govern::attestation::template::Draft;
use crate::govern::record::same_person;
use crate::govern::{Governance, Kind, Statement};
use crate::scan;

/// Flags of `tieout attest new`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An attestation (access-review), or a criterion (tsc2017:CC6.1) for each that it needs and lacks
    what: String,
    /// The document: its digest is computed, and its path entered
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// Where the document is, if not at its path: https://…, paper:safe 4
    #[arg(long, value_name = "PLACE")]
    location: Option<String>,
    /// Title of the document
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Version of the document
    #[arg(long, value_name = "TEXT")]
    document_version: Option<String>,
    /// What is stated [default: what the attestation is about]
    #[arg(long, value_name = "TEXT")]
    statement: Option<String>,
    /// Who answers for it
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// In which role
    #[arg(long, value_name = "TEXT")]
    owner_role: Option<String>,
    /// Who has reviewed it, on the day it is made: another person
    #[arg(long, value_name = "PERSON")]
    reviewer: Option<String>,
    /// The day it is made [default: today]
    #[arg(long, value_name = "DAY")]
    attested: Option<Date>,
    /// The last day it counts [default: as late as it may]
    #[arg(long, value_name = "DAY")]
    expires: Option<Date>,
    #[command(flatten)]
    sources: Sources,
}

/// Writes the files and says where.
pub(super) fn run(args: &Args) -> Result<Exit, Failure> {
    let config = Config::load(args.sources.config())?;
    let all = everything(&args.sources.folders(&config), config.file.as_ref())?;
    let frameworks = &all.frameworks;
    let folder = config.govern.folder(Kind::Attestations);
    let statements = match Governance::load(config.file.as_ref(), &config.govern) {
        Ok(governance) => governance.attestations,
        Err(complaints) => {
            // A file that is still to be filled in keeps nobody from starting another.
            let many = complaints.0.len();
            note(format_args!(
                "note: {many} to mend in the files beside it; `tieout attest check` shows where"
            ));
            Vec::new()
        }
    };
    let wanted = wanted(args, frameworks, &statements)?;
    let attested = args.attested.unwrap_or_else(|| scan::day(clock()));
    let found = found(args, &folder)?;
    different_people(args)?;
    let mut files = Vec::new();
    for attestation in wanted {
        let criteria: Vec<&str> = frameworks.criteria_of(&attestation.id).collect();
        let earlier = statements
            .iter()
            .filter(|statement| statement.attestation == attestation.id)
            .filter(|statement| statement.attested <= attested)
            .max_by_key(|statement| statement.attested);
        let draft = Draft {
            attestation: &attestation.id,
            what: &attestation.what,
            document: &attestation.document,
            max_age_days: attestation.max_age_days,
            criteria: &criteria,
            of_report: attestation.report_max_days.is_some(),
            statement: args.statement.as_deref(),
            owner: args.owner.as_deref(),
            owner_role: args.owner_role.as_deref(),
            attested,
            reviewer: args.reviewer.as_deref(),
            expires: args.expires,
            found: found
                .as_ref()
                .map(|(sha256, at)| (sha256.as_str(), at.as_str())),
            supersedes: earlier.map(|earlier| earlier.name.as_str()),
            title: args.title.as_deref(),
            version: args.document_version.as_deref(),
        };
        in_time(args, &draft)?;
        files.push((folder.join(draft.file_name()), draft.text()));
    }
    write(&folder, &files)?;
    note("fill in what is empty, then `tieout attest check`");
    Ok(Exit::Clean)
}

/// What to start: the attestation that is named, or those that the criterion lacks.
fn wanted<'a>(
    args: &Args,
    frameworks: &'a Frameworks,
    statements: &[Statement],
) -> Result<Vec<&'a Attestation>, Failure> {
    if let Some(attestation) = frameworks.attestation(&args.what) {
        return Ok(vec![attestation]);
    }
    if !args.what.contains(':') && frameworks.suggest(&args.what).is_none() {
        let known = frameworks.attestations().map(|known| known.id.as_str());
        let what = format!("there is no attestation or criterion `{}`", args.what);
        let help = format!(
            "{}; `tieout attest list` shows them all",
            did_you_mean(&args.what, known)
        );
        return Err(Failure::new(what, help));
    }
    let criterion = criterion(frameworks, &args.what)?;
    let mut wanted = Vec::new();
    for needed in &criterion.attestations {
        let made = statements
            .iter()
            .find(|statement| statement.attestation == needed.id);
        match made {
            Some(made) => note(format_args!("{} is there: {}", needed.id, made.file)),
            None => wanted.push(needed.as_ref()),
        }
    }
    let one_document = args.document.is_some() || args.title.is_some();
    match wanted.as_slice() {
        [] => Err(Failure::new(
            format_args!("every statement that {} needs is there", criterion.id),
            "name one of them to make it again: tieout attest new ID",
        )),
        [_, _, ..] if one_document => {
            let ids: Vec<&str> = wanted.iter().map(|needed| needed.id.as_str()).collect();
            Err(Failure::new(
                format_args!(
                    "{} needs several statements, each about a document of its own",
                    criterion.id
                ),
                format_args!("name one of them: {}", ids.join(", ")),
            ))
        }
        _ => Ok(wanted),
    }
}

/// The document's digest, and where the statement says it is.
fn found(args: &Args, folder: &Path) -> Result<Option<(String, String)>, Failure> {
    let Some(path) = &args.document else {
        return Ok(args.location.clone().map(|at| (String::new(), at)));
    };
    let unreadable = |error: std::io::Error| {
        Failure::new(
            format_args!("{} cannot be read: {error}", path.display()),
            "check the path and its permissions",
        )
    };
    let sha256 = document::digest(path).map_err(unreadable)?;
    let at = match &args.location {
        Some(location) => location.clone(),
        None => from(folder, path)?,
    };
    Ok(Some((sha256, at)))
}

/// The way from a folder to a file, with `/` between its parts.
fn from(folder: &Path, file: &Path) -> Result<String, Failure> {
    let (folder, file) = (std::path::absolute(folder)?, std::path::absolute(file)?);
    let plain = |path: &Path| {
        let mut parts: Vec<String> = Vec::new();
        for part in path.components() {
            match part {
                Component::ParentDir => {
                    parts.pop();
                }
                Component::CurDir => {}
                Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                    parts.push(part.as_os_str().to_string_lossy().into_owned());
                }
            }
        }
        parts
    };
    let (folder, file) = (plain(&folder), plain(&file));
    let same = folder.iter().zip(&file).take_while(|(a, b)| a == b).count();
    let up = folder.iter().skip(same).map(|_| "..");
    let down = file.iter().skip(same).map(String::as_str);
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}

fn different_people(args: &Args) -> Result<(), Failure> {
    match (&args.owner, &args.reviewer) {
        (Some(owner), Some(reviewer)) if same_person(owner, reviewer) => Err(Failure::new(
            format_args!("`{reviewer}` would review what `{owner}` answers for: the same person"),
            "name another person with --reviewer",
        )),
        _ => Ok(()),
    }
}

/// Refuses a last day that its kind does not allow.
fn in_time(args: &Args, draft: &Draft<'_>) -> Result<(), Failure> {
    let latest = draft.latest();
    match args.expires {
        Some(expires) if expires > latest => Err(Failure::new(
            format_args!(
                "{} counts for {} days at most: until {latest}, not {expires}",
                draft.attestation, draft.max_age_days
            ),
            "give an earlier day with --expires, or leave it out",
        )),
        Some(expires) if expires < draft.attested => Err(Failure::new(
            format_args!(
                "it would expire on {expires}, before it is made, on {}",
                draft.attested
            ),
            "give a later day with --expires",
        )),
        Some(_) | None => Ok(()),
    }
}

/// All of them or none, and never over a file that is there.
fn write(folder: &Path, files: &[(PathBuf, String)]) -> Result<(), Failure> {
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(Failure::new(
            format_args!("{} is there already", there.display()),
            "fill that one in, or give another day with --attested",
        ));
    }
    let failed = |path: &Path, error: std::io::Error| {
        Failure::new(
            format_args!("{} cannot be written: {error}", path.display()),
            "check that you may write there, or name another folder: attestations = \"…\" in tieout.toml",
        )
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for (path, text) in files {
        fs::File::create_new(path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| failed(path, error))?;
        note(format_args!("wrote {}", path.display()));
    }
    Ok(())
}
