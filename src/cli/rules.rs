//! Flags that choose the checks, and the checks they choose.

use std::path::PathBuf;

use super::output::Failure;
use crate::check::load;
use crate::config::Config;
use crate::criteria::Frameworks;
use crate::inventory::kinds;
use crate::scan::Rules;
use crate::scan::select::select;

/// Flags of every command that judges.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Selection {
    /// Judge only these checks, services or criteria; globs; repeatable
    #[arg(long, value_name = "PATTERN")]
    only: Vec<String>,
    /// Leave out these checks, services or criteria; globs; repeatable
    #[arg(long, value_name = "PATTERN")]
    skip: Vec<String>,
    /// Folder of checks of your own, judged beside the built-in ones; repeatable
    #[arg(long, value_name = "DIR")]
    checks: Vec<PathBuf>,
    /// Configuration file [default: tieout.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

impl Selection {
    /// `--only`, or what the configuration says.
    pub(super) fn only(&self, config: &Config) -> Vec<String> {
        if self.only.is_empty() { config.only.clone() } else { self.only.clone() }
    }

    /// `--skip`, or what the configuration says.
    pub(super) fn skip(&self, config: &Config) -> Vec<String> {
        if self.skip.is_empty() { config.skip.clone() } else { self.skip.clone() }
    }

    /// Folders of checks.
    pub(super) fn folders(&self, config: &Config) -> Vec<PathBuf> {
        config.checks.iter().chain(&self.checks).cloned().collect()
    }
}
