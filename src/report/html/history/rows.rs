//! The tables of a period that are too wide for a page as the workbook has them: several things to a cell.

use super::{Cell, Table, heads, line, lines, text};
use crate::history::period::{Check, End, Exception, Fine, Interval, IntervalState, Period};
use crate::report::period::{lasting, moment};

/// Rows of one table on the page. The rest is counted; workbook and JSON have all.
pub(super) const ROWS: usize = 2_000;

fn fine(fine: &Fine) -> String {
    format!("{} {}", moment(fine.seen.at), fine.how.words())
}

/// Every failure, gravest first.
pub(super) fn exceptions(period: &Period) -> Table {
    let rows = period.exceptions.iter().take(ROWS);
    Table {
        head: heads(&["Check", "Resource", "Began", "Ended", "Lasted", "Beside"]),
        rows: rows.map(|one| line(exception(one))).collect(),
        empty: "No failure was seen in the window.",
        left_out: beyond(period.exceptions.len()),
        ..Table::default()
    }
}

fn exception(one: &Exception) -> [Cell; 6] {
    let began = match &one.not_before {
        Some(before) => format!("after {}", fine(before)),
        None => "not known since when: no run before saw it".to_owned(),
    };
    let ended = match (&one.closed, one.at_end) {
        (Some(closed), _) => format!("by {}", fine(closed)),
        (None, Some(End::Fails) | None) => "open at the end".to_owned(),
        (None, Some(End::Unknown)) => "open at the end: the last run could not tell".to_owned(),
        (None, Some(End::NotLooked)) => "open at the end: the last run did not look".to_owned(),
    };
    let most = one
        .at_most_seconds
        .map_or_else(|| "not known".to_owned(), lasting);
    let unlisted = || format!("{} that could not be listed", one.kind);
    [
        lines([
            one.check.clone(),
            one.title.clone(),
            one.severity.to_string(),
        ]),
        lines([
            one.name.clone(),
            one.resource.clone().unwrap_or_else(unlisted),
            one.region.clone(),
        ]),
        lines([
            began,
            format!("seen {}", moment(one.opened.at)),
            one.opened.run.clone(),
        ]),
        lines([ended, format!("last seen {}", moment(one.last_failing.at))]),
        lines([
            format!("at least {}", lasting(one.at_least_seconds)),
            format!("at most {most}"),
        ]),
        lines(beside(one)),
    ]
}

/// What else there is to say of a failure.
fn beside(one: &Exception) -> Vec<String> {
    let mut beside: Vec<String> = one
        .waivers
        .iter()
        .map(|borne| {
            format!(
                "waived by {} from {} to {}",
                borne.waiver.id,
                borne.first.at.strftime("%F"),
                borne.last.at.strftime("%F")
            )
        })
        .collect();
    if one.open_at_start {
        beside.push("open when the window began".to_owned());
    }
    if one.occurrence > 1 {
        beside.push(format!(
            "failure number {} of this check here",
            one.occurrence
        ));
    }
    if one.undecided_runs > 0 {
        beside.push(format!(
            "{} runs between could not tell",
            one.undecided_runs
        ));
    }
    if one.opened_under_other_rule {
        beside.push("opened under another rule than the run before".to_owned());
    }
    if one.closed_under_other_rule {
        beside.push("closed under another rule".to_owned());
    }
    beside
}

/// Every check, by id.
pub(super) fn checks(period: &Period) -> Table {
    let head = [
        "Check",
        "Evidenced#",
        "In part#",
        "None#",
        "Longest time without",
        "At start → end",
        "Came, went",
        "Exceptions#",
    ];
    let rows = period.checks.iter().take(ROWS);
    Table {
        head: heads(&head),
        rows: rows.map(|one| line(check(one))).collect(),
        empty: "No check was judged in the window.",
        left_out: beyond(period.checks.len()),
        ..Table::default()
    }
}

fn check(one: &Check) -> [Cell; 8] {
    let coverage = &one.coverage;
    let population = &one.population;
    let unseen = |count: u32, complete: bool| match (count, complete) {
        (0, true) => String::new(),
        (0, false) => " (not listed in full)".to_owned(),
        (count, _) => format!(" (and {count} unseen)"),
    };
    let longest = coverage.longest_gap.map_or_else(
        || "none".to_owned(),
        |gap| format!("{} d: {} to {}", gap.days, gap.from, gap.to),
    );
    [
        lines([&one.id, &one.title]),
        number(coverage.evidenced),
        number(coverage.in_part),
        number(coverage.none),
        text(longest),
        text(format!(
            "{}{} → {}{}",
            population.at_start,
            unseen(population.unseen_at_start, population.complete_at_start),
            population.at_end,
            unseen(population.unseen_at_end, population.complete_at_end),
        )),
        text(format!(
            "+{} −{}",
            population.added.len(),
            population.removed.len()
        )),
        number(one.exceptions),
    ]
}

fn number(value: u32) -> Cell {
    Cell {
        n: true,
        ..text(value.to_string())
    }
}

/// Verdicts that were more than passes throughout.
pub(super) fn intervals(period: &Period) -> Table {
    let all: Vec<(&Interval, usize)> = period
        .intervals
        .iter()
        .filter(|one| moved(one))
        .flat_map(|one| (0..one.states.len()).map(move |n| (one, n)))
        .collect();
    let rows = all.iter().take(ROWS).filter_map(|(one, n)| {
        let state = one.states.get(*n)?;
        let (check, about) = if *n == 0 {
            let unlisted = "members that could not be listed";
            let arn = one.resource.as_deref().unwrap_or(unlisted);
            (text(&one.check), lines([one.name.as_str(), arn]))
        } else {
            (Cell::default(), Cell::default())
        };
        Some(line([
            check,
            about,
            text(state.state.name()).class(ink(state.state)),
            text(moment(state.first.at)),
            text(moment(state.last.at)),
            number(state.runs),
            text(state.waiver.as_deref().unwrap_or("")),
        ]))
    });
    let head = [
        "Check",
        "Resource",
        "State",
        "First evidence",
        "Last evidence",
        "Runs#",
        "Waiver",
    ];
    Table {
        head: heads(&head),
        rows: rows.collect(),
        empty: "Every verdict was the same throughout, and passed or did not apply.",
        left_out: beyond(all.len()),
        ..Table::default()
    }
}

fn moved(one: &Interval) -> bool {
    match one.states.as_slice() {
        [only] => !matches!(
            only.state,
            IntervalState::Pass | IntervalState::NotApplicable
        ),
        _ => true,
    }
}

fn ink(state: IntervalState) -> &'static str {
    match state {
        IntervalState::Pass => "ink-pass",
        IntervalState::Fail => "ink-fail",
        IntervalState::Waived => "ink-waived",
        IntervalState::Unknown | IntervalState::Hidden => "ink-unknown",
        IntervalState::NotApplicable | IntervalState::NotLooked | IntervalState::Gone => "ink-none",
    }
}

/// What of so many rows the page leaves out.
pub(super) fn beyond(rows: usize) -> String {
    match rows.saturating_sub(ROWS) {
        0 => String::new(),
        more => format!(
            "{more} more rows that this page leaves out for its size; the workbook and the JSON have all."
        ),
    }
}
