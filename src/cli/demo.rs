//! `tieout demo`: the whole line, from recorded answers to the report, with no account and no network.

use std::borrow::Cow;
use std::fs;
use std::path::PathBuf;

use rust_embed::RustEmbed;

use super::exit::Exit;
use super::output::Failure;
use super::{replay, write};
use crate::bundle::{Bundle, BundleError, Files, MANIFEST};
use crate::config::Config;

/// Where the demo leaves its report and bundle.
const FOLDER: &str = "tieout-demo";

/// Flags of `tieout demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder for the report and its evidence; a demo's own from before is replaced
    #[arg(long, value_name = "DIR", default_value = FOLDER)]
    out: PathBuf,
    #[command(flatten)]
    output: write::Output,
}

/// The recorded account in the binary.
#[derive(Debug, RustEmbed)]
#[folder = "fixtures/acme/bundle"]
struct Recorded;

impl Files for Recorded {
    fn name(&self) -> String {
        "the recorded demo account".to_owned()
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        let mut names: Vec<String> = Self::iter().map(Cow::into_owned).collect();
        names.sort();
        Ok(names)
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        Ok(Self::get(name).map(|file| file.data))
    }
}

/// Replays the recorded account. It ends well whatever the account is like, because it is not the reader's.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let output = args.output.prepared(&Config::default())?;
    let bundle = Bundle::open(Recorded)?;
    if args.out.join(MANIFEST).is_file() {
        fs::remove_dir_all(&args.out)?;
    }
    write::vacant(&args.out)?;
    replay::again(&bundle, Some(&args.out), &output)?;
    Ok(Exit::Clean)
}
