//! CSV read with places: a header, then a row a line. Every mistake becomes a complaint, none stops the reading.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::complaint::{Complaint, File, did_you_mean};
use crate::inventory::{Read, Source, Told};

/// The columns of a file.
pub(super) struct Columns {
    /// Those that must be there; the first tells rows apart.
    pub(super) needed: &'static [&'static str],
    /// Those that may be there.
    pub(super) more: &'static [&'static str],
}

/// A row: its cells by column, without those that are empty.
pub(super) struct Cells<'f> {
    file: &'f File,
    span: Range<usize>,
    cells: BTreeMap<&'static str, String>,
}

/// The rows of a file whose header is right.
pub(super) fn rows<'f>(
    file: &'f File,
    columns: &Columns,
    complaints: &mut Vec<Complaint>,
) -> Vec<Cells<'f>> {
    // Spreadsheets begin UTF-8 with a mark.
    let text = file.text.trim_start_matches('\u{feff}');
    let skipped = file.text.len() - text.len();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut header: Option<Vec<&'static str>> = None;
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let message = format!("this is not CSV: {error}");
                let help = "write one row a line, cells between commas, and a cell with a comma in it between \"quotes\"";
                complaints.push(Complaint::new(file, 0..0, message, help));
                return rows;
            }
        };
        let span = line(file, &record, skipped);
        let Some(names) = &header else {
            let before = complaints.len();
            let names = columns_of(file, &record, &span, columns, complaints);
            if complaints.len() > before {
                return rows;
            }
            header = Some(names);
            continue;
        };
        if record.len() != names.len() {
            let message = format!(
                "this row has {} cells where the header has {}",
                record.len(),
                names.len()
            );
            let help = "give it one cell for each column, an empty one where there is nothing to say; a cell with a comma in it stands between \"quotes\"";
            complaints.push(Complaint::new(file, span, message, help));
            continue;
        }
        let cells: BTreeMap<&'static str, String> = names
            .iter()
            .copied()
            .zip(record.iter().map(str::to_owned))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let missing: Vec<_> = columns
            .needed
            .iter()
            .filter(|name| !cells.contains_key(*name))
            .collect();
        for name in &missing {
            let message = format!("this row has nothing under `{name}`");
            let help = format!("fill in `{name}`, or take the row out");
            complaints.push(Complaint::new(file, span.clone(), message, help));
        }
        if !missing.is_empty() {
            continue;
        }
        let key = columns.needed.first().and_then(|name| cells.get(name));
        if let Some(key) = key
            && !seen.insert(key.clone())
        {
            let message = format!("`{key}` is there twice");
            let help = "keep one of the two rows";
            complaints.push(Complaint::new(file, span, message, help));
            continue;
        }
        rows.push(Cells { file, span, cells });
    }
    if header.is_none() {
        let help = format!("begin it with this line: {}", columns.needed.join(","));
        complaints.push(Complaint::new(file, 0..0, "there is no header", help));
    }
    rows
}

/// The place of a record in the file, without the end of its line.
fn line(file: &File, record: &StringRecord, skipped: usize) -> Range<usize> {
    let start = record
        .position()
        .map_or(0, |position| position.byte() as usize + skipped);
    // Blank lines and comments before a record count as its own.
    let mut at = start;
    let rest = file.text.get(start..).unwrap_or_default();
    for line in rest.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            at += line.len();
        } else {
            return at..at + line.trim_end().len();
        }
    }
    start..file.text.len()
}

fn columns_of(
    file: &File,
    record: &StringRecord,
    span: &Range<usize>,
    columns: &Columns,
    complaints: &mut Vec<Complaint>,
) -> Vec<&'static str> {
    let known = || columns.needed.iter().chain(columns.more).copied();
    let mut names = Vec::new();
    let mut complain = |message: String, help: String| {
        complaints.push(Complaint::new(file, span.clone(), message, help));
    };
    for written in record {
        match known().find(|name| name.eq_ignore_ascii_case(written)) {
            Some(name) if names.contains(&name) => complain(
                format!("the column `{name}` is there twice"),
                "keep one of the two".to_owned(),
            ),
            Some(name) => names.push(name),
            None => complain(
                format!("there is no column `{written}`"),
                did_you_mean(written, known()),
            ),
        }
    }
    for name in columns.needed {
        if !names.contains(name) {
            complain(
                format!("the column `{name}` is missing"),
                format!("add it; these are needed: {}", columns.needed.join(", ")),
            );
        }
    }
    names
}

impl Cells<'_> {
    /// A cell that is needed, and so is there.
    pub(super) fn text(&self, name: &str) -> String {
        self.optional(name).unwrap_or_default()
    }

    /// A cell, if it has something in it.
    pub(super) fn optional(&self, name: &str) -> Option<String> {
        self.cells.get(name).cloned()
    }

    /// A day, as its first moment in UTC.
    pub(super) fn day(&self, name: &str, complaints: &mut Vec<Complaint>) -> Option<Timestamp> {
        let text = self.optional(name)?;
        let day = text.parse::<Date>().ok().and_then(first_moment);
        if day.is_none() {
            let message = format!("`{name}` is `{text}`, not a day");
            self.complain(message, "write year, month, day: 2026-01-31", complaints);
        }
        day
    }

    /// A whole number of days, not negative.
    pub(super) fn number(&self, name: &str, complaints: &mut Vec<Complaint>) -> Option<i64> {
        let text = self.optional(name)?;
        let number = text.parse::<i64>().ok().filter(|number| *number >= 0);
        if number.is_none() {
            let message = format!("`{name}` is `{text}`, not a number of days");
            self.complain(message, "write a whole number: 365", complaints);
        }
        number
    }

    /// Says what is wrong with the row.
    pub(super) fn complain(
        &self,
        message: impl Into<String>,
        help: impl Into<String>,
        complaints: &mut Vec<Complaint>,
    ) {
        complaints.push(Complaint::new(self.file, self.span.clone(), message, help));
    }
}

/// The first moment of a day, in UTC.
pub(super) fn first_moment(day: Date) -> Option<Timestamp> {
    let midnight = day.to_datetime(jiff::civil::Time::midnight());
    TimeZone::UTC.to_timestamp(midnight).ok()
}

/// A value that a file told.
pub(super) fn of<T>(value: T, source: &Source) -> Read<T> {
    Ok(Told {
        value,
        source: source.clone(),
    })
}
