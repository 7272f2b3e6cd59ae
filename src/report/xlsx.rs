//! The workpapers as one workbook.
//!
//! Populations stand on one sheet for each kind of resource, a row for each member and check, in order of check. A sheet for
//! each check would be eight hundred tabs that nobody finds anything in; a sheet for each kind with a column for each check
//! would have no place for what a verdict rests on. So an auditor follows the link in the sheet Populations, or filters the
//! column Check; whoever wants a file for each check has the CSV.
//!
//! Text is written as text: the workbook holds no formula. It is dated with the run, so that the same run makes the same bytes.

pub(in crate::report) mod book;

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::papers::{Digests, Sheet, front, judged, population};
use super::{Check, Report};
use book::{Book, ROWS, Target};

/// From so many rows on, a sheet is put on disk as it grows and not held in memory. The bytes depend on which it is, so
/// the number does not depend on the machine.
const LONG: u64 = 100_000;

/// A workbook that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The workbook's own rules are broken.
    #[error("the workbook cannot be written: {0}")]
    Book(#[from] XlsxError),
    /// Memory does not take it.
    #[error(transparent)]
    Write(#[from] std::io::Error),
}

/// The workbook's bytes.
///
/// # Errors
/// None that a report can cause.
pub fn write(report: &Report) -> Result<Vec<u8>, WorkbookError> {
    let digests = Digests::new(report)?;
    let kinds = kinds(report);
    let targets = targets(&kinds);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    let mut book = Book::new(&mut workbook, &targets, ROWS, "the CSV file has all");
    for sheet in front(report, &digests) {
        book.sheet(sheet.name, sheet, false)?;
    }
    for Kind { sheet, checks } in kinds {
        let rows: u64 = checks.iter().map(|check| size(check)).sum();
        let mut populations = checks.into_iter().map(|check| population(check, report));
        let Some(first) = populations.next() else {
            continue;
        };
        let whole = Sheet {
            rows: Box::new(first.rows.chain(populations.flat_map(|sheet| sheet.rows))),
            ..first
        };
        book.sheet(&sheet, whole, rows > LONG)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn properties(report: &Report) -> Result<DocProperties, XlsxError> {
    let started = TimeZone::UTC.to_datetime(report.run.started);
    let year = u16::try_from(started.year()).map_err(|_| {
        XlsxError::DateTimeRangeError("the run started before there was a year".to_owned())
    })?;
    let (month, day) = (started.month().unsigned_abs(), started.day().unsigned_abs());
    let created = ExcelDateTime::from_ymd(year, month, day)?.and_hms(
        u16::from(started.hour().unsigned_abs()),
        started.minute().unsigned_abs(),
        started.second().unsigned_abs(),
    )?;
    Ok(DocProperties::new()
        .set_title(format!("SOC 2 evidence from AWS: {}", report.run.id))
        .set_subject("Workpapers; not an attestation report")
        .set_author(format!("tieout {}", report.run.tool))
        .set_creation_datetime(&created))
}

/// A kind of resource that has members.
struct Kind<'r> {
    /// The name of its first sheet.
    sheet: String,
    /// The checks that judge it, by id.
    checks: Vec<&'r Check>,
}

/// The kinds that have members, in order, each with a sheet of its own.
fn kinds(report: &Report) -> Vec<Kind<'_>> {
    let mut kinds: BTreeMap<&str, Vec<&Check>> = BTreeMap::new();
    for check in judged(report).filter(|check| size(check) > 0) {
        kinds.entry(&check.kind).or_default().push(check);
    }
    let mut taken = BTreeSet::new();
    let named = kinds.into_iter().map(|(kind, checks)| {
        let mut sheet = book::titled(kind, 1);
        // Names as long as these are cut, and two may begin alike.
        for other in 2.. {
            if taken.insert(sheet.to_lowercase()) {
                break;
            }
            sheet = book::titled(kind, other);
        }
        Kind { sheet, checks }
    });
    named.collect()
}

/// How many members a check's population has.
fn size(check: &Check) -> u64 {
    check.outcomes.tally.discovered()
}

/// Where the population of each check begins: its sheet, and how many rows stand before it.
fn targets(kinds: &[Kind<'_>]) -> BTreeMap<String, Target> {
    let mut targets = BTreeMap::new();
    for kind in kinds {
        let mut before = 0;
        for check in &kind.checks {
            let target = Target {
                sheet: kind.sheet.clone(),
                before,
            };
            targets.insert(check.id.to_string(), target);
            before += size(check);
        }
    }
    targets
}
