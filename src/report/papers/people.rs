//! What people state: waivers, management's responses, exceptions made in AWS itself, and who has which role.

use super::super::exceptions::Suppression;
use super::super::people::Compensating;
use super::super::{Report, StatedResponse, StatedWaiver, Suppressions};
use super::cells::{call, lines, listed, request_id, shown, written, yes};
use super::{Column, Sheet};
use crate::govern::segregation::Person;

/// Every waiver, what needs attention first.
pub(super) fn waivers(report: &Report) -> Sheet<'_> {
    Sheet::new("Waivers", waiver_columns(), &report.waivers)
}

fn waiver_columns<'r>() -> Vec<Column<&'r StatedWaiver>> {
    vec![
        ("Waiver", 24, |waiver| shown(&waiver.id).into()),
        ("State", 16, |waiver| waiver.state.name().into()),
        ("How it stands", 60, |waiver| shown(&waiver.says).into()),
        ("Failures covered", 15, |waiver| waiver.applied.into()),
        ("Check", 34, |waiver| shown(&waiver.check).into()),
        ("Severity", 10, |waiver| {
            waiver
                .severity
                .map_or("there is no such check", |severity| severity.name())
                .into()
        }),
        ("Resource", 50, |waiver| {
            shown(&waiver.terms.resource).into()
        }),
        ("Account", 14, |waiver| {
            optional(&waiver.terms.account).into()
        }),
        ("Region", 14, |waiver| optional(&waiver.terms.region).into()),
        ("Owner", 24, |waiver| shown(&waiver.terms.owner).into()),
        ("Approver", 24, |waiver| {
            shown(&waiver.terms.approver).into()
        }),
        ("Asked for by", 24, |waiver| {
            optional(&waiver.terms.requested_by).into()
        }),
        ("Reason", 60, |waiver| lines(&waiver.terms.reason).into()),
        ("Ticket", 20, |waiver| shown(&waiver.terms.ticket).into()),
        ("Accepted risk", 14, |waiver| {
            waiver.terms.risk.name().into()
        }),
        ("Approved", 12, |waiver| {
            waiver.terms.approved.to_string().into()
        }),
        ("Counts from", 12, |waiver| {
            waiver.terms.from.to_string().into()
        }),
        ("Expires", 12, |waiver| {
            waiver.terms.expires.to_string().into()
        }),
        ("Days left", 10, |waiver| {
            waiver.days_left.to_string().into()
        }),
        ("Taken back", 12, |waiver| {
            waiver
                .terms
                .revoked
                .map_or_else(String::new, |day| day.to_string())
                .into()
        }),
        ("Retroactive", 11, |waiver| yes(waiver.retroactive).into()),
        ("Superseded by", 24, |waiver| {
            optional(&waiver.superseded_by).into()
        }),
        ("Compensated by", 50, |waiver| {
            listed(&waiver.compensating, compensating).into()
        }),
        ("Note", 50, |waiver| {
            lines(waiver.terms.note.as_deref().unwrap_or_default()).into()
        }),
        ("File", 34, |waiver| shown(&waiver.file).into()),
        ("SHA-256 of the file", 68, |waiver| {
            waiver.sha256.as_str().into()
        }),
    ]
}

/// What makes up for a failure, and how that stands.
fn compensating(by: &Compensating) -> String {
    shown(&format!("{} {}", by.id, by.state))
}

/// What management says of exceptions, by name.
pub(super) fn responses(report: &Report) -> Sheet<'_> {
    Sheet::new(
        "Management responses",
        response_columns(),
        &report.responses,
    )
}

