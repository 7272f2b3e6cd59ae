//! `tieout corroborate`: a run's calls in CloudTrail, a record that the scanner cannot write.

mod terminal;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::ValueEnum;
use jiff::{SignedDuration, Timestamp};

use super::exit::{self, Exit};
use super::output::{Failure, note, shown};
use super::period::storage;
use super::progress::Line;
use super::{runtime, write};
use crate::aws::replay::Answers;
use crate::aws::session::{self, Options};
use crate::aws::{Progress, clock};
use crate::bundle::{Bundle, Folder};
use crate::config::Config;
use crate::history::store::{SCHEME, Store};
use crate::inventory::attempt::{Attempt, Keep};
use crate::scan::ScanError;
use crate::scan::corroborate::history::corroborate;
use crate::scan::corroborate::{DELIVERED, Document, KEPT, Subject, Wanted, trail};

use terminal::terminal;

/// Name of the result.
const RESULT: &str = "corroboration.json";

/// Name of the file of what CloudTrail answered.
const CALLS: &str = "calls.ndjson.zst";

/// Flags of `tieout corroborate`.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::CORROBORATE)]
pub struct Args {
    /// The folder that a scan wrote
    bundle: PathBuf,
    /// Profile of the shared AWS configuration, and no other credentials: your own, not the scanner's
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Role to assume first; it needs cloudtrail:LookupEvents and nothing else
    #[arg(long, value_name = "ARN")]
    role_arn: Option<String>,
    /// External id that the role's trust policy asks for
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
    /// The log files of a trail instead of the event history: the folder, or s3://bucket/prefix, that has AWSLogs/ in it or is
    /// within. A folder is read offline; a bucket needs s3:ListBucket and s3:GetObject. They hold what the event history has
    /// forgotten after 90 days, and data events where the trail keeps them
    #[arg(long, value_name = "PATH", conflicts_with_all = ["from", "role_arn", "external_id"])]
    trail: Option<String>,
    /// New folder for the result and for what CloudTrail answered [default: corroboration-<run>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Compare again with what CloudTrail answered before, offline: the folder that --out wrote
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "profile", "role_arn", "external_id"])]
    from: Option<PathBuf>,
    /// Form of what is printed
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "terminal")]
    format: Format,
}

/// A form of what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line to a service, and everything that does not match
    Terminal,
    /// One JSON value
    Json,
}

/// What was asked while it went on.
#[derive(Debug, Default)]
struct Kept(Mutex<Vec<Attempt>>);

impl Keep for Kept {
    fn keep(&self, attempt: &Attempt) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(attempt.clone());
    }
}

/// Looks up and compares.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let bundle = Bundle::open(Folder(args.bundle.clone()))?;
    if bundle.manifest.run.redaction.is_some() {
        return Err(Failure::new(
            "names were taken out of this bundle, so CloudTrail knows none of its keys and sessions",
            "corroborate the bundle that the run left; whoever exported it has that",
        ));
    }
    let attempts = bundle.attempts()?;
    let Some(subject) = Subject::of(&bundle.manifest, &attempts) else {
        return Err(Failure::new(
            "the bundle names neither an access key nor a session, so CloudTrail cannot be asked for its calls",
            "scan with a role (--role-arn): its session is named after the run",
        ));
    };
    let wanted = |now, replayed| Wanted {
        manifest: &bundle.manifest,
        manifest_sha256: &bundle.manifest_sha256,
        attempts: &attempts,
        subject: subject.clone(),
        now,
        replayed,
    };
    let document = match (&args.from, &args.trail) {
        (Some(folder), _) => again(folder, wanted)?,
        (None, Some(place)) => read(args, place, &bundle.manifest.run.id, &attempts, wanted)?,
        (None, None) => asked(args, &bundle.manifest.run.id, &attempts, wanted)?,
    };
    match args.format {
        Format::Json => shown(|out| json(&document, out))?,
        Format::Terminal => shown(|out| terminal(&document, out))?,
    };
    let total = document.found.total();
    Ok(if document.found.contradicts() {
        Exit::Fails
    } else if !document.gaps.is_empty() || total.unread > 0 {
        Exit::Unknown
    } else {
        Exit::Clean
    })
}

