//! The table of areas, and right of it, as far as there is room, how their criteria came out.

use std::io::{self, Write};

use anstyle::Style;

use super::Page;
use crate::report::text::{clipped, number, results};
use crate::report::{ByArea, Report};

/// Outcomes, in the order of the columns.
const COLUMNS: [&str; 5] = ["pass", "fail", "unknown", "waived", "n/a"];

/// How wide the columns are.
struct Widths {
    title: usize,
    columns: [usize; 5],
}

impl Widths {
    /// Wide enough for every number; airy where the terminal leaves room.
    fn of(areas: &[ByArea], width: usize) -> Self {
        let title = areas.iter().map(|area| area.area.title().len()).max();
        let title = title.unwrap_or_default();
        let mut bare = COLUMNS.map(str::len);
        for area in areas {
            for (column, cell) in bare.iter_mut().zip(cells(area)) {
                *column = cell.len().max(*column);
            }
        }
        let all: usize = bare.iter().sum();
        let gap = if 2 + title + all + 3 * bare.len() <= width {
            3
        } else {
            1
        };
        Self {
            title,
            columns: bare.map(|column| column + gap),
        }
    }

    fn whole(&self) -> usize {
        2 + self.title + self.columns.iter().sum::<usize>()
    }
}

fn cells(area: &ByArea) -> [String; 5] {
    let tally = area.outcomes.tally;
    [
        tally.pass,
        tally.fail,
        tally.unknown + area.outcomes.unlisted,
        tally.waived,
        tally.not_applicable,
    ]
    .map(number)
}

impl<W: Write> Page<'_, W> {
    pub(super) fn areas(&mut self, report: &Report) -> io::Result<()> {
        let areas = &report.summary.areas;
        let widths = Widths::of(areas, self.options.width);
        let dim = self.palette.dim;
        let heading = report
            .summary
            .frameworks
            .first()
            .map_or_else(String::new, |first| {
                self.beside(&widths, &format!("criteria of {}", first.framework))
            });
        write!(self.out, "\n  {dim}{:1$}", "", widths.title)?;
        for (name, width) in COLUMNS.into_iter().zip(widths.columns) {
            write!(self.out, "{name:>width$}")?;
        }
        writeln!(self.out, "{heading}{dim:#}")?;
        for area in areas {
            self.area(area, &widths)?;
        }
        Ok(())
    }

    fn area(&mut self, area: &ByArea, widths: &Widths) -> io::Result<()> {
        let criteria = area.criteria.first().map_or_else(String::new, |first| {
            self.beside(widths, &results(&first.results))
        });
        let palette = self.palette;
        let plain = Style::new();
        let styles = [palette.pass, palette.fail, palette.unknown, plain, plain];
        write!(self.out, "  {:1$}", area.area.title(), widths.title)?;
        for ((cell, style), width) in cells(area).iter().zip(styles).zip(widths.columns) {
            write!(self.out, "{style}{cell:>width$}{style:#}")?;
        }
        let dim = palette.dim;
        writeln!(self.out, "{dim}{criteria}{dim:#}")
    }

    /// What stands right of the table, as far as there is room.
    fn beside(&self, widths: &Widths, text: &str) -> String {
        let room = self.options.width.saturating_sub(widths.whole() + 3);
        if text.is_empty() || room < 12 {
            String::new()
        } else {
            format!("   {}", clipped(text, room))
        }
    }
}
