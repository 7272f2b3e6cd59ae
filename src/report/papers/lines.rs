//! One sheet as CSV: how [`csv`](crate::report::csv) says.

use std::borrow::Cow;
use std::io::{self, Write};

use ::csv::{QuoteStyle, Terminator, WriterBuilder};

use super::Sheet;

/// Writes one sheet, a line of headings first.
///
/// # Errors
/// When `out` does not take it.
pub fn sheet(sheet: Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut lines = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(out);
    lines.write_record(sheet.columns.iter().map(|(heading, _)| heading))?;
    for row in sheet.rows {
        for cell in &row {
            lines.write_field(neutral(&cell.text()).as_bytes())?;
        }
        lines.write_record(None::<&[u8]>)?;
    }
    lines.flush()
}

/// Text that no spreadsheet takes for a formula: with an apostrophe before it where it begins like one.
///
/// Excel also looks behind leading white space, and takes the full-width forms of the signs for the signs themselves.
pub fn neutral(text: &str) -> Cow<'_, str> {
    let first = text.chars().find(|character| !is_passed_over(*character));
    let acts = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
    );
    if acts || text.starts_with(['\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// White space of any kind, and what has no width.
fn is_passed_over(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::neutral;

    #[test]
    fn what_begins_like_a_formula_is_text() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{a0}\u{feff}=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM",
            "\ttext",
            "\rtext",
        ] {
            assert_eq!(neutral(text), format!("'{text}"));
        }
    }

    #[test]
    fn what_does_not_stays_as_it_is() {
        for text in [
            "",
            "acme-logs",
            "a=b",
            "1-1",
            "arn:aws:s3:::acme",
            "'quoted",
            " plain",
        ] {
            assert_eq!(neutral(text), text);
        }
    }
}
