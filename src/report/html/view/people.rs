//! What people state: waivers, management's responses, who has which role; and the exceptions made in AWS itself, which
//! are waivers in another system.

mod exceptions;

use serde::Serialize;

use super::{check_anchor, criterion_anchor, lines, shown, stated_anchor};
use crate::govern::marking::State;
use crate::govern::segregation::{Person, Role};
use crate::report::html::cite::Citations;
use crate::report::people::{Compensating, Compensation};
use crate::report::text::{counted, number};
use crate::report::{Report, StatedResponse, StatedWaiver};

use exceptions::{Exceptions, exceptions};

/// Verdicts one waiver covers that are linked before the rest is counted.
const LINKS: usize = 50;

#[derive(Serialize)]
pub(super) struct People {
    waivers: Vec<WaiverView>,
    /// How many failures are waived, in words; none where none is.
    waived: Option<String>,
    limits: Vec<Limit>,
    /// Whether `tieout.toml` changed a limit.
    limits_changed: bool,
    responses: Vec<ResponseView>,
    exceptions: Vec<Exceptions>,
    segregation: Segregation,
}

#[derive(Serialize)]
struct WaiverView {
    anchor: String,
    id: String,
    state: &'static str,
    class: &'static str,
    says: String,
    check: String,
    check_anchor: Option<String>,
    written_check: Option<String>,
    severity: Option<&'static str>,
    resource: String,
    only_in: Option<String>,
    owner: String,
    approver: String,
    requested_by: Option<String>,
    reason: String,
    ticket: String,
    risk: &'static str,
    approved: String,
    from: String,
    expires: String,
    days: String,
    max_days: Option<u32>,
    revoked: Option<String>,
    compensating: Vec<CompensatingView>,
    covers: Vec<Covered>,
    more: Option<String>,
    note: Option<String>,
    file: String,
    sha256: String,
}

#[derive(Serialize)]
struct CompensatingView {
    id: String,
    what: &'static str,
    anchor: Option<String>,
    state: String,
}

/// A failure that a waiver covers.
#[derive(Serialize)]
struct Covered {
    anchor: String,
    name: String,
}

#[derive(Serialize)]
struct Limit {
    severity: &'static str,
    days: u32,
    default: u32,
    changed: bool,
}

#[derive(Serialize)]
struct ResponseView {
    anchor: String,
    id: String,
    check: Option<Linked>,
    written_check: Option<String>,
    criterion: Option<Linked>,
    resource: Option<String>,
    says: String,
    author: String,
    role: String,
    date: String,
    text: String,
    root_cause: Option<String>,
    correction: Option<String>,
    prevention: Option<String>,
    target_date: Option<String>,
    ticket: Option<String>,
    file: String,
    sha256: String,
}

/// A name, and where it leads; nowhere, if there is no such thing.
#[derive(Serialize)]
struct Linked {
    name: String,
    anchor: Option<String>,
}

#[derive(Serialize)]
struct Segregation {
    roles: Vec<&'static str>,
    rows: Vec<PersonRow>,
    overlaps: Vec<String>,
}

#[derive(Serialize)]
struct PersonRow {
    person: String,
    /// One for each role: in how many records.
    cells: Vec<Cell>,
    overlap: bool,
}

#[derive(Serialize)]
struct Cell {
    count: Option<usize>,
    records: String,
}

pub(super) fn people(report: &Report, citations: &mut Citations) -> People {
    let waived: u64 = report.waivers.iter().map(|waiver| waiver.applied).sum();
    let limits: Vec<Limit> = report
        .waiver_limits
        .iter()
        .map(|limit| Limit {
            severity: limit.severity.name(),
            days: limit.max_days,
            default: limit.default,
            changed: limit.max_days != limit.default,
        })
        .collect();
    People {
        waivers: report
            .waivers
            .iter()
            .map(|waiver| of_waiver(waiver, report))
            .collect(),
        waived: (waived > 0).then(|| counted(waived, "failure is", "failures are")),
        limits_changed: limits.iter().any(|limit| limit.changed),
        limits,
        responses: report
            .responses
            .iter()
            .map(|said| response(said, report))
            .collect(),
        exceptions: exceptions(report, citations),
        segregation: segregation(&report.segregation),
    }
}

