//! The tables on the life of failures, resources and verdicts.

use super::{Table, seen, table};
use crate::history::period::{End, Exception, Fine, Interval, Period};
use crate::report::period::{lasting, moment};

fn fine(fine: &Option<Fine>, none: &str) -> String {
    fine.as_ref().map_or_else(
        || none.to_owned(),
        |fine| format!("{}: {}", seen(&fine.seen), fine.how.words()),
    )
}

pub(in crate::report) fn exceptions(period: &Period) -> Table {
    let head = [
        "Exception",
        "Severity",
        "Check",
        "Resource",
        "ARN",
        "Region",
        "Not before",
        "Opened",
        "Detected",
        "Last failing",
        "Closed",
        "At least",
        "At most",
        "In the window, at least",
        "In the window, at most",
        "Occurrence#",
        "Undecided runs#",
        "Rules",
        "Waivers",
        "Criteria",
    ];
    let row = |one: &Exception| {
        vec![
            one.id.clone(),
            one.severity.to_string(),
            one.check.clone(),
            one.name.clone(),
            one.resource.clone().unwrap_or_default(),
            one.region.clone(),
            fine(&one.not_before, "not known: no run before saw it"),
            seen(&one.opened),
            one.detected.map(moment).unwrap_or_default(),
            seen(&one.last_failing),
            fine(&one.closed, open(one)),
            lasting(one.at_least_seconds),
            one.at_most_seconds
                .map_or_else(|| "not known".to_owned(), lasting),
            lasting(one.in_window_at_least_seconds),
            lasting(one.in_window_at_most_seconds),
            one.occurrence.to_string(),
            one.undecided_runs.to_string(),
            rules(one),
            one.waivers
                .iter()
                .map(|borne| borne.waiver.id.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            one.criteria.join(", "),
        ]
    };
    table(
        "Exceptions",
        &head,
        "No failure was seen in the window.",
        period.exceptions.iter().map(row),
    )
}

/// How a failure that was not closed ended.
fn open(one: &Exception) -> &'static str {
    match one.at_end {
        Some(End::Fails) => "open at the end: fails",
        Some(End::Unknown) => "open at the end: the last run could not tell",
        Some(End::NotLooked) => "open at the end: the last run did not look",
        None => "",
    }
}

fn rules(one: &Exception) -> String {
    match (one.opened_under_other_rule, one.closed_under_other_rule) {
        (false, false) => "the same throughout its ends",
        (true, false) => "opened under another rule than the run before",
        (false, true) => "closed under another rule",
        (true, true) => "opened and closed under other rules",
    }
    .to_owned()
}

pub(super) fn waivers(period: &Period) -> Table {
    let rows = period.exceptions.iter().flat_map(|one| {
        one.waivers.iter().map(|borne| {
            let of = |text: &Option<String>| text.clone().unwrap_or_default();
            vec![
                borne.waiver.id.clone(),
                one.id.clone(),
                one.check.clone(),
                one.name.clone(),
                of(&borne.waiver.owner),
                of(&borne.waiver.approver),
                of(&borne.waiver.reason),
                of(&borne.waiver.expires),
                seen(&borne.first),
                seen(&borne.last),
            ]
        })
    });
    let head = [
        "Waiver",
        "Exception",
        "Check",
        "Resource",
        "Owner",
        "Approver",
        "Reason¶",
        "Expires",
        "First covered",
        "Last covered",
    ];
    table("Waivers", &head, "No failure bore a waiver.", rows)
}

pub(in crate::report) fn responses(period: &Period) -> Table {
    let rows = period.exceptions.iter().flat_map(|one| {
        one.responses.iter().map(|answer| {
            let of = |text: &Option<String>| text.clone().unwrap_or_default();
            vec![
                one.check.clone(),
                one.name.clone(),
                answer.said.author.clone(),
                answer.said.role.clone(),
                answer.said.date.to_string(),
                answer.said.text.clone(),
                of(&answer.said.root_cause),
                of(&answer.said.correction),
                of(&answer.said.prevention),
                answer
                    .said
                    .target_date
                    .map(|date| date.to_string())
                    .unwrap_or_default(),
                of(&answer.said.ticket),
                one.id.clone(),
            ]
        })
    });
    let head = [
        "Check",
        "Resource",
        "Author",
        "Role",
        "Date",
        "Statement¶",
        "Root cause¶",
        "Correction¶",
        "Prevention¶",
        "Target date",
        "Ticket",
        "Exception",
    ];
    let empty = "Management says nothing of these exceptions.";
    table("Responses", &head, empty, rows)
}

pub(in crate::report) fn added(period: &Period) -> Table {
    let rows = period.checks.iter().flat_map(|check| {
        check.population.added.iter().map(|came| {
            vec![
                check.id.clone(),
                came.member.name.clone(),
                came.member.resource.clone(),
                came.member.region.clone(),
                seen(&came.first),
                came.before.as_ref().map(seen).unwrap_or_default(),
                if came.looked_before {
                    "came: the run before looked"
                } else {
                    "first looked at: it may have been there before"
                }
                .to_owned(),
            ]
        })
    });
    let head = [
        "Check",
        "Resource",
        "ARN",
        "Region",
        "First seen",
        "Run before",
        "How",
    ];
    table("Added", &head, "No resource came.", rows)
}

pub(in crate::report) fn removed(period: &Period) -> Table {
    let rows = period.checks.iter().flat_map(|check| {
        check.population.removed.iter().map(|went| {
            vec![
                check.id.clone(),
                went.member.name.clone(),
                went.member.resource.clone(),
                went.member.region.clone(),
                seen(&went.last),
                seen(&went.gone),
            ]
        })
    });
    let head = [
        "Check",
        "Resource",
        "ARN",
        "Region",
        "Last seen",
        "First looked for in vain",
    ];
    table("Removed", &head, "No resource went.", rows)
}

pub(in crate::report) fn intervals<'p>(
    intervals: impl IntoIterator<Item = &'p Interval>,
    name: &'static str,
) -> Table {
    let rows = intervals.into_iter().flat_map(|one| {
        one.states.iter().map(|state| {
            vec![
                one.check.clone(),
                one.name.clone(),
                one.resource
                    .clone()
                    .unwrap_or_else(|| format!("{} that could not be listed", one.kind)),
                one.region.clone(),
                state.state.name().to_owned(),
                seen(&state.first),
                seen(&state.last),
                state.runs.to_string(),
                state.waiver.clone().unwrap_or_default(),
                one.verdict.clone(),
                state.rule.clone().unwrap_or_default(),
            ]
        })
    });
    let head = [
        "Check",
        "Resource",
        "ARN",
        "Region",
        "State",
        "First evidence",
        "Last evidence",
        "Runs#",
        "Waiver",
        "Verdict",
        "Rule SHA-256",
    ];
    table(name, &head, "Nothing was judged in the window.", rows)
}
