//! The commands that show what Tieout knows: checks, kinds, criteria, and the policy they need.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::exit::Exit;
use super::output::{Failure, note, shown};
use super::rules::{All, Selection, Sources, everything, loaded};
use super::write::vacant;
use super::{checks, criteria, explain, kinds, new};
use crate::check::load::directory;
use crate::complaint::did_you_mean;
use crate::config::Config;
use crate::inventory::kinds::schema;
use crate::scan::plan;

/// Flags of `tieout explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Id of a check, a former id, or a glob
    check: String,
    #[command(flatten)]
    sources: Sources,
}

/// `tieout checks …`
#[derive(Debug, Subcommand)]
pub enum ChecksCommand {
    /// List the checks by service and criterion
    List(Selection),
    /// Run the examples that checks carry, and see that each notices a broken rule
    Test(Selection),
    /// Start a check of your own
    New {
        /// Its id: `s3.bucket_rule` becomes `DIR/s3/bucket_rule.toml`
        id: String,
        /// The kind of resource it judges [default: guessed from the id]
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// The folder of your checks
        #[arg(long, value_name = "DIR", default_value = "checks")]
        checks: PathBuf,
    },
}

/// Flags of `tieout kinds`.
#[derive(Debug, clap::Args)]
pub struct KindsArgs {
    /// One kind, with all its fields
    kind: Option<String>,
    /// All kinds with all their fields, as a page in Markdown: what docs/kinds.md holds
    #[arg(long, conflicts_with = "kind")]
    markdown: bool,
}

/// Flags of `tieout criteria`.
#[derive(Debug, clap::Args)]
pub struct CriteriaArgs {
    /// One criterion: tsc2017:CC6.1
    criterion: Option<String>,
    #[command(flatten)]
    sources: Sources,
}

/// Flags of `tieout policy`.
#[derive(Debug, clap::Args)]
pub struct PolicyArgs {
    #[command(flatten)]
    selection: Selection,
    /// Write as many policies as it takes for each to fit a managed policy of IAM, into the folder that --out names
    #[arg(long, requires = "out")]
    split: bool,
    /// Folder for the policies of --split; new or empty
    #[arg(long, value_name = "DIR", requires = "split")]
    out: Option<PathBuf>,
}

/// `tieout explain`.
pub fn explain(args: &ExplainArgs) -> Result<Exit, Failure> {
    let All {
        checks,
        schema,
        frameworks,
    } = all(&args.sources)?;
    let found = explain::find(&checks, &args.check)
        .map_err(|why| Failure::new(why, "`tieout checks list` shows what there is"))?;
    shown(|out| {
        found
            .iter()
            .try_for_each(|check| explain::one(check, &schema, &frameworks, out))
    })
}

/// `tieout checks`.
pub fn checks(command: &ChecksCommand) -> Result<Exit, Failure> {
    match command {
        ChecksCommand::List(selection) => {
            let rules = loaded(selection, &config(&selection.sources)?)?;
            shown(|out| checks::list(&rules.judged, &rules.frameworks, out))
        }
        ChecksCommand::Test(selection) => {
            let config = config(&selection.sources)?;
            let mut rules = loaded(selection, &config)?;
            // Somebody who names a folder wants to know about what is in it.
            let folders = selection.sources.folders(&config);
            if !folders.is_empty() {
                let mut own = Vec::new();
                for folder in &folders {
                    own.extend(directory(folder)?);
                }
                rules
                    .judged
                    .retain(|check| own.iter().any(|found| found.id == check.id));
            }
            let mut sound = false;
            shown(|out| {
                sound = checks::test(&rules.judged, out)?;
                Ok(())
            })?;
            Ok(if sound { Exit::Clean } else { Exit::Fails })
        }
        ChecksCommand::New { id, kind, checks } => {
            let schema = schema();
            let kind = new::kind(&schema, id, kind.as_deref())
                .map_err(|why| Failure::new(why, "`tieout kinds` shows what there is"))?;
            let path = new::write(checks, id, kind).map_err(|why| {
                Failure::new(why, "choose another id, or another folder with --checks")
            })?;
            note(format_args!(
                "wrote {}; fill it in, then `tieout checks test --checks {}`",
                path.display(),
                checks.display()
            ));
            Ok(Exit::Clean)
        }
    }
}

/// `tieout kinds`.
pub fn kinds(args: &KindsArgs) -> Result<Exit, Failure> {
    let schema = schema();
    if args.markdown {
        return shown(|out| kinds::page(&schema, out));
    }
    let Some(name) = &args.kind else {
        return shown(|out| kinds::all(&schema, out));
    };
    let Some(kind) = schema.kind(name) else {
        let names = schema.kinds().map(|kind| kind.name);
        let what = format!("there is no kind `{name}`; {}", did_you_mean(name, names));
        return Err(Failure::new(what, "`tieout kinds` shows them all"));
    };
    shown(|out| kinds::one(kind, out))
}

/// `tieout criteria`.
pub fn criteria(args: &CriteriaArgs) -> Result<Exit, Failure> {
    let All {
        checks, frameworks, ..
    } = all(&args.sources)?;
    let Some(id) = &args.criterion else {
        return shown(|out| criteria::all(&frameworks, &checks, out));
    };
    let Some(criterion) = frameworks.criterion(id) else {
        let meant = frameworks
            .suggest(id)
            .map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
        return Err(Failure::new(
            format_args!("there is no criterion `{id}`{meant}"),
            "`tieout criteria` shows them all",
        ));
    };
    shown(|out| criteria::one(criterion, &checks, out))
}

/// `tieout policy`.
pub fn policy(args: &PolicyArgs) -> Result<Exit, Failure> {
    let rules = loaded(&args.selection, &config(&args.selection.sources)?)?;
    let plan = plan::plan(&rules.judged, &rules.schema);
    if let Some(folder) = &args.out {
        return split(&plan::policies(&plan), folder);
    }
    let policy = plan::policy(&plan);
    let shown = shown(|out| {
        serde_json::to_writer_pretty(&mut *out, &policy)?;
        writeln!(out)
    })?;
    let size = policy.size();
    if size > plan::MANAGED {
        note(format_args!(
            "note: IAM counts {size} characters and takes {} in a managed policy: `tieout policy --split --out DIR` writes \
             several that fit; attach them all",
            plan::MANAGED
        ));
    } else if io::stderr().is_terminal() {
        note(
            "help: tieout policy > policy.json; aws iam create-policy --policy-name TieoutRead --policy-document \
             file://policy.json; then attach it to the role or user that scans",
        );
    }
    Ok(shown)
}

/// Each policy in a file of its own, in a folder that holds nothing else.
fn split(policies: &[plan::Policy], folder: &Path) -> Result<Exit, Failure> {
    vacant(folder)?;
    fs::create_dir_all(folder)?;
    shown(|out| {
        for (n, policy) in policies.iter().enumerate() {
            let file = folder.join(format!("tieout-read-{}.json", n + 1));
            let mut text = serde_json::to_string_pretty(policy)?;
            text.push('\n');
            fs::write(&file, text)?;
            writeln!(out, "{}", file.display())?;
        }
        Ok(())
    })?;
    note(
        "help: aws iam create-policy --policy-name TieoutRead1 --policy-document file://tieout-read-1.json, and so on; then \
         attach them all to the role or user that scans",
    );
    Ok(Exit::Clean)
}

fn config(sources: &Sources) -> Result<Config, Failure> {
    Ok(Config::load(sources.config())?)
}

fn all(sources: &Sources) -> Result<All, Failure> {
    let config = config(sources)?;
    everything(&sources.folders(&config), config.file.as_ref())
}