fn of_waiver(waiver: &StatedWaiver, report: &Report) -> WaiverView {
    let class = match waiver.state {
        State::Active => "waived",
        State::Expired | State::TooLong | State::UnknownCheck => "fail",
        State::Unmatched | State::NotYetInForce => "unknown",
        State::Revoked | State::Superseded | State::LeftOut => "none",
    };
    let covered = || {
        report.verdicts.iter().filter(|verdict| {
            let by = verdict.waiver.as_ref();
            by.is_some_and(|by| by.id == waiver.id)
        })
    };
    let more = waiver.applied.saturating_sub(LINKS as u64);
    let only_in: Vec<&str> = [&waiver.terms.account, &waiver.terms.region]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let days = counted(waiver.days_left.unsigned_abs(), "day", "days");
    WaiverView {
        anchor: stated_anchor("waiver", &waiver.id),
        id: shown(&waiver.id),
        state: waiver.state.name(),
        class,
        says: shown(&waiver.says),
        check: shown(&waiver.check),
        check_anchor: waiver.severity.map(|_| check_anchor(&waiver.check)),
        written_check: waiver.written_check.as_deref().map(shown),
        severity: waiver.severity.map(|severity| severity.name()),
        resource: shown(&waiver.terms.resource),
        only_in: (!only_in.is_empty()).then(|| shown(&only_in.join(" "))),
        owner: shown(&waiver.terms.owner),
        approver: shown(&waiver.terms.approver),
        requested_by: waiver.terms.requested_by.as_deref().map(shown),
        reason: lines(&waiver.terms.reason),
        ticket: shown(&waiver.terms.ticket),
        risk: waiver.terms.risk.name(),
        approved: waiver.terms.approved.to_string(),
        from: waiver.terms.from.to_string(),
        expires: waiver.terms.expires.to_string(),
        days: if waiver.days_left < 0 {
            format!("{days} ago")
        } else {
            format!("{days} left")
        },
        max_days: waiver.max_days,
        revoked: waiver.terms.revoked.map(|day| day.to_string()),
        compensating: waiver.compensating.iter().map(compensating).collect(),
        covers: covered()
            .take(LINKS)
            .map(|verdict| Covered {
                anchor: format!("verdict-{}", verdict.id),
                name: shown(if verdict.name.is_empty() {
                    verdict.resource.as_deref().unwrap_or(&verdict.kind)
                } else {
                    &verdict.name
                }),
            })
            .collect(),
        more: (more > 0).then(|| number(more)),
        note: waiver.terms.note.as_deref().map(lines),
        file: shown(&waiver.file),
        sha256: waiver.sha256.clone(),
    }
}

fn compensating(by: &Compensating) -> CompensatingView {
    let (what, anchor) = match by.is {
        Compensation::Check => ("check", Some(check_anchor(&by.id))),
        Compensation::Attestation => ("attestation", None),
        Compensation::Nothing => ("", None),
    };
    let counts = by.tally.map_or_else(String::new, |tally| {
        format!(
            ": {} pass, {} fail, {} waived, {} unknown",
            number(tally.pass),
            number(tally.fail),
            number(tally.waived),
            number(tally.unknown)
        )
    });
    CompensatingView {
        id: shown(&by.id),
        what,
        anchor,
        state: format!("{}{counts}", by.state),
    }
}

fn response(said: &StatedResponse, report: &Report) -> ResponseView {
    let check = said.check.as_deref().map(|id| Linked {
        name: shown(id),
        anchor: report
            .checks
            .iter()
            .any(|check| *check.id == *id)
            .then(|| check_anchor(id)),
    });
    let criterion = said.criterion.as_deref().map(|id| Linked {
        name: shown(id),
        anchor: report
            .criteria
            .iter()
            .any(|criterion| criterion.id == id)
            .then(|| criterion_anchor(id, false)),
    });
    ResponseView {
        anchor: stated_anchor("response", &said.id),
        id: shown(&said.id),
        check,
        written_check: said.written_check.as_deref().map(shown),
        criterion,
        resource: said.resource.as_deref().map(shown),
        says: shown(&said.says),
        author: shown(&said.said.author),
        role: shown(&said.said.role),
        date: said.said.date.to_string(),
        text: lines(&said.said.text),
        root_cause: said.said.root_cause.as_deref().map(lines),
        correction: said.said.correction.as_deref().map(lines),
        prevention: said.said.prevention.as_deref().map(lines),
        target_date: said.said.target_date.map(|day| day.to_string()),
        ticket: said.said.ticket.as_deref().map(shown),
        file: shown(&said.file),
        sha256: said.sha256.clone(),
    }
}

fn segregation(people: &[Person]) -> Segregation {
    Segregation {
        roles: Role::ALL.map(Role::name).to_vec(),
        rows: people
            .iter()
            .map(|person| PersonRow {
                person: shown(&person.person),
                cells: Role::ALL
                    .map(|role| {
                        let records = person.roles.get(&role);
                        Cell {
                            count: records.map(Vec::len),
                            records: shown(&records.map_or_else(String::new, |it| it.join(", "))),
                        }
                    })
                    .into(),
                overlap: person.overlap,
            })
            .collect(),
        overlaps: people
            .iter()
            .filter(|person| person.overlap)
            .map(|person| shown(&person.says()))
            .collect(),
    }
}
