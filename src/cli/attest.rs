//! `tieout attest`: statements by people, for what no AWS answer can show.

mod list;
mod new;

use clap::Subcommand;

use super::exit::Exit;
use super::output::{Failure, shown};
use super::rules::{All, Sources, everything};
use crate::aws::clock;
use crate::config::Config;
use crate::criteria::{Criterion, Frameworks};
use crate::govern::attestation::Standings;
use crate::govern::attestation::standing::{Day, standings};
use crate::govern::{Governance, Limits};
use crate::scan;

/// `tieout attest …`
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the file of a statement, or one for each that a criterion needs; never over a file that is there
    New(Box<new::Args>),
    /// Show every attestation there is: what is wanted, for how long it counts, and how it stands today
    List(ListArgs),
    /// See whether the statements in the folder are sound and count today
    #[command(after_help = CHECK_EXIT)]
    Check(ListArgs),
}

const CHECK_EXIT: &str = "\
Exit codes:
  0  every statement in the folder counts, or, with --criterion, everything that it needs
  1  something does not
  2  it could not run: a file has a mistake";

/// Flags of `tieout attest list` and `check`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Only what this criterion needs: tsc2017:CC6.1
    #[arg(long, value_name = "CRITERION")]
    criterion: Option<String>,
    #[command(flatten)]
    sources: Sources,
}

/// Runs one of them.
pub fn run(command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::New(args) => new::run(args),
        Command::List(args) => {
            let folder = Folder::read(args)?;
            shown(|out| list::all(&folder, out))
        }
        Command::Check(args) => {
            let folder = Folder::read(args)?;
            let mut sound = false;
            shown(|out| {
                sound = list::check(&folder, out)?;
                Ok(())
            })?;
            Ok(if sound { Exit::Clean } else { Exit::Fails })
        }
    }
}

/// The statements in the folder, and how they stand today.
struct Folder {
    frameworks: Frameworks,
    /// The criterion that is asked about; none: all.
    criterion: Option<String>,
    standings: Standings,
    limits: Limits,
}

impl Folder {
    fn read(args: &ListArgs) -> Result<Self, Failure> {
        let config = Config::load(args.sources.config())?;
        let All {
            checks, frameworks, ..
        } = everything(&args.sources.folders(&config), config.file.as_ref())?;
        let criterion = match &args.criterion {
            Some(named) => Some(criterion(&frameworks, named)?.id.clone()),
            None => None,
        };
        let governance = Governance::load(config.file.as_ref(), &config.govern)?;
        let checks = checks.iter().map(|check| check.id.as_str());
        scan::fits(&governance, &frameworks, checks)?;
        let day = Day {
            today: scan::day(clock()),
            accounts: &[],
            listing: None,
        };
        let needed = frameworks.needed(&governance.limits);
        let standings = standings(&governance.attestations, needed, day);
        Ok(Self {
            frameworks,
            criterion,
            standings,
            limits: governance.limits,
        })
    }
}

/// The criterion of that id, or of that code alone where no framework is named.
fn criterion<'a>(frameworks: &'a Frameworks, named: &str) -> Result<&'a Criterion, Failure> {
    frameworks.criterion(named).ok_or_else(|| {
        let meant = frameworks
            .suggest(named)
            .map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
        Failure::new(
            format_args!("there is no criterion `{named}`{meant}"),
            "`tieout criteria` shows them all",
        )
    })
}
