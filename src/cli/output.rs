//! Words on the terminal: what went wrong and what to do next.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::bundle::BundleError;
use crate::config::ConfigError;
use crate::scan::ScanError;
use crate::scan::select::SelectError;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default();

/// Why a command could not run, and what to do next.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: String,
}

impl Failure {
    pub(super) fn new(what: impl Display, remedy: impl Display) -> Self {
        Self {
            what: what.to_string(),
            remedy: remedy.to_string(),
        }
    }

    /// Mistakes in files, each already told with its place and remedy.
    pub(super) fn complaints(rendered: String) -> Self {
        Self {
            what: rendered,
            remedy: String::new(),
        }
    }

    /// Tells it on stderr, coloured on a terminal alone.
    pub(super) fn tell(&self) {
        if self.remedy.is_empty() {
            note(self.what.trim_end());
        } else {
            note(format_args!(
                "{ERROR}error{ERROR:#}: {}",
                self.what.trim_end()
            ));
            note(format_args!("{HELP}help{HELP:#}: {}", self.remedy));
        }
    }
}

/// A line on stderr. A closed stderr is nobody's to mourn.
pub(super) fn note(text: impl Display) {
    let mut out = anstream::stderr().lock();
    let _closed = writeln!(out, "{text}");
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        let remedy = error.remedy().to_owned();
        Self::new(error, remedy)
    }
}

impl From<BundleError> for Failure {
    fn from(error: BundleError) -> Self {
        let remedy = error.remedy();
        Self::new(error, remedy)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(error, "mend the file, or name another with --config")
    }
}

impl From<SelectError> for Failure {
    fn from(error: SelectError) -> Self {
        Self::new(error, "`tieout checks list` shows them all")
    }
}

/// A pipe that was closed early (`| head`) ends a command quietly, as people expect.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(error, "check where the output goes")
    }
}
