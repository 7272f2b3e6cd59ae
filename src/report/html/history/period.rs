//! The page on a period.

use jiff::civil::Weekday;

use super::rows::{ROWS, beyond, checks, exceptions, intervals};
use super::{
    Cell, Day, Figure, Line, Month, Section, Table, View, heads, line, lines, named, text,
};
use crate::history::period::{DayState, Period};
use crate::report::period::{PROSE, Table as Rows, lasting, moment, tables};
use crate::report::text::counted;

pub(super) const KICKER: &str = "SOC 2 evidence from AWS over a period";

pub(super) const NOTICE: &str = "This report states what the runs of a period showed, and on which days nobody looked. It is not an attestation \
report and expresses no opinion; that is for an independent auditor.";

const MODEL: &str = "A state is evidenced at the instants of runs. Between two runs with the same outcome and the same rule it is the \
same at both ends, and no more is claimed. A failure lasted at least from its first failing run to its last, and at most from the \
last run before that found nothing wrong to the first run after that found nothing wrong. A day (UTC) without a run is a gap, never a \
pass.";

pub(super) fn view(period: &Period) -> View {
    View {
        title: format!(
            "{} to {}, account {}",
            period.from, period.to, period.account
        ),
        kicker: KICKER,
        heading: format!("{} to {}", period.from, period.to),
        warnings: warnings(period),
        facts: vec![
            named("Account", format!("{} {}", period.account, period.alias)),
            named("Days", format!("{} (UTC)", period.days)),
            named("Runs", runs(period)),
            named("Longest time without a run", gap(period)),
        ],
        notice: NOTICE,
        sections: sections(period),
        foot: format!("{}, written by tieout {}", period.schema, period.tool),
    }
}

/// What a reader of a period must know before anything else.
pub(super) fn warnings(period: &Period) -> Vec<String> {
    let summary = &period.summary;
    let mut warnings = Vec::new();
    if summary.days_without_run > 0 {
        warnings.push(format!(
            "There is no evidence of {} of {}.",
            summary.days_without_run,
            counted(period.days.into(), "day", "days")
        ));
    }
    if !period.excluded.is_empty() {
        let bundles = counted(period.excluded.len() as u64, "bundle was", "bundles were");
        warnings.push(format!(
            "{bundles} left out; each is named below, with the reason."
        ));
    }
    if !period.lost.is_empty() {
        warnings.push(
            "Sources of events forgot some before a run came; they are named below.".to_owned(),
        );
    }
    warnings
}

pub(super) fn runs(period: &Period) -> String {
    let cadence = &period.cadence;
    format!(
        "{}; {} planned, one every {}; {} partial",
        cadence.actual,
        cadence.planned,
        counted(cadence.every_days.into(), "day", "days"),
        period.summary.partial_runs
    )
}

pub(super) fn gap(period: &Period) -> String {
    let gap = &period.cadence.longest_gap;
    format!(
        "{}: {} to {}",
        lasting(gap.seconds),
        moment(gap.from),
        moment(gap.to)
    )
}

pub(super) fn sections(period: &Period) -> Vec<Section> {
    vec![
        summary(period),
        Section {
            id: "calendar".to_owned(),
            heading: "Calendar of runs".to_owned(),
            lead: vec![
                "• a run that came to its end · ~ a run that was stopped · × a run whose bundle was left out · – no run".to_owned(),
            ],
            months: months(period),
            tables: vec![shown(tables::excluded(period), "Bundles that were left out")],
            ..Section::default()
        },
        section(
            "exceptions",
            "Exceptions",
            "Every failure that was open in the window, gravest first.",
            [exceptions(period)],
        ),
        section(
            "responses",
            "What management says",
            "Management's statements; not part of the tests and not verified by them.",
            [shown(tables::responses(period), "")],
        ),
        section(
            "lost",
            "Events that no run can have seen",
            "Some sources keep events for a number of days. Where the time between two runs was longer, what happened in it was \
             told to nobody.",
            [shown(tables::lost(period), "")],
        ),
        section(
            "checks",
            "Checks: coverage and populations",
            "A day is evidenced where a run decided the check for every resource it knew of. Populations tie out: at start + came − \
             went = at end, with those that the first or the last run could not see.",
            [checks(period)],
        ),
        section(
            "criteria",
            "Criteria through time",
            "As the runs reported them, by the last run of each day.",
            [shown(tables::criteria(period), "")],
        ),
        section(
            "changes",
            "What changed beside the account",
            "With the run where it first shows.",
            [shown(tables::changes(period), "")],
        ),
        section(
            "populations",
            "Resources that came and went",
            "By check.",
            [
                shown(tables::added(period), "Added"),
                shown(tables::removed(period), "Removed"),
            ],
        ),
        section(
            "intervals",
            "Verdicts that were not the same throughout",
            "A verdict that passed, or did not apply, at every run that judged it is in the workbook and the JSON alone.",
            [intervals(period)],
        ),
    ]
}

