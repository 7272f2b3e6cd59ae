//! Exit codes. All of them; documented in `--help` by [`HELP`].

use clap::ValueEnum;

use crate::check::Severity;
use crate::report::Report;

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing fails and nothing is unknown.
    Clean = 0,
    /// Something fails at or above `--fail-on`; of `verify`, something does not hold.
    Fails = 1,
    /// It could not run, or could not do all that was asked: sign what it wrote, or have it timestamped.
    CouldNotRun = 2,
    /// Nothing fails, something is unknown.
    Unknown = 3,
}

/// The table, for `--help`.
pub const HELP: &str = "\
Exit codes:
  0  nothing fails at or above --fail-on, and nothing is unknown
  1  something fails at or above --fail-on
  2  it could not run, or could not sign or timestamp what it wrote; the run is kept then
  3  nothing fails at or above --fail-on, and something is unknown: whatever its severity
A failure that a valid waiver covers does not count for 1; the report shows it all the same.";

/// The table of `tieout verify`, which judges a bundle and not an account.
pub const VERIFY: &str = "\
Exit codes:
  0  all that was looked at holds; what could not be looked at is said, and is no fault unless it was required
  1  something does not hold
  2  it could not run";

/// The table of `tieout corroborate`, which holds a bundle against CloudTrail.
pub const CORROBORATE: &str = "\
Exit codes:
  0  CloudTrail has every call that it can have, and no other of that session
  1  something is in one of them and not in the other, or differs
  2  it could not run
  3  nothing contradicts the run, and some of what CloudTrail keeps could not be read";

/// The flag that says which failures count for the exit code.
#[derive(Debug, clap::Args)]
pub(super) struct Threshold {
    /// Least severity of a failure that makes the exit code 1. Failures below it are reported all the same
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

impl Threshold {
    /// How a run with this report ends.
    pub(super) fn exit(&self, report: &Report) -> Exit {
        of(
            report,
            match self.fail_on {
                FailOn::Critical => Severity::Critical,
                FailOn::High => Severity::High,
                FailOn::Medium => Severity::Medium,
                FailOn::Low => Severity::Low,
                FailOn::Info => Severity::Info,
            },
        )
    }
}

/// How a scan ends. Lists for review and advice never decide it. An unknown counts whatever its severity, because
/// nobody knows what it would have been.
pub fn of(report: &Report, fail_on: Severity) -> Exit {
    let fails = report
        .summary
        .severities
        .iter()
        .any(|row| row.severity >= fail_on && row.outcomes.tally.fail > 0);
    let unknown = report.summary.outcomes.tally.unknown > 0 || report.summary.outcomes.unlisted > 0;
    match (fails, unknown || report.run.partial) {
        (true, _) => Exit::Fails,
        (false, true) => Exit::Unknown,
        (false, false) => Exit::Clean,
    }
}
