//! The report in a terminal: who and where, how each area stands, what fails with the facts that show
//! it, what is unknown with what would settle it, and one line that adds up.
//!
//! It is the same report, shortened: each list names how much it leaves out.

mod findings;
mod style;

use std::io::{self, Write};

use anstyle::Style;
use jiff::Timestamp;

use super::text::{clipped, counted, number, present, results, shown};
use super::{ByArea, Counted, Report};

use style::Palette;

/// Columns of the table of areas.
const TABLE: usize = 69;

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

    /// Writes parts one after another, on a new line, further in, where one would cross the edge.
    fn flow(&mut self, indent: usize, between: &str, parts: &[(Style, String)]) -> io::Result<()> {
        let gap = between.chars().count();
        let mut column = 0;
        for (style, text) in parts {
            let length = text.chars().count();
            if column == 0 {
                write!(self.out, "{:indent$}", "")?;
                column = indent;
            } else if column + gap + length > self.options.width {
                let between = between.trim_end();
                write!(self.out, "{between}\n{:1$}", "", indent + 2)?;
                column = indent + 2;
            } else {
                write!(self.out, "{between}")?;
                column += gap;
            }
            write!(self.out, "{style}{text}{style:#}")?;
            column += length;
        }
        writeln!(self.out)
    }

    /// Plain words, as [`Self::flow`].
    fn words(&mut self, indent: usize, style: Style, text: &str) -> io::Result<()> {
        let words: Vec<_> = text
            .split(' ')
            .map(|word| (style, word.to_owned()))
            .collect();
        self.flow(indent, " ", &words)
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
            self.beside(&format!("criteria of {}", first.framework))
        });
        let columns = format!(
            "{:<26}{:>8}{:>8}{:>9}{:>8}{:>8}",
            "", "pass", "fail", "unknown", "waived", "n/a"
        );
        writeln!(self.out, "\n  {dim}{columns}{heading}{dim:#}")?;
        for area in &report.summary.areas {
            self.area(area)?;
        }
        Ok(())
    }

    fn area(&mut self, area: &ByArea) -> io::Result<()> {
        let tally = area.outcomes.tally;
        let uncertain = tally.unknown + area.outcomes.unlisted;
        let criteria = area
            .criteria
            .first()
            .map_or_else(String::new, |first| self.beside(&results(&first.results)));
        let Palette {
            pass,
            fail,
            unknown,
            dim,
            ..
        } = self.palette;
        write!(self.out, "  {:<26}", area.area.title())?;
        write!(self.out, "{pass}{:>8}{pass:#}", number(tally.pass))?;
        write!(self.out, "{fail}{:>8}{fail:#}", number(tally.fail))?;
        write!(self.out, "{unknown}{:>9}{unknown:#}", number(uncertain))?;
        write!(
            self.out,
            "{:>8}{:>8}",
            number(tally.waived),
            number(tally.not_applicable)
        )?;
        writeln!(self.out, "{dim}{criteria}{dim:#}")
    }

    /// What stands right of the table of areas, as far as there is room.
    fn beside(&self, text: &str) -> String {
        let room = self.options.width.saturating_sub(TABLE + 3);
        if text.is_empty() || room < 12 {
            String::new()
        } else {
            format!("   {}", clipped(text, room))
        }
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
        for (label, beside) in [
            ("for review", report.summary.review),
            ("advice", report.summary.advisory),
        ] {
            if beside.discovered > 0 {
                let listed = number(beside.tally.fail);
                let resources = counted(beside.discovered, "resource", "resources");
                let line =
                    format!("{label}: {listed} of {resources} listed; these decide no criterion");
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
