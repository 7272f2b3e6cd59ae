//! A CSV file, by the headings of its columns.

use std::fs;
use std::path::Path;

/// A table that was read whole.
pub(crate) struct Table {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    #[track_caller]
    pub(crate) fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::of(&bytes)
    }

    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes);
        let mut rows = reader.records().map(|record| {
            let record = record.unwrap();
            record.iter().map(str::to_owned).collect::<Vec<_>>()
        });
        let headings = rows.next().unwrap();
        Self {
            headings,
            rows: rows.collect(),
        }
    }

    #[track_caller]
    pub(crate) fn cell<'t>(&self, row: &'t [String], heading: &str) -> &'t str {
        let column = self.headings.iter().position(|known| known == heading);
        &row[column.unwrap_or_else(|| panic!("no column {heading:?} among {:?}", self.headings))]
    }

    #[track_caller]
    pub(crate) fn number(&self, row: &[String], heading: &str) -> u64 {
        self.cell(row, heading).parse().unwrap()
    }

    /// The row whose cell under that heading says so.
    #[track_caller]
    pub(crate) fn row(&self, heading: &str, says: &str) -> &[String] {
        self.rows
            .iter()
            .find(|row| self.cell(row, heading) == says)
            .unwrap_or_else(|| panic!("no row whose {heading} is {says:?}"))
    }

    /// How many rows say so.
    pub(crate) fn count(&self, heading: &str, says: &str) -> usize {
        self.rows
            .iter()
            .filter(|row| self.cell(row, heading) == says)
            .count()
    }
}