fn section<const N: usize>(
    id: &'static str,
    heading: &str,
    lead: &str,
    tables: [Table; N],
) -> Section {
    Section {
        id: id.to_owned(),
        heading: heading.to_owned(),
        lead: vec![lead.to_owned()],
        tables: tables.into(),
        ..Section::default()
    }
}

fn summary(period: &Period) -> Section {
    let summary = &period.summary;
    let figure = |count: u32, label, note: String, ink| Figure {
        count: count.to_string(),
        label,
        note,
        ink,
    };
    Section {
        id: "summary".to_owned(),
        heading: "Summary".to_owned(),
        lead: vec![MODEL.to_owned()],
        figures: vec![
            figure(
                summary.exceptions,
                "exceptions",
                format!(
                    "{} opened, {} closed in the window",
                    summary.opened, summary.closed
                ),
                "fail",
            ),
            figure(
                summary.open_at_end,
                "open at the end",
                format!("{} open at the start", summary.open_at_start),
                "fail",
            ),
            figure(
                summary.days_without_run,
                "days without a run",
                format!("of {}", period.days),
                "unknown",
            ),
            figure(
                summary.checks_evidenced_daily,
                "checks with evidence on every day",
                format!("of {}", summary.checks),
                "pass",
            ),
        ],
        ..Section::default()
    }
}

/// Rows as the page shows them.
pub(super) fn shown(rows: Rows, caption: &str) -> Table {
    let row = |cells: &Vec<String>| -> Line {
        line(cells.iter().zip(&rows.head).map(|(cell, name)| Cell {
            n: name.ends_with('#'),
            ..if name.ends_with(PROSE) {
                lines(cell.trim().lines())
            } else {
                text(cell)
            }
        }))
    };
    Table {
        caption: caption.to_owned(),
        rows: rows.rows.iter().take(ROWS).map(row).collect(),
        head: heads(&rows.head),
        empty: rows.empty,
        left_out: beyond(rows.rows.len()),
    }
}

fn months(period: &Period) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    let mut name = String::new();
    for one in &period.calendar {
        let this = one.day.strftime("%B %Y").to_string();
        let at = usize::from(one.day.weekday().to_monday_zero_offset().unsigned_abs());
        if this != name {
            let first = (0..at).map(|_| blank()).collect();
            months.push(Month {
                name: this.clone(),
                weeks: vec![first],
            });
            name = this;
        }
        let Some(month) = months.last_mut() else {
            continue;
        };
        if one.day.weekday() == Weekday::Monday
            && month.weeks.last().is_some_and(|week| !week.is_empty())
        {
            month.weeks.push(Vec::new());
        }
        let (class, mark) = match one.state {
            DayState::Run => ("run", "•"),
            DayState::Partial => ("partial", "~"),
            DayState::Excluded => ("excluded", "×"),
            DayState::Gap => ("gap", "–"),
        };
        if let Some(week) = month.weeks.last_mut() {
            week.push(Day {
                number: one.day.day().to_string(),
                class,
                mark,
                title: format!("{}: {}", one.day, tables::state(one.state)),
            });
        }
    }
    for week in months.iter_mut().filter_map(|month| month.weeks.last_mut()) {
        while week.len() < 7 {
            week.push(blank());
        }
    }
    months
}

fn blank() -> Day {
    Day {
        class: "outside",
        ..Day::default()
    }
}
