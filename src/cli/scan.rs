//! `tieout scan`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::exit::{self, Exit, Threshold};
use super::output::{Failure, note};
use super::progress::Line;
use super::rules::{Selection, loaded};
use super::stop::Stop;
use super::{runtime, sign, write};
use crate::aws::session::{self, Options};
use crate::aws::{Plan, Progress, clock};
use crate::bundle::chain::{self, Look};
use crate::bundle::{Bundle, Folder, Manifest, Writer};
use crate::config::Config;
use crate::govern::Governance;
use crate::inputs::Inputs;
use crate::inventory::run::origin::TriggerKind;
use crate::inventory::run::{Caller, Trigger};
use crate::report::text::shown;
use crate::scan::manifest::{self, InForce, Told};
use crate::scan::{self, Asked, Collected, Rules, ScanError, origin, plan};

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
    /// The run before this one, whose digest this one keeps: its bundle, its manifest.json, or a folder of runs [default: the
    /// latest of this account among the folders run-* beside --out]
    #[arg(long, value_name = "PATH")]
    previous: Option<PathBuf>,
    /// What made the scan start [default: what the CI system says; `manual` at a terminal; else unstated]
    #[arg(long, value_enum, value_name = "CAUSE", env = TRIGGER)]
    trigger: Option<Cause>,
    #[command(flatten)]
    sign: sign::Flags,
    #[command(flatten)]
    threshold: Threshold,
}

/// The variable in the place of `--trigger`.
const TRIGGER: &str = "TIEOUT_TRIGGER";

/// What makes a scan start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Cause {
    /// A timetable
    Scheduled,
    /// A person
    Manual,
    /// A change that goes through a CI system
    Ci,
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
    let checks = rules.judged.iter().chain(&rules.left_out);
    let checks = checks.map(|check| check.id.as_str());
    scan::fits(&rules.governance, &rules.frameworks, checks)?;
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
    let manifest = manifest::begun(&asked, &rules, &plan, told(args, &config, &options, &asked))
        .map_err(|error| Failure::new(error, "take what it names out of tieout.toml"))?;
    let scan = Scan {
        writer: Arc::new(Writer::new(&folder)),
        manifest: Mutex::new(manifest),
        before: before(args, &config, &folder),
        asked,
        options,
        rules,
    };
    // Kept to the end: its threads listen for a second Ctrl-C while the report is written.
    let runtime = runtime()?;
    let (collected, _stop) = runtime.block_on(scan.collect(plan))?;
    let report = output.write(&scan.writer, scan.manifest(), &collected, &scan.rules)?;
    vouching.vouch(&folder)?;
    Ok(args.threshold.exit(&report))
}

/// What the scan knows of itself before it asks anything.
fn told(args: &Args, config: &Config, options: &Options, asked: &Asked) -> Told {
    let kind = |cause| match cause {
        Cause::Scheduled => TriggerKind::Scheduled,
        Cause::Manual => TriggerKind::Manual,
        Cause::Ci => TriggerKind::Ci,
    };
    let said = args.trigger.map(|cause| {
        let kind = kind(cause);
        let by_variable = origin::variable(TRIGGER).as_deref() == Some(kind.name());
        let told_by = if by_variable { TRIGGER } else { "--trigger" };
        Trigger {
            kind,
            told_by: told_by.to_owned(),
        }
    });
    let folders = args.selection.sources.folders(config);
    Told {
        origin: origin::origin(&origin::variable, said, std::io::stdin().is_terminal()),
        file: config.file.clone(),
        in_force: InForce {
            profile: options.profile.clone(),
            role_arn: options.role_arn.clone(),
            external_id_given: options.external_id.is_some(),
            regions: asked.regions.clone(),
            only: asked.only.clone(),
            skip: asked.skip.clone(),
            checks: folders.iter().map(|it| it.display().to_string()).collect(),
            inputs: config
                .inputs
                .iter()
                .map(|named| (named.key.clone(), named.path.display().to_string()))
                .collect(),
            params: config.params.clone(),
        },
        parameters: config.params.clone(),
    }
}

/// Where the run before this one is to be found.
fn before(args: &Args, config: &Config, folder: &Path) -> Look {
    let named = args.previous.clone().or_else(|| config.previous.clone());
    named.map_or_else(
        || match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => Look::Among(parent.to_owned()),
            _ => Look::Among(PathBuf::from(".")),
        },
        Look::At,
    )
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
    /// The run before this one becomes known only when AWS has said which account this is.
    manifest: Mutex<Manifest>,
    before: Look,
}

impl Scan {
    fn manifest(&self) -> Manifest {
        let manifest = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
        manifest.clone()
    }

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
        let mut collected = match ended {
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
        collected.run.origin = self.manifest().run.origin;
        collected.saw(&self.writer.seen());
        Ok((collected, stop))
    }

    async fn read(&self, plan: Plan) -> Result<Collected, ScanError> {
        let progress = Arc::<Progress>::default();
        let line = Line::draw(progress.clone());
        let sdk = session::live(&self.options, self.writer.clone(), progress.clone()).await?;
        let begin = |caller: &Caller, regions: &[String]| {
            announce(&line, caller, regions);
            let previous = chain::previous(&self.before, &caller.account, self.asked.started)?;
            if let Some(previous) = &previous {
                line.say(shown(&format!("after {}", previous.run)));
            }
            let manifest = {
                let mut manifest = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(origin) = &mut manifest.run.origin {
                    origin.previous = previous;
                }
                manifest.clone()
            };
            self.writer.begin(&manifest)?;
            scan::keep_rules(&*self.writer, &self.rules)
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