fn response_columns<'r>() -> Vec<Column<&'r StatedResponse>> {
    vec![
        ("Response", 24, |said| shown(&said.id).into()),
        ("Management's statement, no part of the tests", 80, |said| {
            lines(&said.said.text).into()
        }),
        ("Author", 24, |said| shown(&said.said.author).into()),
        ("Role", 24, |said| shown(&said.said.role).into()),
        ("Date", 12, |said| said.said.date.to_string().into()),
        ("Of check", 34, |said| optional(&said.check).into()),
        ("Written as", 34, |said| {
            optional(&said.written_check).into()
        }),
        ("Of criterion", 18, |said| optional(&said.criterion).into()),
        ("Of resource", 50, |said| optional(&said.resource).into()),
        ("Failures it speaks of", 20, |said| said.failures.into()),
        ("Root cause", 50, |said| {
            lines(said.said.root_cause.as_deref().unwrap_or_default()).into()
        }),
        ("Correction", 50, |said| {
            lines(said.said.correction.as_deref().unwrap_or_default()).into()
        }),
        ("Prevention", 50, |said| {
            lines(said.said.prevention.as_deref().unwrap_or_default()).into()
        }),
        ("Target date", 12, |said| {
            said.said
                .target_date
                .map_or_else(String::new, |day| day.to_string())
                .into()
        }),
        ("Ticket", 20, |said| optional(&said.said.ticket).into()),
        ("File", 34, |said| shown(&said.file).into()),
        ("SHA-256 of the file", 68, |said| {
            said.sha256.as_str().into()
        }),
    ]
}

/// Every exception made in AWS itself; a line also for each kind that has none, and says whether that is known.
pub(super) fn suppressions(report: &Report) -> Sheet<'_> {
    let rows = report.suppressions.iter().flat_map(|kind| {
        let none = kind.members.is_empty().then_some(None);
        let members = kind.members.iter().map(Some);
        members.chain(none).map(move |member| (kind, member))
    });
    Sheet::new("Exceptions made in AWS", suppression_columns(), rows)
}

fn suppression_columns<'r>() -> Vec<Column<(&'r Suppressions, Option<&'r Suppression>)>> {
    vec![
        ("What", 50, |(kind, _)| kind.title.into()),
        ("Kind", 34, |(kind, _)| kind.kind.into()),
        ("Listed in full", 14, |(kind, _)| {
            if kind.asked {
                yes(kind.complete)
            } else {
                "not asked for"
            }
            .into()
        }),
        ("Account", 14, |(_, found)| {
            found
                .map_or_else(String::new, |it| shown(&it.account))
                .into()
        }),
        ("Region", 14, |(_, found)| {
            found
                .map_or_else(String::new, |it| shown(&it.region))
                .into()
        }),
        ("ARN", 50, |(_, found)| {
            found
                .map_or_else(|| "none listed".to_owned(), |it| shown(&it.resource))
                .into()
        }),
        ("Name", 28, |(_, found)| {
            found.map_or_else(String::new, |it| shown(&it.name)).into()
        }),
        ("What AWS says of it", 70, |(_, found)| {
            found
                .map_or_else(String::new, |it| {
                    listed(&it.facts, |(name, value)| {
                        format!("{name} = {}", written(value))
                    })
                })
                .into()
        }),
        ("Told by", 44, |(_, found)| of_call(*found, call).into()),
        ("Request id", 40, |(_, found)| {
            of_call(*found, request_id).into()
        }),
        ("Answered at", 32, |(_, found)| {
            of_call(*found, |it| it.at.to_string()).into()
        }),
        ("Answer SHA-256", 68, |(_, found)| {
            of_call(*found, |it| shown(&it.sha256)).into()
        }),
    ]
}

fn of_call(found: Option<&Suppression>, say: fn(&crate::inventory::Source) -> String) -> String {
    found
        .and_then(|it| it.call.as_ref())
        .map_or_else(String::new, say)
}

/// Who has which role, by name.
pub(super) fn roles(report: &Report) -> Sheet<'_> {
    Sheet::new("Roles of people", role_columns(), &report.segregation)
}

fn role_columns<'r>() -> Vec<Column<&'r Person>> {
    vec![
        ("Person", 34, |person| shown(&person.person).into()),
        ("More than one role", 18, |person| {
            yes(person.overlap).into()
        }),
        ("Roles, and in which records", 100, |person| {
            listed(&person.roles, |(role, records)| {
                shown(&format!("{}: {}", role.name(), records.join(", ")))
            })
            .into()
        }),
    ]
}

fn optional(text: &Option<String>) -> String {
    text.as_deref().map_or_else(String::new, shown)
}
