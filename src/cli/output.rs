//! Words on the terminal: what went wrong and what to do next.

use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::exit::Exit;
use crate::bundle::BundleError;
use crate::complaint::Complaints;
use crate::report::xlsx::WorkbookError;
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

    /// The same failure, with what it means for something else in front.
    pub(super) fn about(self, what: impl Display) -> Self {
        Self {
            what: format!("{what}: {}", self.what),
            remedy: self.remedy,
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

/// Writes to standard output; a reader that has seen enough (`| head`) is no failure.
pub(super) fn shown(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    let mut out = anstream::stdout().lock();
    match out.write_all(&bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Exit::Clean),
    }
}

/// What is wrong, without the remedy: for a place that has its own.
impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.what.trim_end())
    }
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        let remedy = error.remedy();
        Self::new(error, remedy)
    }
}

impl From<BundleError> for Failure {
    fn from(error: BundleError) -> Self {
        let remedy = error.remedy();
        Self::new(error, remedy)
    }
}

/// Complaints bring their own places and remedies.
impl From<Complaints> for Failure {
    fn from(complaints: Complaints) -> Self {
        let colours = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
        Self {
            what: complaints.render(colours),
            remedy: String::new(),
        }
    }
}

impl From<WorkbookError> for Failure {
    fn from(error: WorkbookError) -> Self {
        Self::new(
            error,
            "ask for --format csv, which has no limits, and report this",
        )
    }
}

impl From<SelectError> for Failure {
    fn from(error: SelectError) -> Self {
        let remedy = match error {
            SelectError::Pattern { .. } => {
                "write * and ? for anything, [ab] for one of a few, and put it in quotes"
            }
            SelectError::Nothing { .. } => "`tieout checks list` shows what there is",
            SelectError::NoneLeft => "take something out of --skip, or widen --only",
        };
        Self::new(error, remedy)
    }
}

/// A pipe that was closed early (`| head`) ends a command quietly, as people expect.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(error, "check where the output goes")
    }
}
