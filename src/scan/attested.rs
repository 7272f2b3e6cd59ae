//! What people attested, as it stands on the day of a run: held against the accounts of the run and against what AWS Artifact
//! says of AWS's own reports.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Rules;
use crate::complaint::{Complaint, Complaints, did_you_mean};
use crate::criteria::Frameworks;
use crate::govern::Governance;
use crate::govern::attestation::provider::{Listing, Report};
use crate::govern::attestation::standing::{Day, standings};
use crate::govern::attestation::{Standings, Statement};
use crate::inventory::run::Run;
use crate::inventory::schema::{Kind, Schema};
use crate::inventory::{Fact, Inventory, Resource};

/// How every attestation stands on the day a run started.
pub fn attested(run: &Run, listing: &Listing, rules: &Rules) -> Standings {
    let accounts: Vec<String> = run
        .callers
        .iter()
        .map(|caller| caller.account.clone())
        .collect();
    let day = Day {
        today: day(run.started),
        accounts: &accounts,
        listing: Some(listing),
    };
    standings(
        &rules.governance.attestations,
        rules.frameworks.needed(&rules.governance.limits),
        day,
    )
}

/// The day of an instant, in UTC.
pub fn day(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}

/// The kind that tells of AWS's reports.
const KIND: &str = "artifact.report";

/// What AWS Artifact lists of AWS's own SOC 2 reports, if it told of all of them.
pub fn listing(inventory: &Inventory, schema: &Schema) -> Listing {
    let mut populations = inventory.of_kind(KIND).peekable();
    let Some(kind) = schema.kind(KIND).filter(|_| populations.peek().is_some()) else {
        return Listing::Unread("this run did not ask for it".to_owned());
    };
    let mut reports = Vec::new();
    for (_, population) in populations {
        if let Some(gap) = population.gaps.first() {
            return Listing::Unread(gap.to_string());
        }
        for resource in &population.resources {
            match report(kind, resource) {
                Ok(report) => reports.extend(report),
                Err(why) => return Listing::Unread(why),
            }
        }
    }
    // Accounts of one organization are shown the same reports.
    reports.sort_by(|a: &Report, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
    reports.dedup();
    Listing::Read(reports)
}

/// A published SOC 2 report of AWS's own; nothing where it is another one.
fn report(kind: &Kind, resource: &Resource) -> Result<Option<Report>, String> {
    let fact = |name: &str| {
        let place = kind.fields.iter().position(|field| field.name == name);
        let field = place.and_then(|place| resource.fields.get(place));
        match field.map(|field| &field.fact) {
            Some(Fact::Gap(gap)) => Err(gap.to_string()),
            Some(fact) => Ok(fact.clone()),
            None => Err(format!("{} lacks {name}", resource.arn)),
        }
    };
    let unfit = |name: &str| format!("{name} of {} is not what it should be", resource.arn);
    let text = |name: &str| {
        let Fact::Text(text) = fact(name)? else {
            return Err(unfit(name));
        };
        Ok(text.to_string())
    };
    let day = |name: &str| match told(&fact(name)?) {
        Some(at) => Ok(Some(day(at))),
        None if fact(name)? == Fact::Null => Ok(None),
        None => Err(unfit(name)),
    };
    let name = text("name")?;
    // AWS leaves out the company where it does not say; a vendor's report on the Marketplace names the vendor.
    let of_aws = fact("company")? == Fact::Null || {
        let company = text("company")?;
        company.contains("Amazon") || company.contains("AWS")
    };
    let soc_2 = name.contains("SOC 2") || name.contains("(SOC) 2");
    if !of_aws || !soc_2 || fact("published")? != Fact::Bool(true) {
        return Ok(None);
    }
    let Fact::Int(version) = fact("version")? else {
        return Err(unfit("version"));
    };
    Ok(Some(Report {
        id: text("id")?,
        name,
        version,
        period_start: day("period_start")?,
        period_end: day("period_end")?,
    }))
}

/// The instant in a fact.
fn told(fact: &Fact) -> Option<Timestamp> {
    if let Fact::Time(at) = fact {
        Some(*at)
    } else {
        None
    }
}

/// Refuses statements that name what there is not: an attestation, or what answers a control of AWS's report.
///
/// # Errors
/// All that they name wrong.
pub fn fits<'a>(
    governance: &Governance,
    frameworks: &'a Frameworks,
    checks: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Complaints> {
    let mut complaints = Vec::new();
    let attestations = || frameworks.attestations().map(|known| known.id.as_str());
    for statement in &governance.attestations {
        let id = &statement.attestation;
        if frameworks.attestation(id).is_none() {
            let message = format!("there is no attestation `{id}`");
            let help = did_you_mean(id, attestations());
            complaints.extend(complaint(governance, statement, id, message, help));
        }
        let controls = statement.review.iter();
        let controls = controls.flat_map(|review| &review.user_entity_controls);
        for id in controls.flat_map(|control| &control.answered_by) {
            if frameworks.attestation(id).is_none() && !checks.clone().any(|check| check == id) {
                let message = format!("`{id}` is neither a check nor an attestation");
                let help = did_you_mean(id, checks.clone().chain(attestations()));
                complaints.extend(complaint(governance, statement, id, message, help));
            }
        }
    }
    Complaints(complaints).none_or(())
}

fn complaint(
    governance: &Governance,
    statement: &Statement,
    written: &str,
    message: String,
    help: String,
) -> Option<Complaint> {
    let kept = governance.files().iter();
    let kept = kept.map(|kept| &kept.file);
    let file = kept.clone().find(|file| *file.name == *statement.file)?;
    let start = file.text.find(written).unwrap_or_default();
    Some(Complaint::new(
        file,
        start..start + written.len(),
        message,
        help,
    ))
}
