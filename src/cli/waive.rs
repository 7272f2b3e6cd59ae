//! `tieout waive`: who accepts a failure, why and until when, as a file.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::exit::Exit;
use super::output::{Failure, note};
use super::record::{Record, create, known_check, named, refused, slug};
use super::rules::{All, Sources, everything};
use crate::aws::clock;
use crate::bundle::{Bundle, Folder};
use crate::check::{Check, Outcome};
use crate::complaint::nearest;
use crate::config::Config;
use crate::govern::marking::days_between;
use crate::govern::pattern::covers;
use crate::govern::{Kind, Waiver, waiver};
use crate::report::text::{counted, shown};

/// Flags of `tieout waive`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A waived failure stays a failure: reports show it under a heading of its own, with who accepted it and until when.
It does not make the exit code 1, and a criterion whose failures are all validly waived can be supported.
What is unknown is never waived.")]
pub struct Args {
    /// Id of the check whose failure is accepted
    check: String,
    /// ARN of the resource, as the report shows it; * for any letters, ? for one
    resource: String,
    /// Who answers for the risk
    #[arg(long, value_name = "PERSON")]
    owner: String,
    /// Who approved it: another person than the owner
    #[arg(long, value_name = "PERSON")]
    approver: String,
    /// Why the failure is accepted
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Where the decision is on record
    #[arg(long, value_name = "REFERENCE")]
    ticket: String,
    /// The last day it counts: 2026-01-31
    #[arg(long, value_name = "DAY")]
    expires: Date,
    /// Who asked for it
    #[arg(long, value_name = "PERSON")]
    requested_by: Option<String>,
    /// How grave the accepted risk is: critical, high, medium, low or info [default: the severity of the check]
    #[arg(long, value_name = "RATING")]
    risk: Option<String>,
    /// The day it was approved [default: today, UTC]
    #[arg(long, value_name = "DAY")]
    approved: Option<Date>,
    /// The day from which it counts [default: the day it was approved]
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Only in this account
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
    /// Only in this region
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// A check or attestation that makes up for the failure; repeatable
    #[arg(long, value_name = "ID")]
    compensating: Vec<String>,
    /// A waiver whose place this one takes; repeatable
    #[arg(long, value_name = "WAIVER")]
    supersedes: Vec<String>,
    /// What else there is to say
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A run that shows the failure: nothing is written unless the waiver covers one
    #[arg(long, value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// Name of the file, without the ending [default: check, resource and day of approval]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    sources: Sources,
}

/// Writes one waiver.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let config = Config::load(args.sources.config())?;
    let all = everything(&args.sources.folders(&config), config.file.as_ref())?;
    let check = known_check(&all.checks, &args.check)?;
    let today = TimeZone::UTC.to_datetime(clock()).date();
    let approved = args.approved.unwrap_or(today);
    let name = args
        .name
        .clone()
        .unwrap_or_else(|| format!("{}-{}-{approved}", check.id, slug(&args.resource)));
    let path = named(&config.govern.folder(Kind::Waivers), &name)?;
    let record = Record::default()
        .text("check", Some(&check.id))
        .text("resource", Some(&args.resource))
        .text("account", args.account.as_deref())
        .text("region", args.region.as_deref())
        .text("owner", Some(&args.owner))
        .text("approver", Some(&args.approver))
        .text("requested_by", args.requested_by.as_deref())
        .text("reason", Some(&args.reason))
        .text("ticket", Some(&args.ticket))
        .text(
            "risk",
            Some(args.risk.as_deref().unwrap_or(check.severity.name())),
        )
        .bare("approved", Some(approved))
        .bare("from", args.from)
        .bare("expires", Some(args.expires))
        .list("compensating", &args.compensating)
        .list("supersedes", &args.supersedes)
        .text("note", args.note.as_deref());
    let file = record.file(&path);
    let mut complaints = Vec::new();
    let Some(stated) = waiver::read(&file, &mut complaints) else {
        return Err(refused(&complaints));
    };
    in_time(
        &stated,
        check,
        config.govern.limits.days(check.severity),
        today,
    )?;
    for id in &stated.compensating {
        compensates(id, &all)?;
    }
    let covered = match &args.bundle {
        Some(bundle) => Some(covered(&stated, check, bundle)?),
        None => None,
    };
    let path = create(&file, "--name")?;
    note(format_args!("wrote {}", path.display()));
    match covered {
        Some(names) => {
            let failures = counted(names.len() as u64, "failure", "failures");
            note(format_args!("it covers {failures} of that run:"));
            names.iter().for_each(|name| note(format_args!("  {name}")));
        }
        None => note(
            "it was not held against a run: --bundle would say which failures it covers, and the next scan will",
        ),
    }
    Ok(Exit::Clean)
}

