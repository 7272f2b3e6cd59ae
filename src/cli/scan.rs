//! `tieout scan`.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use super::exit::{self, Exit, Threshold};
use super::output::{Failure, note};
use super::progress::Line;
use super::rules::{Selection, loaded};
use super::stop::Stop;
use super::{runtime, sign, write};
use crate::aws::session::{self, Options};
use crate::aws::{Plan, Progress, clock};
use crate::bundle::{Bundle, Folder, Manifest, Writer};
use crate::config::Config;
use crate::govern::Governance;
use crate::inputs::Inputs;
use crate::inventory::run::Caller;
use crate::report::text::shown;
use crate::scan::{self, Asked, Collected, Rules, ScanError, plan};

/// Flags of `tieout scan`.
#[derive(Debug, clap::Args)]
#[command(after_help = exit::HELP)]
pub struct Args {
    /// Profile of the shared AWS configuration, and no other credentials [default: the standard chain: environment,
    /// AWS_PROFILE, web identity, container, instance]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Region to scan; repeatable [default: every region enabled for the account]
    #[arg(long = "region", value_name = "REGION")]
    regions: Vec<String>,
    /// Role to assume before scanning
    #[arg(long, value_name = "ARN")]
    role_arn: Option<String>,
    /// External id that the role's trust policy asks for
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    output: write::Output,
    /// Folder for the run's report and evidence [default: run-<time>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    sign: sign::Flags,
    #[command(flatten)]
    threshold: Threshold,
}

/// Scans.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let config = Config::load(args.selection.sources.config())?;
    let started = clock();
    let id = started.strftime("run-%Y-%m-%dT%H-%M-%SZ").to_string();
    let options = credentials(args, &config, &id)?;
    let mut rules = loaded(&args.selection, &config)?;
    rules.inputs = Inputs::load(config.file.as_ref(), &config.inputs)?;
    rules.governance = Governance::load(config.file.as_ref(), &config.govern)?;
    let output = args.output.prepared(&config)?;
    let vouching = args.sign.ready(&config, options.profile.as_ref())?;
    let folder = args.out.clone().unwrap_or_else(|| PathBuf::from(&id));
    write::vacant(&folder)?;
    let asked = Asked {
        run: id,
        started,
        regions: if args.regions.is_empty() {
            config.regions.clone()
        } else {
            args.regions.clone()
        },
        only: args.selection.only(&config),
        skip: args.selection.skip(&config),
    };
    let plan = plan::plan(&rules.judged, &rules.schema);
    let scan = Scan {
        writer: Arc::new(Writer::new(&folder)),
        manifest: scan::begun(&asked, &rules, &plan, config.params.clone()),
        asked,
        options,
        rules,
    };
    // Kept to the end: its threads listen for a second Ctrl-C while the report is written.
    let runtime = runtime()?;
    let (collected, _stop) = runtime.block_on(scan.collect(plan))?;
    let report = output.write(&scan.writer, scan.manifest, &collected, &scan.rules)?;
    vouching.vouch(&folder)?;
    Ok(args.threshold.exit(&report))
}

/// Whose credentials: the flags, or what the configuration says. `AWS_PROFILE` stands between them, and is left to the
/// SDK.
fn credentials(args: &Args, config: &Config, run: &str) -> Result<Options, Failure> {
    let of_environment = std::env::var_os("AWS_PROFILE").is_some_and(|name| !name.is_empty());
    let of_config = || config.profile.clone().filter(|_| !of_environment);
    let options = Options {
        profile: args.profile.clone().or_else(of_config),
        role_arn: args.role_arn.clone().or_else(|| config.role_arn.clone()),
        external_id: args
            .external_id
            .clone()
            .or_else(|| config.external_id.clone()),
        session_name: run.to_owned(),
    };
    if options.external_id.is_some() && options.role_arn.is_none() {
        return Err(Failure::new(
            "an external id is given, and no role to assume with it",
            "name the role with --role-arn (role_arn in tieout.toml), or leave the external id out",
        ));
    }
    Ok(options)
}

/// A scan that is ready to ask.
struct Scan {
    asked: Asked,
    options: Options,
    rules: Rules,
    writer: Arc<Writer>,
    manifest: Manifest,
}

impl Scan {
    /// Reads the account into a bundle. Stopped half-way, it judges what it has: the bundle says that it is partial,
    /// and whatever was not read is unknown.
    async fn collect(&self, plan: Plan) -> Result<(Collected, Stop), Failure> {
        let stop = Stop::listen(self.writer.folder().to_owned())?;
        let ended = tokio::select! {
            read = self.read(plan) => Some(read?),
            () = stop.asked() => None,
        };
        stop.judging();
        // Only now, because the line of progress is gone only now.
        if ended.is_none() {
            note(
                "stopping: what was read so far is judged, and the rest is unknown (Ctrl-C again stops at once)",
            );
        }
        self.writer.end_calls()?;
        let collected = match ended {
            Some(mut collected) => {
                collected.run.finished = Some(clock());
                collected
            }
            None if !self.writer.folder().is_dir() => {
                return Err(Failure::new(
                    "stopped before anything was read; nothing was written",
                    "run the same command again",
                ));
            }
            None => {
                let bundle = Bundle::open(Folder(self.writer.folder().to_owned()))?;
                scan::replay(&bundle, &self.rules.schema).await?
            }
        };
        Ok((collected, stop))
    }

    async fn read(&self, plan: Plan) -> Result<Collected, ScanError> {
        let progress = Arc::<Progress>::default();
        let line = Line::draw(progress.clone());
        let sdk = session::live(&self.options, self.writer.clone(), progress.clone()).await?;
        let begin = |caller: &Caller, regions: &[String]| {
            announce(&line, caller, regions);
            self.writer.begin(&self.manifest)?;
            scan::keep_rules(&self.writer, &self.rules)
        };
        scan::collect(sdk, &self.asked, plan, &self.rules, progress, begin).await
    }
}

fn announce(line: &Line, caller: &Caller, regions: &[String]) {
    let Caller {
        account,
        alias,
        arn,
        ..
    } = caller;
    let named = if alias.is_empty() {
        String::new()
    } else {
        format!(" ({alias})")
    };
    line.say(shown(&format!(
        "scanning account {account}{named} as {arn}"
    )));
    if std::io::stderr().is_terminal() {
        line.say(format_args!("in {}", regions.join(", ")));
    }
}
