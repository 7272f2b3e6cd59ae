//! The workpapers as CSV: a file for each sheet, and one for each population.
//!
//! UTF-8 without a byte order mark, RFC 4180 with lines ended by CR LF, and every cell in quotes, so that neither a line
//! break nor another separator in a name ends a cell. A spreadsheet takes a cell that begins with `=` for a formula,
//! wherever the file came from; such text is given an apostrophe before it ([`neutral`]).

use std::io;

use super::Report;
use super::papers::{Digests, Sheet, front, judged, population};

pub use super::papers::lines::{neutral, sheet};

/// Writes every file: `file` is told its name within the folder, and its bytes.
///
/// # Errors
/// Those of `file`.
pub fn write<E: From<io::Error>>(
    report: &Report,
    mut file: impl FnMut(&str, &[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let digests = Digests::new(report)?;
    for table in front(report, &digests) {
        let name = format!("{}.csv", table.name.to_lowercase().replace(' ', "_"));
        file(&name, &bytes(table)?)?;
    }
    for check in judged(report) {
        let name = format!("populations/{}.csv", check.id);
        file(&name, &bytes(population(check, report))?)?;
    }
    Ok(())
}

fn bytes(table: Sheet<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    sheet(table, &mut bytes)?;
    Ok(bytes)
}
