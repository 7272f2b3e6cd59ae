//! The report in a terminal: who and where, how each area stands, what fails with the facts that show
//! it, what is unknown with what would settle it, and one line that adds up.
//!
//! It is the same report, shortened: each list names how much it leaves out.

mod findings;
mod style;

use std::io::{self, Write};

use jiff::Timestamp;

use super::text::{clipped, counted, number, present, results, shown};
use super::{ByArea, Counted, Report};

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
    page.failures(report)?;
    page.unknowns(report)?;
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

    fn labelled(&mut self, label: &str, text: &str) -> io::Result<()> {
        let dim = self.palette.dim;
        let room = self.options.width.saturating_sub(12);
        writeln!(
            self.out,
            "  {dim}{label:<9}{dim:#} {}",
            clipped(text, room.max(40))
        )
    }

    fn areas(&mut self, report: &Report) -> io::Result<()> {
        let Palette { dim, .. } = self.palette;
        let framework = report.summary.frameworks.first();
        let heading = framework.map_or_else(String::new, |first| {
            format!("criteria of {}", first.framework)
        });
        writeln!(
            self.out,
            "\n  {dim}{:<26}{:>8}{:>8}{:>9}{:>8}{:>8}   {heading}{dim:#}",
            "", "pass", "fail", "unknown", "waived", "n/a"
        )?;
        for area in &report.summary.areas {
            self.area(area)?;
        }
        Ok(())
    }

    fn area(&mut self, area: &ByArea) -> io::Result<()> {
        let tally = area.outcomes.tally;
        let unknown = tally.unknown + area.outcomes.unlisted;
        let criteria = area
            .criteria
            .first()
            .map_or_else(String::new, |first| results(&first.results));
        let Palette {
            pass,
            fail,
            unknown: unsure,
            dim,
            ..
        } = self.palette;
        writeln!(
            self.out,
            "  {:<26}{pass}{:>8}{pass:#}{fail}{:>8}{fail:#}{unsure}{:>9}{unsure:#}{:>8}{:>8}   {dim}{criteria}{dim:#}",
            area.area.title(),
            number(tally.pass),
            number(tally.fail),
            number(unknown),
            number(tally.waived),
            number(tally.not_applicable),
        )
    }

    fn tally(&mut self, report: &Report) -> io::Result<()> {
        let outcomes = report.summary.outcomes;
        let Palette {
            pass,
            fail,
            unknown,
            strong,
            dim,
            ..
        } = self.palette;
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
        writeln!(
            self.out,
            "\n{fail}{} fail{fail:#}{grave} · {unknown}{} unknown{unknown:#} · {pass}{} pass{pass:#} · {} waived · {} not applicable",
            number(outcomes.tally.fail),
            number(outcomes.tally.unknown + outcomes.unlisted),
            number(outcomes.tally.pass),
            number(outcomes.tally.waived),
            number(outcomes.tally.not_applicable),
        )?;
        writeln!(self.out, "{dim}{}{dim:#}", ties_out(outcomes))?;
        for (label, beside) in [
            ("for review", report.summary.review),
            ("advice", report.summary.advisory),
        ] {
            if beside.discovered > 0 {
                writeln!(
                    self.out,
                    "{dim}{label}: {} of {} listed; these decide no criterion{dim:#}",
                    number(beside.tally.fail),
                    counted(beside.discovered, "resource", "resources"),
                )?;
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