/// A waiver ends in the future, and not too far in it.
fn in_time(stated: &Waiver, check: &Check, max_days: u32, today: Date) -> Result<(), Failure> {
    if stated.terms.expires < today {
        return Err(Failure::new(
            format_args!("the waiver would have expired on {}", stated.terms.expires),
            "name a day to come with --expires",
        ));
    }
    let lasts = days_between(stated.terms.from, stated.terms.expires);
    if lasts <= i64::from(max_days) {
        return Ok(());
    }
    let latest = stated
        .terms
        .from
        .saturating_add(jiff::Span::new().days(i64::from(max_days)));
    Err(Failure::new(
        format_args!(
            "the waiver would last {}; one of {}, whose severity is {}, lasts {} at most",
            counted(lasts.unsigned_abs(), "day", "days"),
            check.id,
            check.severity,
            counted(max_days.into(), "day", "days"),
        ),
        format_args!(
            "give --expires {latest} or a day before it, or change `max_days` under [waivers] in tieout.toml"
        ),
    ))
}

/// What makes up for a failure is a check or an attestation.
fn compensates(id: &str, all: &All) -> Result<(), Failure> {
    let checks = || all.checks.iter().map(|check| check.id.as_str());
    let attestations = || all.frameworks.attestations().map(|it| it.id.as_str());
    if checks().chain(attestations()).any(|known| known == id) {
        return Ok(());
    }
    let help = match nearest(id, checks().chain(attestations())) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`tieout checks list` and `tieout criteria` show what there is".to_owned(),
    };
    Err(Failure::new(
        format_args!("`{id}` is neither a check nor an attestation"),
        help,
    ))
}

/// A verdict as a bundle has it, with what a waiver asks of it.
#[derive(serde::Deserialize)]
struct Recorded {
    check: String,
    outcome: Outcome,
    resource: Option<String>,
    name: String,
    account: String,
    region: String,
}

/// The failures of a run that a waiver covers: one at least.
fn covered(stated: &Waiver, check: &Check, bundle: &Path) -> Result<Vec<String>, Failure> {
    let bundle = Bundle::open(Folder(bundle.to_owned()))?;
    let Some(bytes) = bundle.verdicts()? else {
        return Err(Failure::new(
            "the run was killed before it was judged, so it has no failure to cover",
            "name the bundle of a run that came to its end",
        ));
    };
    let (mut names, mut others, mut of_check) = (Vec::new(), 0_u64, 0_u64);
    for line in bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        let verdict: Recorded = serde_json::from_slice(line).map_err(|error| {
            Failure::new(
                format_args!("the verdicts of the bundle cannot be read: {error}"),
                "name a bundle of this version of tieout",
            )
        })?;
        if verdict.check != check.id && !check.was.contains(&verdict.check) {
            continue;
        }
        of_check += 1;
        let Some(arn) = &verdict.resource else {
            continue;
        };
        let within = stated
            .terms
            .account
            .as_ref()
            .is_none_or(|it| *it == verdict.account)
            && stated
                .terms
                .region
                .as_ref()
                .is_none_or(|it| *it == verdict.region);
        if !within || !covers(&stated.terms.resource, arn) {
            continue;
        }
        if verdict.outcome == Outcome::Fail {
            names.push(shown(&format!("{} {}", verdict.name, arn)).into_owned());
        } else {
            others += 1;
        }
    }
    if !names.is_empty() {
        return Ok(names);
    }
    let (what, help) = if others > 0 {
        (
            format!(
                "{} names {others} of the resources of {} in that run, and none of them fails",
                stated.terms.resource, check.id
            ),
            "a waiver covers a failure and nothing else: what passes needs none, and what is unknown cannot have one",
        )
    } else if of_check == 0 {
        (
            format!("that run has no verdict of {}", check.id),
            "name the bundle of a run that judged it",
        )
    } else {
        (
            format!(
                "{} names none of the resources of {} in that run",
                stated.terms.resource, check.id
            ),
            "copy the ARN from the report",
        )
    };
    Err(Failure::new(what, help))
}
