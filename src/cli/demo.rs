//! `tieout demo`: the whole line, from recorded answers to the report, with no account and no network.

use std::fs;
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::output::Failure;
use super::recorded::Recorded;
use super::{replay, write};
use crate::bundle::sign::vouches;
use crate::bundle::{Bundle, Files, Folder, MANIFEST};
use crate::config::Config;
use crate::inventory::run::{Caller, Run};

/// Where the demo leaves its report and bundle.
const FOLDER: &str = "tieout-demo";

/// Flags of `tieout demo`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It ends with 0 whatever the recorded account is like, and with 2 where it could not run."
)]
pub struct Args {
    /// Folder for the report and its evidence; a demo's own from before is replaced
    #[arg(long, value_name = "DIR", default_value = FOLDER)]
    out: PathBuf,
    #[command(flatten)]
    output: write::Output,
}

/// Replays the recorded account. It ends well whatever the account is like, because it is not the reader's.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let output = args.output.prepared(&Config::default())?;
    let bundle = Bundle::open(Recorded)?;
    if of_a_demo(&args.out, &bundle) {
        fs::remove_dir_all(&args.out)?;
    }
    write::vacant(&args.out)?;
    replay::again(&bundle, Some(&args.out), &output)?;
    Ok(Exit::Clean)
}

/// Whether a folder is what a demo left, of this version or another, and nothing else: a replay of a scan by the caller in
/// the recorded account, which is nobody's, and its files, each as the manifest says. Anything that somebody put there
/// since makes it theirs.
fn of_a_demo(folder: &Path, recorded: &Bundle<Recorded>) -> bool {
    let files = Folder(folder.to_owned());
    let (Ok(names), Ok(left)) = (files.names(), Bundle::open(files)) else {
        return false;
    };
    // By whom and in which account alone: another version may know more of a caller.
    let caller = |caller: &Caller| (caller.account.clone(), caller.arn.clone());
    let callers = |run: &Run| run.callers.iter().map(caller).collect::<Vec<_>>();
    let run = &left.manifest.run;
    run.replayed.is_some()
        && callers(run) == callers(&recorded.manifest.run)
        && names
            .iter()
            .all(|name| name == MANIFEST || vouches(name) || left.manifest.files.contains_key(name))
}
