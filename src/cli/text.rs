//! Plain text for reading: paragraphs, columns, and shapes in words.

use std::io::{self, Write};

use crate::inventory::Fact;
use crate::inventory::schema::Shape;

/// Lines are this long where nothing else is said.
pub(super) const WIDTH: usize = 100;

/// Prose, wrapped, each line indented. Blank lines part paragraphs.
pub(super) fn prose(out: &mut impl Write, indent: usize, text: &str) -> io::Result<()> {
    for (n, paragraph) in text.split("\n\n").enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            let long = word.chars().count();
            if column > 0 && indent + column + 1 + long > WIDTH {
                writeln!(out)?;
                column = 0;
            }
            if column == 0 {
                write!(out, "{:indent$}{word}", "")?;
                column = long;
            } else {
                write!(out, " {word}")?;
                column += 1 + long;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Text as it stands, each line indented: rules, commands.
pub(super) fn block(out: &mut impl Write, indent: usize, text: &str) -> io::Result<()> {
    for line in text.trim_matches('\n').trim_end().lines() {
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

/// A heading and, below it, what `body` writes.
pub(super) fn section<W: Write>(
    out: &mut W,
    heading: &str,
    body: impl FnOnce(&mut W) -> io::Result<()>,
) -> io::Result<()> {
    writeln!(out, "\n{heading}")?;
    body(out)
}

/// Rows in columns as wide as their widest cell; the last may be as long as it likes.
pub(super) fn columns<const N: usize>(
    out: &mut impl Write,
    indent: usize,
    rows: &[[String; N]],
) -> io::Result<()> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        writeln!(out, "{:indent$}{}", "", line.trim_end())?;
    }
    Ok(())
}

/// The first sentence of a doc.
pub(super) fn first_sentence(doc: &str) -> String {
    let flat = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.split_once(". ") {
        Some((first, _)) => first.to_owned(),
        None => flat.trim_end_matches('.').to_owned(),
    }
}

/// A type as rules and their complaints name it.
pub(super) fn type_name(shape: &Shape) -> String {
    match shape {
        Shape::Bool => "bool".to_owned(),
        Shape::Int => "int".to_owned(),
        Shape::Double => "double".to_owned(),
        Shape::Text => "text".to_owned(),
        Shape::Time => "timestamp".to_owned(),
        Shape::List(item) => format!("list of {}", type_name(item)),
        Shape::Map(item) => format!("map of {}", type_name(item)),
        Shape::Record(_) => "record".to_owned(),
        Shape::Optional(inner) => format!("{} or null", type_name(inner)),
        Shape::One(kind) => format!("→ {kind}"),
        Shape::Many(kind) => format!("→ many {kind}"),
    }
}

/// A fact as JSON, which is how a rule or `tieout.toml` would write it.
pub(super) fn value(fact: &Fact) -> String {
    serde_json::to_string(fact).unwrap_or_else(|error| error.to_string())
}

/// `1 check`, `2 checks`.
pub(super) fn count(number: usize, thing: &str) -> String {
    let many = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{many}")
}

#[cfg(test)]
mod tests {
    use super::{columns, count, first_sentence, prose};

    fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn prose_is_wrapped_and_indented() {
        let text = written(|out| prose(out, 2, &"word ".repeat(40)));
        assert!(
            text.lines()
                .all(|line| line.starts_with("  word") && line.chars().count() <= 100)
        );
        assert_eq!(text.split_whitespace().count(), 40);
        assert_eq!(
            written(|out| prose(out, 0, "one\ntwo\n\nthree")),
            "one two\n\nthree\n"
        );
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [
            ["a".to_owned(), "bb".to_owned()],
            ["ccc".to_owned(), "d".to_owned()],
        ];
        assert_eq!(written(|out| columns(out, 1, &rows)), " a    bb\n ccc  d\n");
    }

    #[test]
    fn small_words() {
        assert_eq!(first_sentence("One thing.\nAnother."), "One thing");
        assert_eq!(first_sentence("S3 at example.com."), "S3 at example.com");
        assert_eq!(
            (count(1, "check"), count(2, "check")),
            ("1 check".to_owned(), "2 checks".to_owned())
        );
    }
}
