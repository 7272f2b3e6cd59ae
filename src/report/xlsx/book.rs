//! Sheets into a workbook, within what Excel holds. What does not fit in a cell says so there, and what does not fit on a
//! sheet goes on on another.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Color, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};

use crate::report::papers::{Cell, Sheet};
use crate::report::text::number;

/// Rows on a sheet below the headings.
pub(in crate::report) const ROWS: u64 = 1_048_575;
/// UTF-16 units in a cell, which is what Excel counts.
const CELL: usize = 32_767;
/// Characters in the name of a sheet.
const NAME: usize = 31;
/// Links on a sheet.
const LINKS: u32 = 65_530;

/// Where a link to a population leads.
#[derive(Debug)]
pub(in crate::report) struct Target {
    /// The sheet, as it is asked for.
    pub(in crate::report) sheet: String,
    /// How many rows of the sheet stand before it.
    pub(in crate::report) before: u64,
}

/// A workbook in the making.
pub(in crate::report) struct Book<'w> {
    workbook: &'w mut Workbook,
    targets: &'w BTreeMap<String, Target>,
    /// Rows on a sheet: Excel's number, but for a test.
    rows: u64,
    /// What has the whole of a text that is cut.
    whole: &'static str,
    names: BTreeSet<String>,
    heading: Format,
    body: Format,
}

impl<'w> Book<'w> {
    pub(in crate::report) fn new(
        workbook: &'w mut Workbook,
        targets: &'w BTreeMap<String, Target>,
        rows: u64,
        whole: &'static str,
    ) -> Self {
        Self {
            workbook,
            targets,
            rows,
            whole,
            names: BTreeSet::new(),
            heading: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0xE6_E4_DE))
                .set_align(FormatAlign::Top)
                .set_text_wrap(),
            body: Format::new().set_align(FormatAlign::Top),
        }
    }

    /// Writes a sheet, and as many further ones as its rows need. One that is long is put on disk as it grows.
    pub(in crate::report) fn sheet(
        &mut self,
        name: &str,
        sheet: Sheet<'_>,
        is_long: bool,
    ) -> Result<(), XlsxError> {
        let mut rows = sheet.rows.peekable();
        let mut part = 1;
        loop {
            let title = self.title(name, part);
            let worksheet = if is_long {
                self.workbook.add_worksheet_with_constant_memory()?
            } else {
                self.workbook.add_worksheet()
            };
            worksheet.set_name(&title)?;
            let columns = open(worksheet, &sheet.columns, &self.heading)?;
            let mut links = 0;
            let mut row: u32 = 0;
            while u64::from(row) < self.rows {
                let Some(cells) = rows.next() else { break };
                row += 1;
                for (column, cell) in (0u16..).zip(&cells) {
                    let target = match cell {
                        Cell::Population(check) if links < LINKS => self.targets.get(check),
                        Cell::Population(_) | Cell::Text(_) | Cell::Number(_) => None,
                    };
                    if let Some(target) = target {
                        links += 1;
                        let link = link(target, self.rows).set_text(cell.text());
                        worksheet.write_url(row, column, link)?;
                    } else {
                        write(worksheet, (row, column), cell, (&self.body, self.whole))?;
                    }
                }
            }
            worksheet.autofilter(0, 0, row, columns.saturating_sub(1))?;
            if rows.peek().is_none() {
                return Ok(());
            }
            part += 1;
        }
    }

    /// A name that Excel takes and that no other sheet has, in whatever case.
    fn title(&mut self, name: &str, part: u64) -> String {
        let mut n = part;
        loop {
            let title = titled(name, n);
            if self.names.insert(title.to_lowercase()) {
                return title;
            }
            n += 1;
        }
    }
}