/// Asks CloudTrail, and keeps what it answered beside the result.
fn asked<'a>(
    args: &Args,
    run: &str,
    attempts: &[Attempt],
    wanted: impl Fn(Timestamp, bool) -> Wanted<'a>,
) -> Result<Document, Failure> {
    let Begun {
        config,
        folder,
        now,
    } = begun(args, run, attempts)?;
    if age(attempts, now).is_some_and(|age| age > KEPT) {
        note(
            "the run is older than the 90 days that CloudTrail keeps its event history: name the log files of a trail with --trail",
        );
    }
    let options = Options {
        profile: args.profile.clone().or(config.profile),
        role_arn: args.role_arn.clone(),
        external_id: args.external_id.clone(),
        session_name: format!("corroborate-{run}").chars().take(64).collect(),
    };
    let kept = Arc::<Kept>::default();
    let document = runtime()?.block_on(async {
        let progress = Arc::<Progress>::default();
        let _line = Line::draw(progress.clone());
        let sdk = session::live(&options, kept.clone(), progress.clone())
            .await
            .map_err(ScanError::from)?;
        corroborate(sdk, wanted(now, false), progress).await
    })?;
    let kept = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    let mut calls = Vec::new();
    for attempt in kept.iter() {
        serde_json::to_writer(&mut calls, attempt).map_err(io::Error::from)?;
        calls.push(b'\n');
    }
    let calls = zstd::encode_all(&*calls, 6)?;
    put(&folder, &document, Some(&calls))?;
    Ok(document)
}

/// Reads the log files of a trail.
fn read<'a>(
    args: &Args,
    place: &str,
    run: &str,
    attempts: &[Attempt],
    wanted: impl Fn(Timestamp, bool) -> Wanted<'a>,
) -> Result<Document, Failure> {
    let Begun {
        config,
        folder,
        now,
    } = begun(args, run, attempts)?;
    // Kept to the end: a bucket is read on it.
    let runtime = runtime()?;
    let store = if place.starts_with(SCHEME) {
        let profile = args.profile.as_deref().or(config.profile.as_deref());
        Store::bucket(place, &storage(profile, &runtime)?, runtime.handle())?
    } else {
        Store::folder(Path::new(place), runtime.handle())?
    };
    let document = trail::corroborate(&store, wanted(now, false))?;
    put(&folder, &document, None)?;
    Ok(document)
}

/// What is settled before anything is looked up.
struct Begun {
    config: Config,
    /// The new folder for the result.
    folder: PathBuf,
    now: Timestamp,
}

fn begun(args: &Args, run: &str, attempts: &[Attempt]) -> Result<Begun, Failure> {
    let config = Config::load(None)?;
    let folder = args
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("corroboration-{run}")));
    write::vacant(&folder)?;
    let now = clock();
    // What CloudTrail has not delivered yet is no contradiction: it is said before it is looked for.
    if age(attempts, now).is_some_and(|age| age < DELIVERED) {
        note(
            "the run ended less than an hour ago: CloudTrail may not have delivered all of its events; ask again later, if some are missing",
        );
    }
    Ok(Begun {
        config,
        folder,
        now,
    })
}

/// Writes the result, and what CloudTrail answered.
fn put(folder: &Path, document: &Document, calls: Option<&[u8]>) -> Result<(), Failure> {
    let mut result = Vec::new();
    json(document, &mut result)?;
    let put = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes);
    fs::create_dir_all(folder)
        .and_then(|()| calls.map_or(Ok(()), |calls| put(CALLS, calls)))
        .and_then(|()| put(RESULT, &result))
        .map_err(|error| {
            Failure::new(
                format_args!("{} cannot be written: {error}", folder.display()),
                "name a folder that you may write with --out",
            )
        })?;
    note(format_args!("→ {}", folder.join(RESULT).display()));
    Ok(())
}

/// How long ago the run's last call was.
fn age(attempts: &[Attempt], now: Timestamp) -> Option<SignedDuration> {
    let last = attempts.iter().map(|attempt| attempt.ended).max()?;
    Some(now.duration_since(last))
}

/// The comparison again, from what CloudTrail answered.
fn again<'a>(
    folder: &Path,
    wanted: impl Fn(Timestamp, bool) -> Wanted<'a>,
) -> Result<Document, Failure> {
    let path = folder.join(CALLS);
    let unreadable = |what: String| {
        Failure::new(
            format_args!("{} cannot be read: {what}", path.display()),
            "name the folder that `tieout corroborate --out` wrote",
        )
    };
    let bytes = fs::read(&path).map_err(|error| unreadable(error.to_string()))?;
    let text = zstd::decode_all(&*bytes).map_err(|error| unreadable(error.to_string()))?;
    let mut attempts = Vec::new();
    for line in text
        .split(|byte| *byte == b'\n')
        .filter(|it| !it.is_empty())
    {
        let attempt: Attempt =
            serde_json::from_slice(line).map_err(|error| unreadable(error.to_string()))?;
        attempts.push(attempt);
    }
    let Some(first) = attempts.first() else {
        return Err(unreadable("it holds no call".to_owned()));
    };
    let (now, region) = (first.started, first.region.clone());
    let progress = Arc::<Progress>::default();
    let sdk = session::recorded(Arc::new(Answers::new(attempts)), &region, progress.clone());
    Ok(runtime()?.block_on(corroborate(sdk, wanted(now, true), progress))?)
}

fn json(document: &Document, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}
