//! The run as workpapers: sheets of rows, the same for the workbook ([`super::xlsx`]) and for the folder of CSV files
//! ([`super::csv`]).
//!
//! A sheet is a table of columns, each with its heading and the function that reads its cell from a row, so that a
//! sheet or a column is added in one place and both forms have it. The sheets of a run that stand once are
//! [`front`]; the population of a check, every member with its verdict and evidence, is [`population`].
//!
//! What a cell shows is made safe to look at ([`super::text::shown`]), one row to a line wherever the text is an
//! account's own. `report.json` keeps it as AWS gave it.

mod attested;
pub(in crate::report) mod cells;
mod checks;
mod criteria;
mod digest;
mod findings;
mod index;
mod ledger;
pub mod lines;
mod people;
mod population;
mod readme;
mod run;

use super::{Check, Report, Verdict};
use crate::criteria::tally::CheckState;

pub use digest::{Digests, rows};
pub use population::{incomplete, population, rows_of};

/// What stands in one place of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, never a formula.
    Text(String),
    /// A count.
    Number(u64),
    /// A check, by id: its population has its members, and a workbook leads there.
    Population(String),
}

impl Cell {
    /// What it says.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Population(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// A column of a sheet of `R`s: heading, width in characters, and what it shows of a row.
type Column<R> = (&'static str, u16, fn(&R) -> Cell);

/// One table. Its rows come by one at a time: a population may be long.
pub struct Sheet<'r> {
    /// What the workbook calls it: `Criteria`.
    pub name: &'static str,
    /// Headings, with widths in characters.
    pub columns: Vec<(&'static str, u16)>,
    /// The rows, in a stated order, each as long as `columns`.
    pub rows: Box<dyn Iterator<Item = Vec<Cell>> + 'r>,
}

impl<'r> Sheet<'r> {
    fn new<R: 'r>(
        name: &'static str,
        columns: Vec<Column<R>>,
        rows: impl IntoIterator<Item = R, IntoIter: 'r>,
    ) -> Self {
        Self {
            name,
            columns: columns
                .iter()
                .map(|(heading, width, _)| (*heading, *width))
                .collect(),
            rows: Box::new(
                rows.into_iter()
                    .map(move |row| columns.iter().map(|(.., cell)| cell(&row)).collect()),
            ),
        }
    }

    /// The same sheet with one more column, behind the one of the heading `behind`: a cell for each row, in the same order.
    fn beside(
        mut self,
        behind: &str,
        column: (&'static str, u16),
        cells: impl Iterator<Item = Cell> + 'r,
    ) -> Self {
        let found = self.columns.iter().position(|(name, _)| *name == behind);
        let at = found.map_or(self.columns.len(), |found| found + 1);
        self.columns.insert(at, column);
        let rows = self.rows.zip(cells).map(move |(mut row, cell)| {
            row.insert(at, cell);
            row
        });
        self.rows = Box::new(rows);
        self
    }
}

/// The sheets that stand once, in the order of the workbook.
pub fn front<'r>(report: &'r Report, digests: &'r Digests) -> Vec<Sheet<'r>> {
    vec![
        readme::sheet(report),
        run::sheet(report),
        criteria::sheet(report),
        criteria::standings(report),
        checks::sheet(report),
        index::sheet(report, digests),
        ledger::listings(report),
        findings::exceptions(report),
        findings::unknown(report),
        findings::waived(report),
        people::waivers(report),
        people::responses(report),
        people::suppressions(report),
        people::roles(report),
        attested::attestations(report),
        attested::reviews(report),
        ledger::gaps(report),
        ledger::coverage(report),
    ]
}

/// The checks that have a population: those that were judged.
pub fn judged(report: &Report) -> impl Iterator<Item = &Check> {
    report
        .checks
        .iter()
        .filter(|check| check.state != CheckState::LeftOut)
}

/// The members of a check's population, in order: its verdicts on resources.
pub fn members<'r>(check: &Check, report: &'r Report) -> impl Iterator<Item = &'r Verdict> {
    verdicts(check, report)
        .iter()
        .filter(|verdict| verdict.resource.is_some())
}

/// All that a check says, in order.
fn verdicts<'r>(check: &Check, report: &'r Report) -> &'r [Verdict] {
    // Verdicts are ordered by check first, so a check's are one run.
    let start = report
        .verdicts
        .partition_point(|verdict| verdict.check < check.id);
    let end = report
        .verdicts
        .partition_point(|verdict| verdict.check <= check.id);
    report.verdicts.get(start..end).unwrap_or_default()
}
