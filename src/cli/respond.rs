//! `tieout respond`: what management says of an exception, as a file.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::exit::Exit;
use super::output::{Failure, note};
use super::record::{Record, create, known_check, named, refused, slug};
use super::rules::{Sources, everything};
use crate::aws::clock;
use crate::complaint::did_you_mean;
use crate::config::Config;
use crate::criteria::Frameworks;
use crate::govern::{Kind, response};

/// Flags of `tieout respond`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A response is management's statement. Reports print it in a section of its own; it changes no verdict and no result.")]
pub struct Args {
    /// Id of the check, or of the criterion, whose exceptions it speaks of
    about: String,
    /// Who says it
    #[arg(long, value_name = "PERSON")]
    author: String,
    /// In which position
    #[arg(long, value_name = "POSITION")]
    role: String,
    /// What management says
    #[arg(long, value_name = "TEXT")]
    text: String,
    /// ARN of the resource it speaks of; * for any letters, ? for one [default: all that fails]
    #[arg(long, value_name = "ARN")]
    resource: Option<String>,
    /// Why the exception came about
    #[arg(long, value_name = "TEXT")]
    root_cause: Option<String>,
    /// What was done about it
    #[arg(long, value_name = "TEXT")]
    correction: Option<String>,
    /// What keeps it from coming about again
    #[arg(long, value_name = "TEXT")]
    prevention: Option<String>,
    /// By when that is to be done: 2026-01-31
    #[arg(long, value_name = "DAY")]
    target_date: Option<Date>,
    /// Where it is on record
    #[arg(long, value_name = "REFERENCE")]
    ticket: Option<String>,
    /// The day of the statement [default: today, UTC]
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
    /// Name of the file, without the ending [default: check or criterion, resource and day]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    sources: Sources,
}

/// Writes one response.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let config = Config::load(args.sources.config())?;
    let all = everything(&args.sources.folders(&config), config.file.as_ref())?;
    let (check, criterion) = match known_check(&all.checks, &args.about) {
        Ok(check) => (Some(check.id.as_str()), None),
        Err(no_check) => (
            None,
            Some(known_criterion(&all.frameworks, &args.about, no_check)?),
        ),
    };
    let date = args
        .date
        .unwrap_or_else(|| TimeZone::UTC.to_datetime(clock()).date());
    let about = check.or(criterion).unwrap_or(&args.about).replace(':', "-");
    let name = args.name.clone().unwrap_or_else(|| match &args.resource {
        Some(resource) => format!("{about}-{}-{date}", slug(resource)),
        None => format!("{about}-{date}"),
    });
    let path = named(&config.govern.folder(Kind::Responses), &name)?;
    let record = Record::default()
        .comment("Management's statement; not part of the tests and not verified by them.")
        .text("check", check)
        .text("criterion", criterion)
        .text("resource", args.resource.as_deref())
        .text("author", Some(&args.author))
        .text("role", Some(&args.role))
        .bare("date", Some(date))
        .text("text", Some(&args.text))
        .text("root_cause", args.root_cause.as_deref())
        .text("correction", args.correction.as_deref())
        .text("prevention", args.prevention.as_deref())
        .bare("target_date", args.target_date)
        .text("ticket", args.ticket.as_deref());
    let file = record.file(&path);
    let mut complaints = Vec::new();
    if response::read(&file, &mut complaints).is_none() {
        return Err(refused(&complaints));
    }
    let path = create(&file, "--name")?;
    note(format_args!("wrote {}", path.display()));
    note("reports print it as management's statement; it changes no verdict");
    Ok(Exit::Clean)
}

fn known_criterion<'a>(
    frameworks: &'a Frameworks,
    id: &str,
    no_check: Failure,
) -> Result<&'a str, Failure> {
    match frameworks.criterion(id) {
        Some(criterion) => Ok(&criterion.id),
        None if id.contains(':') => Err(Failure::new(
            format_args!("there is no criterion `{id}`"),
            did_you_mean(id, frameworks.criteria().map(|it| it.id.as_str())),
        )),
        None => Err(no_check),
    }
}