/// The name of the `part`th sheet of a table.
pub(in crate::report) fn titled(name: &str, part: u64) -> String {
    let ending = if part == 1 {
        String::new()
    } else {
        format!(" ({part})")
    };
    let plain =
        |character: char| !matches!(character, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let room = NAME.saturating_sub(ending.len());
    let begins: String = name.chars().filter(|c| plain(*c)).take(room).collect();
    format!("{begins}{ending}")
}

/// The headings, which stay in sight. Returns how many columns there are.
fn open(
    worksheet: &mut Worksheet,
    columns: &[(&'static str, u16)],
    heading: &Format,
) -> Result<u16, XlsxError> {
    let mut count = 0;
    for (column, (title, width)) in (0u16..).zip(columns) {
        worksheet.set_column_width(column, f64::from(*width))?;
        worksheet.write_string_with_format(0, column, *title, heading)?;
        count = column + 1;
    }
    worksheet.set_freeze_panes(1, 1)?;
    worksheet.set_landscape();
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_footer("&L&A: not an attestation report&RPage &P of &N");
    Ok(count)
}

fn write(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    (body, whole): (&Format, &str),
) -> Result<(), XlsxError> {
    match cell {
        Cell::Number(number) => {
            // Excel keeps 53 bits; no count comes near.
            worksheet.write_number_with_format(row, column, *number as f64, body)?;
        }
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) | Cell::Population(text) => {
            worksheet.write_string_with_format(row, column, fitted(text, whole), body)?;
        }
    }
    Ok(())
}

fn link(target: &Target, rows: u64) -> Url {
    let part = target.before / rows + 1;
    // One for the headings, and rows are counted from one.
    let row = target.before % rows + 2;
    Url::new(format!("internal:'{}'!A{row}", titled(&target.sheet, part)))
}

/// Text that a cell holds. What is cut says so, and where the whole stands.
fn fitted(text: &str, whole: &str) -> String {
    let units = text.encode_utf16().count();
    if units <= CELL {
        return text.to_owned();
    }
    let says = format!(
        "\n… cut here: Excel holds 32,767 characters of these {}; {whole}",
        number(units as u64)
    );
    let mut room = CELL.saturating_sub(says.encode_utf16().count());
    let mut begins: String = text
        .chars()
        .take_while(|character| {
            let fits = character.len_utf16() <= room;
            room = room.saturating_sub(character.len_utf16());
            fits
        })
        .collect();
    begins.push_str(&says);
    begins
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn names_of_sheets_are_what_excel_takes() {
        assert_eq!(titled("s3.bucket", 1), "s3.bucket");
        assert_eq!(titled("s3.bucket", 2), "s3.bucket (2)");
        let long = titled("a/kind:of[a]*resource?with'a\\very.long_name_indeed", 12);
        assert_eq!(long.chars().count(), 31);
        assert!(long.ends_with(" (12)") && !long.contains(['/', ':', '[', '*', '?', '\'', '\\']));
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(fitted(&"x".repeat(CELL), "").len(), CELL);
        let cut = fitted(&"𝕏".repeat(CELL), "the CSV file has all");
        assert!(cut.encode_utf16().count() <= CELL);
        assert!(cut.ends_with("of these 65,534; the CSV file has all"));
    }

    fn table(rows: u64, cell: fn(u64) -> Cell) -> Sheet<'static> {
        Sheet {
            name: "Table",
            columns: vec![("Row", 10)],
            rows: Box::new((0..rows).map(move |row| vec![cell(row)])),
        }
    }

    fn part(book: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
        let mut text = String::new();
        book.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn a_list_that_is_too_long_for_a_sheet_goes_on_on_another_and_links_follow() {
        let target = Target {
            sheet: "s3.bucket".to_owned(),
            before: 15,
        };
        let targets = BTreeMap::from([("s3.a".to_owned(), target)]);
        for is_long in [false, true] {
            let mut workbook = Workbook::new();
            let mut book = Book::new(&mut workbook, &targets, 10, "");
            let index = table(1, |_| Cell::Population("s3.a".to_owned()));
            book.sheet("Populations", index, false).unwrap();
            book.sheet("s3.bucket", table(25, Cell::Number), is_long)
                .unwrap();
            let bytes = workbook.save_to_buffer().unwrap();
            let mut book = ZipArchive::new(Cursor::new(bytes)).unwrap();
            let names = part(&mut book, "xl/workbook.xml");
            for name in ["s3.bucket", "s3.bucket (2)", "s3.bucket (3)"] {
                assert!(names.contains(&format!("name=\"{name}\"")), "{names}");
            }
            assert!(
                part(&mut book, "xl/worksheets/sheet1.xml")
                    .contains("location=\"'s3.bucket (2)'!A7\"")
            );
            // The sixteenth row, counted from zero, is the sixth of the second sheet.
            let second = part(&mut book, "xl/worksheets/sheet3.xml");
            let (_, cell) = second.split_once("r=\"A7\"").unwrap();
            let (cell, _) = cell.split_once("</c>").unwrap();
            assert!(cell.ends_with("<v>15</v>"), "{cell}");
            assert!(!part(&mut book, "xl/worksheets/sheet4.xml").contains("r=\"A7\""));
        }
    }
}
