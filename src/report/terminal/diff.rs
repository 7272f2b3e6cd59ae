//! Two runs compared, in a terminal: what opened first, what merely changed last.

use std::io::{self, Write};

use super::Options;
use super::style::Palette;
use crate::check::Counts;
use crate::history::State;
use crate::history::diff::{Cause, Change, Diff, FactChange, Sort};
use crate::report::text::{clipped, counted, number, shown};

/// Writes the comparison.
///
/// # Errors
/// When `out` does not take it.
pub fn diff(diff: &Diff, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let palette = Palette::new(options.colour);
    let strong = palette.strong;
    for (which, run) in [("before", &diff.before), ("after ", &diff.after)] {
        let partial = if run.partial {
            " · partial: it was stopped"
        } else {
            ""
        };
        writeln!(
            out,
            "{strong}{which}{strong:#}  {} · account {} · tieout {} · {}{partial}",
            shown(&run.run),
            run.accounts.join(", "),
            run.tool,
            counted(run.verdicts as u64, "verdict", "verdicts"),
        )?;
    }
    circumstances(diff, options, palette, out)?;
    let mut sorts: Vec<Sort> = diff.summary.keys().copied().collect();
    sorts.sort();
    for sort in sorts {
        let changes: Vec<&Change> = diff.changes.iter().filter(|one| one.sort == sort).collect();
        let style = match sort {
            Sort::Opened | Sort::WaiverEnded => palette.fail,
            Sort::BecameUnknown | Sort::NoLongerLooked => palette.unknown,
            Sort::Closed => palette.pass,
            Sort::Waived
            | Sort::WasUnknown
            | Sort::Disappeared
            | Sort::Appeared
            | Sort::Applies
            | Sort::Changed
            | Sort::NewlyLooked => strong,
        };
        writeln!(
            out,
            "\n{style}{}{style:#} ({})",
            sort.words(),
            number(changes.len() as u64)
        )?;
        // What opened, closed or can no longer be told is never left out.
        let each = match sort {
            Sort::Opened
            | Sort::WaiverEnded
            | Sort::BecameUnknown
            | Sort::Closed
            | Sort::Waived => usize::MAX,
            Sort::WasUnknown
            | Sort::Disappeared
            | Sort::Appeared
            | Sort::Applies
            | Sort::Changed
            | Sort::NoLongerLooked
            | Sort::NewlyLooked => 2 * options.each,
        };
        for change in changes.iter().take(each) {
            one(change, options, palette, out)?;
        }
        if let Some(more @ 1..) = changes.len().checked_sub(each) {
            writeln!(
                out,
                "  … and {} more; --format json has all",
                number(more as u64)
            )?;
        }
    }
    writeln!(
        out,
        "\n{} as before, facts and all",
        counted(diff.unchanged as u64, "verdict is", "verdicts are")
    )
}

fn circumstances(
    diff: &Diff,
    options: &Options,
    palette: Palette,
    out: &mut impl Write,
) -> io::Result<()> {
    if diff.circumstances.is_empty() {
        return writeln!(
            out,
            "Rules, parameters, criteria, inputs, scope, tool and caller are the same."
        );
    }
    let strong = palette.strong;
    writeln!(out, "\n{strong}changed beside the account{strong:#}")?;
    let each = 4 * options.each;
    for one in diff.circumstances.iter().take(each) {
        let value = |value: &Option<String>| {
            value
                .as_ref()
                .map_or_else(|| "–".to_owned(), |value| clipped(value, 40))
        };
        let subject = if one.subject.is_empty() {
            String::new()
        } else {
            format!(" {}", shown(&one.subject))
        };
        writeln!(
            out,
            "  {}{subject}: {} → {}",
            one.what.words(),
            value(&one.before),
            value(&one.after)
        )?;
    }
    if let Some(more @ 1..) = diff.circumstances.len().checked_sub(each) {
        writeln!(
            out,
            "  … and {} more; --format json has all",
            number(more as u64)
        )?;
    }
    Ok(())
}

fn one(
    change: &Change,
    options: &Options,
    palette: Palette,
    out: &mut impl Write,
) -> io::Result<()> {
    let severity = palette.severity(change.severity);
    let about = match &change.resource {
        Some(_) if !change.name.is_empty() => shown(&change.name).into_owned(),
        Some(arn) => shown(arn).into_owned(),
        None => format!("{} that could not be listed", change.kind),
    };
    let counts = match change.counts {
        Counts::Verdict => "",
        Counts::Population => ", for review",
        Counts::Advisory => ", advice",
    };
    let state = |state: Option<State>| state.map_or("–", State::name);
    writeln!(
        out,
        "  {severity}{:8}{severity:#} {}  {about} [{} {}]",
        change.severity, change.check, change.account, change.region
    )?;
    let causes: Vec<&str> = change.causes.iter().copied().map(Cause::words).collect();
    let dim = palette.dim;
    writeln!(
        out,
        "           {} → {}{counts}: {}",
        state(change.before),
        state(change.after),
        causes.join(", ")
    )?;
    let known = change.before.is_some() && change.after.is_some();
    for fact in change.facts.iter().filter(|_| known).take(options.each) {
        writeln!(
            out,
            "           {dim}{}{dim:#}",
            clipped(&told(fact), options.width)
        )?;
    }
    Ok(())
}

/// A fact that differs, in a line.
fn told(fact: &FactChange) -> String {
    let value = |value: &Option<serde_json::Value>| {
        value
            .as_ref()
            .map_or_else(|| "–".to_owned(), |value| clipped(&value.to_string(), 60))
    };
    format!(
        "{}: {} → {}",
        fact.path,
        value(&fact.before),
        value(&fact.after)
    )
}
