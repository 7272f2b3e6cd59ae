//! The report in a terminal: who and where, how each area and each criterion stands, what fails with the
//! facts that show it, what is unknown with what would settle it, and one line that adds up.
//!
//! It is the same report, shortened: each list names how much it leaves out.

mod areas;
mod attested;
mod criteria;
mod diff;
mod findings;
mod flow;
mod people;
mod period;
mod style;

use std::io::{self, Write};

use anstyle::Style;
use jiff::Timestamp;

use super::origin::lines;
use super::text::{counted, number, present, shown};
use super::{Counted, Report};

pub use diff::diff;
pub use period::period;
use style::Palette;

/// How to write.
#[derive(Debug, Clone)]
pub struct Options {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether it understands colours.
    pub colour: bool,
    /// How many verdicts of one check to show before the rest is counted.
    pub each: usize,
    /// Where to look next, a line each: the paths of the other formats.
    pub next: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 100,
            colour: false,
            each: 5,
            next: Vec::new(),
        }
    }
}

/// What the parts of the report are written with.
struct Page<'a, W> {
    out: &'a mut W,
    options: &'a Options,
    palette: Palette,
}

/// Writes the report.
///
/// # Errors
/// When `out` does not take it.
pub fn write(report: &Report, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let mut page = Page {
        out,
        options,
        palette: Palette::new(options.colour),
    };
    page.head(report)?;
    page.areas(report)?;
    page.criteria(report)?;
    page.failures(report)?;
    page.waivers(report)?;
    page.unknowns(report)?;
    page.of_people(report)?;
    page.attested(report)?;
    page.tally(report)
}

impl<W: Write> Page<'_, W> {
    fn head(&mut self, report: &Report) -> io::Result<()> {
        let run = &report.run;
        let strong = self.palette.strong;
        writeln!(
            self.out,
            "{strong}SOC 2 evidence{strong:#} · tieout {} · {}",
            run.tool,
            shown(&run.id)
        )?;
        for caller in &run.callers {
            let alias = if caller.alias.is_empty() {
                String::new()
            } else {
                format!(" ({})", shown(&caller.alias))
            };
            self.labelled("account", &format!("{}{alias}", shown(&caller.account)))?;
            self.labelled("read as", &shown(&caller.arn))?;
        }
        let finished = run
            .finished
            .map_or_else(|| "not finished".to_owned(), second);
        self.labelled("when", &format!("{} to {finished}", second(run.started)))?;
        let disabled = match run.scope.regions_disabled.len() {
            0 => String::new(),
            count => format!(
                " ({} not enabled)",
                counted(count as u64, "region", "regions")
            ),
        };
        self.labelled(
            "regions",
            &format!("{}{disabled}", run.scope.regions.join(", ")),
        )?;
        let calls = &report.summary.calls;
        let answered = calls.ok + calls.absent;
        let unanswered = calls.denied + calls.failed;
        self.labelled(
            "read",
            &format!(
                "{}; {} answered, {} not",
                counted(report.summary.resources, "resource", "resources"),
                counted(answered, "call", "calls"),
                number(unanswered)
            ),
        )?;
        for line in lines(run).iter().filter(|line| !line.short.is_empty()) {
            let text = [line.text.as_str(), line.code.as_str()].join(" ");
            self.labelled(line.short, text.trim_end())?;
        }
        if let Some(bundle) = &run.replayed {
            self.labelled("replayed", &shown(bundle))?;
        }
        if run.partial {
            let bad = self.palette.fail;
            writeln!(
                self.out,
                "  {bad}partial{bad:#}   the scan was stopped before it had read everything"
            )?;
        }
        Ok(())
    }

    fn tally(&mut self, report: &Report) -> io::Result<()> {
        let outcomes = report.summary.outcomes;
        let failing: Vec<(u64, &str)> = report
            .summary
            .severities
            .iter()
            .map(|line| (line.outcomes.tally.fail, line.severity.name()))
            .collect();
        let grave = match present(&failing, ", ") {
            none if none.is_empty() => none,
            some => format!(" ({some})"),
        };
        let Palette {
            pass,
            fail,
            unknown,
            strong,
            dim,
            ..
        } = self.palette;
        let plain = Style::new();
        writeln!(self.out)?;
        let tally = outcomes.tally;
        self.flow(
            0,
            " · ",
            &[
                (fail, format!("{} fail{grave}", number(tally.fail))),
                (
                    unknown,
                    format!("{} unknown", number(tally.unknown + outcomes.unlisted)),
                ),
                (pass, format!("{} pass", number(tally.pass))),
                (plain, format!("{} waived", number(tally.waived))),
                (
                    plain,
                    format!("{} not applicable", number(tally.not_applicable)),
                ),
            ],
        )?;
        self.words(0, dim, &ties_out(outcomes))?;
        for (label, beside, fails) in [
            ("for review", report.summary.review, "listed"),
            ("advice", report.summary.advisory, "failing"),
        ] {
            if beside.discovered > 0 {
                let listed = number(beside.tally.fail);
                let resources = counted(beside.discovered, "resource", "resources");
                let line =
                    format!("{label}: {listed} of {resources} {fails}; these decide no criterion");
                self.words(0, dim, &line)?;
            }
        }
        for line in &self.options.next {
            writeln!(self.out, "{strong}→{strong:#} {}", shown(line))?;
        }
        Ok(())
    }
}

/// The arithmetic of the population, spelled out so that a reader can do it again.
fn ties_out(outcomes: Counted) -> String {
    let tally = outcomes.tally;
    let unlisted = match outcomes.unlisted {
        0 => String::new(),
        count => format!(
            "; besides, {} in the lists of resources, each unknown",
            counted(count, "gap", "gaps")
        ),
    };
    let sign = if outcomes.ties_out() { "=" } else { "≠" };
    format!(
        "{} {sign} {} pass + {} fail + {} waived + {} unknown + {} not applicable{unlisted}",
        counted(outcomes.discovered, "verdict due", "verdicts due"),
        number(tally.pass),
        number(tally.fail),
        number(tally.waived),
        number(tally.unknown),
        number(tally.not_applicable),
    )
}

/// An instant to the second: `2026-11-24 02:11:09 UTC`.
fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
