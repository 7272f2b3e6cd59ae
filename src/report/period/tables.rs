//! The tables of a period.

mod life;

use crate::check::Counts;
use crate::history::Seen;
use crate::history::period::{Coverage, DayState, Lost, Period, Periods};

use super::moment;

use life::waivers;
pub(in crate::report) use life::{added, exceptions, intervals, removed, responses};

/// Ends the heading of a column of text that somebody wrote in lines.
pub(in crate::report) const PROSE: char = '¶';

/// A table of text, a row for each thing.
#[derive(Debug)]
pub struct Table {
    /// What the workbook calls it.
    pub name: &'static str,
    /// The headings; one that ends in `#` is of numbers, one in [`PROSE`] of text that somebody wrote in lines.
    pub head: Vec<&'static str>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
    /// What to say where there is no row.
    pub empty: &'static str,
}

/// Every table, in the order of the workbook.
pub fn all(period: &Period) -> Vec<Table> {
    vec![
        exceptions(period),
        waivers(period),
        responses(period),
        checks(period),
        criteria(period),
        calendar(period),
        runs(period),
        excluded(period),
        lost(period),
        added(period),
        removed(period),
        changes(period),
        intervals(&period.intervals, "Intervals"),
    ]
}

/// Every table of several accounts: which are covered, and each table of a period with the account before its rows.
pub fn several(periods: &Periods) -> Vec<Table> {
    let mut merged = vec![accounts(periods)];
    let mut each: Vec<Table> = Vec::new();
    for period in &periods.periods {
        for (place, mut of_one) in all(period).into_iter().enumerate() {
            for row in &mut of_one.rows {
                row.insert(0, period.account.clone());
            }
            match each.get_mut(place) {
                Some(table) => table.rows.append(&mut of_one.rows),
                None => {
                    of_one.head.insert(0, "Account");
                    each.push(of_one);
                }
            }
        }
    }
    merged.append(&mut each);
    merged
}

/// The accounts that are covered, and how far.
pub(in crate::report) fn accounts(periods: &Periods) -> Table {
    let head = [
        "Account",
        "Alias",
        "Runs#",
        "Planned#",
        "Missed#",
        "Days without a run#",
        "First run",
        "Last run",
        "Exceptions#",
        "Open at the end#",
    ];
    let rows = periods.accounts.iter().map(|one| {
        vec![
            one.account.clone(),
            one.alias.clone(),
            one.runs.to_string(),
            one.planned.to_string(),
            one.missed.to_string(),
            one.days_without_run.to_string(),
            one.first.map(moment).unwrap_or_default(),
            one.last.map(moment).unwrap_or_default(),
            one.exceptions.to_string(),
            one.open_at_end.to_string(),
        ]
    });
    table("Accounts", &head, "No account is covered.", rows)
}

