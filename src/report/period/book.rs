//! A period as one workbook, a sheet for each table.
//!
//! Text is written as text: the workbook holds no formula. It is dated with the window's last day, so that the same period
//! makes the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Table, all};
use crate::history::period::Period;
use crate::report::text::shown;

/// Rows on a sheet below the headings. What is more goes on on another sheet.
const ROWS: usize = 1_048_575;

/// UTF-16 units in a cell, which is what Excel counts.
const CELL: usize = 32_767;

/// A workbook that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The workbook's own rules are broken.
    #[error("the workbook cannot be written: {0}")]
    Book(#[from] XlsxError),
}

/// What stands on the first sheet.
const README: [&str; 7] = [
    "This workbook states what the runs of a period showed. It is not an attestation report and expresses no opinion.",
    "A state is evidenced at the instants of runs. Between two runs with the same outcome and the same rule it is the same at both \
     ends, and no more is claimed.",
    "A failure lasted at least from its first failing run to its last, and at most from the last run before that found nothing wrong \
     to the first run after that found nothing wrong.",
    "A day (UTC) without a run is a gap, never a pass. A run whose bundle is damaged is left out by name, and its day is a gap.",
    "Verdict and run together name the evidence: the line with this id in the run's verdicts.ndjson.zst.",
    "Populations tie out: at start + unseen at start + added - removed = at end + unseen at end, for each check.",
    "`tieout verify` holds a bundle's answers against its verdicts; a period reads manifests, rules and verdicts alone, each held \
     against its digest.",
];

/// The workbook's bytes.
///
/// # Errors
/// None that a period can cause.
pub fn write(period: &Period) -> Result<Vec<u8>, BookError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = (period.to.year(), period.to.month(), period.to.day());
    let dated = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(1900),
        month.unsigned_abs(),
        day.unsigned_abs(),
    )?;
    let properties = DocProperties::new()
        .set_title(format!(
            "Period {} to {}, account {}",
            period.from, period.to, period.account
        ))
        .set_subject("Workpapers; not an attestation report")
        .set_author(format!("tieout {}", period.tool))
        .set_creation_datetime(&dated);
    workbook.set_properties(&properties);
    let heading = Format::new().set_bold();
    read_me(workbook.add_worksheet(), period, &heading)?;
    for table in all(period) {
        let mut parts = table.rows.chunks(ROWS);
        let mut part = 1;
        loop {
            let rows = parts.next();
            if rows.is_none() && part > 1 {
                break;
            }
            let name = if part == 1 {
                table.name.to_owned()
            } else {
                format!("{} ({part})", table.name)
            };
            let worksheet = workbook.add_worksheet();
            worksheet.set_name(name)?;
            sheet(worksheet, &table, rows.unwrap_or_default(), &heading)?;
            part += 1;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn read_me(sheet: &mut Worksheet, period: &Period, heading: &Format) -> Result<(), XlsxError> {
    sheet.set_name("Read me")?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 110)?;
    let summary = &period.summary;
    let facts = [
        (
            "Account",
            format!("{} {}", period.account, shown(&period.alias)),
        ),
        (
            "Period",
            format!(
                "{} to {} ({} days, UTC)",
                period.from, period.to, period.days
            ),
        ),
        (
            "Runs",
            format!(
                "{}, of which {} partial",
                summary.runs, summary.partial_runs
            ),
        ),
        ("Days without a run", summary.days_without_run.to_string()),
        (
            "Exceptions",
            format!(
                "{}: {} open at the start, {} opened, {} closed, {} open at the end",
                summary.exceptions,
                summary.open_at_start,
                summary.opened,
                summary.closed,
                summary.open_at_end
            ),
        ),
        ("Written by", format!("tieout {}", period.tool)),
    ];
    let mut row = 0;
    for (name, value) in facts {
        sheet.write_string_with_format(row, 0, name, heading)?;
        sheet.write_string(row, 1, value)?;
        row += 1;
    }
    for line in README {
        row += 1;
        sheet.write_string(row, 1, line)?;
    }
    Ok(())
}

fn sheet(
    sheet: &mut Worksheet,
    table: &Table,
    rows: &[Vec<String>],
    heading: &Format,
) -> Result<(), XlsxError> {
    for (column, name) in (0_u16..).zip(&table.head) {
        sheet.write_string_with_format(0, column, name.trim_end_matches('#'), heading)?;
        sheet.set_column_width(column, if name.ends_with('#') { 10 } else { 24 })?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1_u32..).zip(rows) {
        for ((column, name), cell) in (0_u16..).zip(&table.head).zip(cells) {
            match cell.parse::<u32>() {
                Ok(number) if name.ends_with('#') => {
                    sheet.write_number(row, column, f64::from(number))?;
                }
                Ok(_) | Err(_) => {
                    sheet.write_string(row, column, fitted(&shown(cell)))?;
                }
            }
        }
    }
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let columns = u16::try_from(table.head.len()).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    Ok(())
}

/// Text that a cell holds. What is cut says so.
fn fitted(text: &str) -> String {
    const SAYS: &str = "… cut here, as Excel holds no more in a cell; the JSON has all";
    if text.encode_utf16().count() <= CELL {
        return text.to_owned();
    }
    let mut room = CELL - SAYS.encode_utf16().count();
    let mut begins: String = text
        .chars()
        .take_while(|letter| {
            let fits = letter.len_utf16() <= room;
            room = room.saturating_sub(letter.len_utf16());
            fits
        })
        .collect();
    begins.push_str(SAYS);
    begins
}
