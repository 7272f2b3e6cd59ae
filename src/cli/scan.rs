//! `tieout scan`.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

use super::exit::{self, Exit};
use super::output::{Failure, note};
use super::progress::Line;
use super::rules::{Selection, loaded};
use super::write;
use crate::aws::session::{self, Options};
use crate::aws::{Plan, Progress, clock};
use crate::bundle::{Bundle, Folder, Manifest, Writer};
use crate::check::Severity;
use crate::config::Config;
use crate::inventory::run::Caller;
use crate::scan::{self, Asked, Collected, Rules, ScanError, plan};

/// Flags of `tieout scan`.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub struct Args {
    /// Profile of the shared AWS configuration
    #[arg(long, env = "AWS_PROFILE", hide_env_values = true)]
    profile: Option<String>,
    /// Region to scan; repeatable [default: every region enabled for the account]
    #[arg(long = "region", value_name = "REGION")]
    regions: Vec<String>,
    /// Role to assume before scanning
    #[arg(long, value_name = "ARN")]
    role_arn: Option<String>,
    /// External id that the role's trust policy asks for
    #[arg(long, value_name = "ID", requires = "role_arn")]
    external_id: Option<String>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: write::Output,
    /// Folder for the run's report and evidence [default: run-<time>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Least severity of a failure that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "info")]
    fail_on: FailOn,
}

/// `--fail-on`.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    Critical,
    High,
    Medium,
    Low,
    Info,
}

impl From<FailOn> for Severity {
    fn from(least: FailOn) -> Self {
        match least {
            FailOn::Critical => Self::Critical,
            FailOn::High => Self::High,
            FailOn::Medium => Self::Medium,
            FailOn::Low => Self::Low,
            FailOn::Info => Self::Info,
        }
    }
}

/// Scans.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let config = Config::load(args.selection.config.as_deref())?;
    let rules = loaded(&args.selection, &config)?;
    let output = args.output.prepared(&config)?;
    let started = clock();
    let id = started.strftime("run-%Y-%m-%dT%H-%M-%SZ").to_string();
    let folder = args.out.clone().unwrap_or_else(|| PathBuf::from(&id));
    write::vacant(&folder)?;
    let asked = Asked {
        run: id.clone(),
        started,
        regions: if args.regions.is_empty() {
            config.regions.clone()
        } else {
            args.regions.clone()
        },
        only: args.selection.only(&config),
        skip: args.selection.skip(&config),
    };
    let options = Options {
        profile: args.profile.clone().or_else(|| config.profile.clone()),
        role_arn: args.role_arn.clone().or_else(|| config.role_arn.clone()),
        external_id: args
            .external_id
            .clone()
            .or_else(|| config.external_id.clone()),
        session_name: id,
    };
    let writer = Arc::new(Writer::new(&folder));
    let plan = plan::plan(&rules.judged, &rules.schema);
    let manifest = scan::begun(&asked, &rules, &plan, config.params.clone());
    let collected =
        runtime()?.block_on(collect(&asked, &options, plan, &rules, &writer, &manifest))?;
    let report = output.write(&writer, manifest, &collected, &rules)?;
    Ok(exit::of(&report, args.fail_on.into()))
}

/// Reads the account into a bundle. Stopped half-way, it judges what it has: the bundle says that it is partial,
/// and whatever was not read is unknown.
async fn collect(
    asked: &Asked,
    options: &Options,
    plan: Plan,
    rules: &Rules,
    writer: &Arc<Writer>,
    manifest: &Manifest,
) -> Result<Collected, Failure> {
    let progress = Arc::<Progress>::default();
    let sdk = session::live(options, writer.clone(), progress.clone())
        .await
        .map_err(ScanError::from)?;
    let line = Line::draw(progress.clone());
    let begin = |caller: &Caller, regions: &[String]| {
        announce(caller, regions);
        writer.begin(manifest)?;
        scan::keep_rules(writer, rules)
    };
    let reading = scan::collect(sdk, asked, plan, &rules.schema, progress, begin);
    let ended = tokio::select! {
        collected = reading => Some(collected?),
        () = stopped() => None,
    };
    drop(line);
    writer.end_calls()?;
    match ended {
        Some(mut collected) => {
            collected.run.finished = Some(clock());
            Ok(collected)
        }
        None => {
            note("stopped: judging what was read so far; the rest is unknown");
            let bundle = Bundle::open(Folder(writer.folder().to_owned()))?;
            Ok(scan::replay(&bundle, &rules.schema).await?)
        }
    }
}

fn announce(caller: &Caller, regions: &[String]) {
    note(format_args!(
        "scanning account {} as {}",
        caller.account, caller.arn
    ));
    if std::io::stderr().is_terminal() {
        note(format_args!("in {}", regions.join(", ")));
    }
}

/// Ctrl-C, or the polite signal that schedulers send.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _interrupted = interrupt.await;
}

/// The async runtime of a command.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::from)
}