fn table(
    name: &'static str,
    head: &[&'static str],
    empty: &'static str,
    rows: impl Iterator<Item = Vec<String>>,
) -> Table {
    Table {
        name,
        head: head.to_vec(),
        rows: rows.collect(),
        empty,
    }
}

fn seen(seen: &Seen) -> String {
    format!("{} ({})", moment(seen.at), seen.run)
}

pub(in crate::report) fn checks(period: &Period) -> Table {
    let head = [
        "Check",
        "Title",
        "Severity",
        "Counts",
        "Days evidenced#",
        "Days in part#",
        "Days without#",
        "Days#",
        "Longest gap",
        "Runs#",
        "At start#",
        "At end#",
        "Added#",
        "Removed#",
        "Ever#",
        "Complete",
        "Exceptions#",
        "Rules#",
    ];
    let rows = period.checks.iter().map(|check| {
        let population = &check.population;
        let counts = match check.counts {
            Counts::Verdict => "verdict",
            Counts::Population => "list for review",
            Counts::Advisory => "advice",
        };
        let complete = match (population.complete_at_start, population.complete_at_end) {
            (true, true) => "at start and end",
            (true, false) => "not at the end",
            (false, true) => "not at the start",
            (false, false) => "neither at start nor end",
        };
        let coverage = &check.coverage;
        vec![
            check.id.clone(),
            check.title.clone(),
            check.severity.to_string(),
            counts.to_owned(),
            coverage.evidenced.to_string(),
            coverage.in_part.to_string(),
            coverage.none.to_string(),
            coverage.days.to_string(),
            longest(coverage),
            coverage.runs.to_string(),
            population.at_start.to_string(),
            population.at_end.to_string(),
            population.added.len().to_string(),
            population.removed.len().to_string(),
            population.ever.to_string(),
            complete.to_owned(),
            check.exceptions.to_string(),
            check.rules.len().to_string(),
        ]
    });
    table("Checks", &head, "No check was judged in the window.", rows)
}

fn longest(coverage: &Coverage) -> String {
    coverage.longest_gap.map_or_else(
        || "none".to_owned(),
        |gap| format!("{} d: {} to {}", gap.days, gap.from, gap.to),
    )
}

pub(in crate::report) fn criteria(period: &Period) -> Table {
    let head = [
        "Criterion",
        "Supported, days#",
        "Exceptions, days#",
        "Incomplete, days#",
        "Inherited, days#",
        "Attested, days#",
        "Through time",
    ];
    let rows = period.criteria.iter().map(|criterion| {
        let days = |result: &str| criterion.days.get(result).copied().unwrap_or(0).to_string();
        let spans = criterion.spans.iter().map(|span| {
            format!(
                "{} {} to {}",
                span.result,
                span.first.at.strftime("%F"),
                span.last.at.strftime("%F")
            )
        });
        vec![
            criterion.id.clone(),
            days("supported"),
            days("exceptions"),
            days("incomplete"),
            days("inherited"),
            days("attested"),
            spans.collect::<Vec<_>>().join("; "),
        ]
    });
    let empty = "The bundles of the window do not keep what the criteria came to.";
    table("Criteria", &head, empty, rows)
}

fn calendar(period: &Period) -> Table {
    let rows = period.calendar.iter().map(|day| {
        vec![
            day.day.to_string(),
            state(day.state).to_owned(),
            day.runs.join(", "),
            day.excluded.join(", "),
        ]
    });
    table(
        "Calendar",
        &["Day (UTC)", "State", "Runs", "Left out"],
        "The window has no day.",
        rows,
    )
}

/// How a day stands, in words.
pub(in crate::report) fn state(state: DayState) -> &'static str {
    match state {
        DayState::Run => "run",
        DayState::Partial => "partial run",
        DayState::Excluded => "no evidence: the bundle was left out",
        DayState::Gap => "gap: no run",
    }
}

fn runs(period: &Period) -> Table {
    let head = [
        "Run",
        "Started",
        "Ended",
        "Whole",
        "Tool",
        "Caller",
        "Regions",
        "Checks#",
        "Bundle",
        "Manifest SHA-256",
    ];
    let rows = period.runs.iter().map(|run| {
        vec![
            run.id.clone(),
            moment(run.started),
            run.finished.map(moment).unwrap_or_default(),
            if run.partial { "stopped" } else { "yes" }.to_owned(),
            run.tool.clone(),
            run.caller.clone(),
            run.regions.join(", "),
            run.checks.to_string(),
            run.place.clone(),
            run.manifest_sha256.clone(),
        ]
    });
    table("Runs", &head, "No run started in the window.", rows)
}

pub(in crate::report) fn excluded(period: &Period) -> Table {
    let rows = period.excluded.iter().map(|one| {
        vec![
            one.place.clone(),
            one.run.clone().unwrap_or_default(),
            one.at.map(moment).unwrap_or_default(),
            one.why.clone(),
        ]
    });
    table(
        "Left out",
        &["Bundle", "Run", "Started", "Why"],
        "No bundle was left out.",
        rows,
    )
}

pub(in crate::report) fn lost(period: &Period) -> Table {
    let row = |lost: &Lost| {
        vec![
            format!("{}:{}", lost.service, lost.operation),
            lost.kept_days.to_string(),
            moment(lost.from),
            moment(lost.to),
            if lost.awaited {
                "no run came after: gone unless one came in time after the window"
            } else {
                "gone when the next run came"
            }
            .to_owned(),
            lost.checks.join(", "),
            lost.link.clone(),
        ]
    };
    table(
        "Lost events",
        &[
            "Source",
            "Kept, days#",
            "Events from",
            "To",
            "Why",
            "Checks that rest on it",
            "Documentation",
        ],
        "No source forgot events between two runs.",
        period.lost.iter().map(row),
    )
}

pub(in crate::report) fn changes(period: &Period) -> Table {
    let rows = period.changes.iter().map(|changed| {
        let change = &changed.change;
        vec![
            seen(&changed.first),
            change.what.words().to_owned(),
            change.subject.clone(),
            change.before.clone().unwrap_or_default(),
            change.after.clone().unwrap_or_default(),
        ]
    });
    let empty =
        "Rules, parameters, criteria, inputs, scope, tool and caller were the same throughout.";
    table(
        "Changes",
        &["First run with it", "What", "Which", "Before", "After"],
        empty,
        rows,
    )
}
