//! The command line: flags, help, progress, exit codes. The only place that knows `clap` and the terminal.

pub mod attest;
pub mod checks;
mod chromium;
pub mod corroborate;
pub mod criteria;
pub mod diff;
pub mod exit;
pub mod explain;
mod forms;
pub mod keys;
pub mod kinds;
pub mod new;
mod output;
pub mod period;
mod progress;
mod record;
mod recorded;
mod rules;
mod stop;
mod text;
mod write;

pub mod demo;
pub mod dictionary;
pub mod export;
pub mod replay;
pub mod report;
pub mod respond;
pub mod sample;
pub mod scan;
pub mod sign;
pub mod verify;
pub mod waive;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use exit::Exit;
use output::{Failure, shown};

/// Scans AWS accounts against SOC 2 and ties every finding out to the AWS answer that proves it.
#[derive(Debug, Parser)]
#[command(name = "tieout", version, after_help = exit::HELP, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read a live AWS account, judge it, and write a report with its evidence
    Scan(scan::Args),
    /// The same from a recorded account: no AWS account and no network needed
    Demo(demo::Args),
    /// Perform a scan again from the answers in its bundle, and compare every verdict
    Replay(replay::Args),
    /// Verify a bundle: digests, signature, timestamp, chain, the scan performed again, the arithmetic
    Verify(verify::Args),
    /// Look a run's calls up in CloudTrail, with your own credentials
    Corroborate(corroborate::Args),
    /// Sign a bundle, or have it timestamped
    Sign(sign::Args),
    /// Make and show the keys that sign bundles
    #[command(subcommand)]
    Keys(keys::Command),
    /// Write the report of a run again from its bundle, in other forms
    Report(report::Args),
    /// Pack a bundle and its papers into one file for the auditor
    Export(export::Args),
    /// Draw rows from the population of a check, by your own seed
    Sample(sample::Args),
    /// Show what two runs differ in, and whether the account or the rules changed
    Diff(diff::Args),
    /// Report on a period: exceptions with their lives, coverage, populations, changes of rules
    Period(period::Args),
    /// Accept a failure until a day: writes a waiver, which marks the failure and never removes it
    Waive(waive::Args),
    /// State what management says of an exception; it changes no verdict
    Respond(respond::Args),
    /// Show one check: what it asserts, why, what it reads and how to put a failure right
    Explain(dictionary::ExplainArgs),
    /// List, test and start checks
    #[command(subcommand)]
    Checks(dictionary::ChecksCommand),
    /// Show the kinds of resources and the facts that rules can read
    Kinds(dictionary::KindsArgs),
    /// Show the SOC 2 criteria and the checks that are evidence for each
    Criteria(dictionary::CriteriaArgs),
    /// Statements by people, for what no AWS answer can show: start, list and check them
    #[command(subcommand)]
    Attest(attest::Command),
    /// Print the least-privilege IAM policy that the selected checks need
    Policy(dictionary::PolicyArgs),
    /// Print a completion script: `source <(tieout completions bash)`
    Completions {
        /// Which shell
        shell: Shell,
    },
}

/// Parses, runs, and says how it ended.
pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    let ended = match command {
        Command::Scan(args) => scan::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Replay(args) => replay::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Corroborate(args) => corroborate::run(&args),
        Command::Sign(args) => sign::run(&args),
        Command::Keys(command) => keys::run(&command),
        Command::Report(args) => report::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Period(args) => period::run(&args),
        Command::Waive(args) => waive::run(&args),
        Command::Respond(args) => respond::run(&args),
        Command::Explain(args) => dictionary::explain(&args),
        Command::Checks(command) => dictionary::checks(&command),
        Command::Kinds(args) => dictionary::kinds(&args),
        Command::Criteria(args) => dictionary::criteria(&args),
        Command::Attest(command) => attest::run(&command),
        Command::Policy(args) => dictionary::policy(&args),
        Command::Completions { shell } => shown(|out| {
            clap_complete::generate(shell, &mut Cli::command(), "tieout", out);
            Ok(())
        }),
    };
    let exit = ended.unwrap_or_else(|failure: Failure| {
        failure.tell();
        Exit::CouldNotRun
    });
    ExitCode::from(exit as u8)
}

/// The async runtime of a command.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::from)
}
