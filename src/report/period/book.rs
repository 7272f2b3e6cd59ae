//! A period as one workbook, a sheet for each table; of several accounts, each table begins with the account.
//!
//! Text is written as text: the workbook holds no formula. It is dated with the window's last day, so that the same period
//! makes the same bytes.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{PROSE, Table, all, several};
use crate::history::period::{Period, Periods};
use crate::report::papers::{Cell, Sheet};
use crate::report::text::{lines, shown};
use crate::report::xlsx::WorkbookError;
use crate::report::xlsx::book::{Book, ROWS};

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

/// What it says of several accounts.
const SEVERAL: &str =
    "Each account is covered by its own runs, and none says anything of another's.";

/// The workbook's bytes.
///
/// # Errors
/// None that a period can cause.
pub fn write(periods: &Periods) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(periods)?);
    let heading = Format::new().set_bold();
    read_me(workbook.add_worksheet(), periods, &heading)?;
    let tables = match periods.only() {
        Some(period) => all(period),
        None => several(periods),
    };
    let nowhere = BTreeMap::new();
    let mut book = Book::new(&mut workbook, &nowhere, ROWS, "the JSON has all");
    for table in tables {
        book.sheet(table.name, sheet(&table), false)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn properties(periods: &Periods) -> Result<DocProperties, XlsxError> {
    let (from, to) = (periods.from, periods.to);
    let dated = ExcelDateTime::from_ymd(
        u16::try_from(to.year()).unwrap_or(1900),
        to.month().unsigned_abs(),
        to.day().unsigned_abs(),
    )?;
    let of = match periods.accounts.as_slice() {
        [one] => format!("account {}", one.account),
        all => format!("{} accounts", all.len()),
    };
    Ok(DocProperties::new()
        .set_title(format!("Period {from} to {to}, {of}"))
        .set_subject("Workpapers; not an attestation report")
        .set_author(format!("tieout {}", periods.tool))
        .set_creation_datetime(&dated))
}

fn read_me(sheet: &mut Worksheet, periods: &Periods, heading: &Format) -> Result<(), XlsxError> {
    sheet.set_name("Read me")?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 110)?;
    let window = format!(
        "{} to {} ({} days, UTC)",
        periods.from, periods.to, periods.days
    );
    let mut facts = vec![("Period", window)];
    match periods.only() {
        Some(period) => facts.extend(of_one(period)),
        None => facts.extend(periods.accounts.iter().map(|one| {
            let runs = format!(
                "{} {}: {} runs, {} of {} planned missed",
                one.account,
                shown(&one.alias),
                one.runs,
                one.missed,
                one.planned
            );
            ("Account", runs)
        })),
    }
    facts.push(("Written by", format!("tieout {}", periods.tool)));
    let mut row = 0;
    for (name, value) in facts {
        sheet.write_string_with_format(row, 0, name, heading)?;
        sheet.write_string(row, 1, value)?;
        row += 1;
    }
    let several = periods.only().is_none().then_some(SEVERAL);
    for line in README.into_iter().chain(several) {
        row += 1;
        sheet.write_string(row, 1, line)?;
    }
    Ok(())
}

/// What the first sheet says of one account.
fn of_one(period: &Period) -> [(&'static str, String); 4] {
    let summary = &period.summary;
    [
        (
            "Account",
            format!("{} {}", period.account, shown(&period.alias)),
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
    ]
}

/// A table as the workbook takes it.
fn sheet(table: &Table) -> Sheet<'_> {
    let columns = table.head.iter().map(|name| {
        let width = if name.ends_with('#') { 10 } else { 24 };
        (name.trim_end_matches(['#', PROSE]), width)
    });
    Sheet {
        name: table.name,
        columns: columns.collect(),
        rows: Box::new(table.rows.iter().map(|row| {
            let cells = row.iter().zip(&table.head);
            cells
                .map(|(cell, name)| match cell.parse() {
                    Ok(number) if name.ends_with('#') => Cell::Number(number),
                    Ok(_) | Err(_) if name.ends_with(PROSE) => Cell::Text(lines(cell)),
                    Ok(_) | Err(_) => Cell::Text(shown(cell).into_owned()),
                })
                .collect()
        })),
    }
}
