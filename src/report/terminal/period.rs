//! A period in a terminal: how much of it there is evidence of, what failed in it, and what changed the ground.

use std::io::{self, Write};

use super::Options;
use super::style::Palette;
use crate::history::period::{Exception, Period, Periods};
use crate::report::period::{lasting, moment};
use crate::report::text::{clipped, counted, number, shown};

/// Writes the period; of several accounts, which are covered and each by itself.
///
/// # Errors
/// When `out` does not take it.
pub fn period(periods: &Periods, options: &Options, out: &mut impl Write) -> io::Result<()> {
    if let Some(only) = periods.only() {
        return one(only, options, out);
    }
    let palette = Palette::new(options.colour);
    let strong = palette.strong;
    writeln!(
        out,
        "{strong}{} to {}{strong:#} ({}) · {}",
        periods.from,
        periods.to,
        counted(periods.days.into(), "day", "days"),
        counted(periods.accounts.len() as u64, "account", "accounts"),
    )?;
    for covered in &periods.accounts {
        let style = if covered.days_without_run == 0 {
            palette.pass
        } else {
            palette.unknown
        };
        writeln!(
            out,
            "  {} {}: {}, {} planned; {style}{} without a run{style:#}; {}, {} open at the end",
            covered.account,
            shown(&covered.alias),
            counted(covered.runs.into(), "run", "runs"),
            number(covered.planned.into()),
            counted(covered.days_without_run.into(), "day", "days"),
            counted(covered.exceptions.into(), "exception", "exceptions"),
            number(covered.open_at_end.into()),
        )?;
    }
    for period in &periods.periods {
        writeln!(out)?;
        one(period, options, out)?;
    }
    Ok(())
}

/// Writes the period of one account.
fn one(period: &Period, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let palette = Palette::new(options.colour);
    let (strong, dim) = (palette.strong, palette.dim);
    let summary = &period.summary;
    writeln!(
        out,
        "{strong}{} to {}{strong:#} ({}) · account {} {}",
        period.from,
        period.to,
        counted(period.days.into(), "day", "days"),
        period.account,
        shown(&period.alias),
    )?;
    evidence(period, palette, out)?;
    writeln!(
        out,
        "\n{strong}exceptions{strong:#}  {}: {} open at the start, {} opened, {} closed, {} open at the end",
        number(summary.exceptions.into()),
        number(summary.open_at_start.into()),
        number(summary.opened.into()),
        number(summary.closed.into()),
        number(summary.open_at_end.into()),
    )?;
    let each = 10 * options.each;
    for one in period.exceptions.iter().take(each) {
        exception(one, options, palette, out)?;
    }
    if let Some(more @ 1..) = period.exceptions.len().checked_sub(each) {
        writeln!(
            out,
            "  … and {} more; --format html, xlsx and json have all",
            number(more as u64)
        )?;
    }
    if !period.lost.is_empty() {
        writeln!(out, "\n{strong}events that no run can have seen{strong:#}")?;
        for lost in &period.lost {
            writeln!(
                out,
                "  {}:{} keeps {} days; those from {} to {} are lost{} ({})",
                lost.service,
                lost.operation,
                lost.kept_days,
                moment(lost.from),
                moment(lost.to),
                if lost.awaited {
                    " unless a run came in time after the window"
                } else {
                    ""
                },
                counted(
                    lost.checks.len() as u64,
                    "check rests on it",
                    "checks rest on it"
                ),
            )?;
        }
    }
    if !period.changes.is_empty() {
        writeln!(out, "\n{strong}changed beside the account{strong:#}")?;
        let each = 4 * options.each;
        for changed in period.changes.iter().take(each) {
            let change = &changed.change;
            let subject = match shown(&change.subject) {
                none if none.is_empty() => String::new(),
                which => format!(" {which}"),
            };
            let value = |value: &Option<String>| {
                value
                    .as_ref()
                    .map_or_else(|| "–".to_owned(), |value| clipped(value, 24))
            };
            writeln!(
                out,
                "  {dim}{}{dim:#}  {}{subject}: {} → {}",
                moment(changed.first.at),
                change.what.words(),
                value(&change.before),
                value(&change.after),
            )?;
        }
        if let Some(more @ 1..) = period.changes.len().checked_sub(each) {
            writeln!(out, "  … and {} more", number(more as u64))?;
        }
    }
    Ok(())
}

fn evidence(period: &Period, palette: Palette, out: &mut impl Write) -> io::Result<()> {
    let summary = &period.summary;
    let cadence = &period.cadence;
    let style = if summary.days_without_run == 0 {
        palette.pass
    } else {
        palette.unknown
    };
    writeln!(
        out,
        "runs        {} ({} planned: one every {}), {} partial",
        number(summary.runs.into()),
        number(cadence.planned.into()),
        counted(cadence.every_days.into(), "day", "days"),
        number(summary.partial_runs.into()),
    )?;
    writeln!(
        out,
        "evidence    {} of {}; {style}{} without a run{style:#}, longest time without one {}",
        number(summary.days_with_run.into()),
        counted(period.days.into(), "day", "days"),
        counted(summary.days_without_run.into(), "day", "days"),
        lasting(cadence.longest_gap.seconds),
    )?;
    for gap in &cadence.gaps {
        writeln!(
            out,
            "            {style}gap{style:#} {} to {} ({})",
            gap.from,
            gap.to,
            counted(gap.days.into(), "day", "days")
        )?;
    }
    for one in &period.excluded {
        writeln!(
            out,
            "            {style}left out{style:#} {}: {}",
            shown(&one.place),
            shown(&one.why)
        )?;
    }
    writeln!(
        out,
        "checks      {}, of which {} with evidence on every day",
        number(summary.checks.into()),
        number(summary.checks_evidenced_daily.into()),
    )
}

fn exception(
    one: &Exception,
    options: &Options,
    palette: Palette,
    out: &mut impl Write,
) -> io::Result<()> {
    let severity = palette.severity(one.severity);
    let name = if one.name.is_empty() {
        one.kind.as_str()
    } else {
        one.name.as_str()
    };
    writeln!(
        out,
        "  {severity}{:8}{severity:#} {}  {} [{}]{}",
        one.severity,
        one.check,
        clipped(name, options.width / 2),
        one.region,
        if one.waivers.is_empty() {
            ""
        } else {
            " · waived"
        },
    )?;
    let from = match &one.not_before {
        Some(fine) => format!("after {}", moment(fine.seen.at)),
        None => "not known since when".to_owned(),
    };
    let to = match &one.closed {
        Some(fine) => format!("closed {} ({})", moment(fine.seen.at), fine.how.words()),
        None => "open at the end".to_owned(),
    };
    let most = one
        .at_most_seconds
        .map_or_else(|| "not known".to_owned(), lasting);
    writeln!(
        out,
        "           seen {}, {from}; {to}; at least {}, at most {most}",
        moment(one.opened.at),
        lasting(one.at_least_seconds),
    )
}
