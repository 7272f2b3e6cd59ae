//! Plain text for reading: paragraphs, columns, and shapes in words.

use std::io::{self, IsTerminal, Write};

use crate::inventory::Fact;
use crate::inventory::schema::Shape;

/// Lines are this long where nobody looks, and no longer where somebody does.
const WIDTH: usize = 100;

/// Columns of the terminal; none where the output goes elsewhere.
fn terminal() -> Option<usize> {
    let (_, columns) = io::stdout()
        .is_terminal()
        .then(|| console::Term::stdout().size())?;
    Some(usize::from(columns).max(40))
}

/// Prose, wrapped, each line indented. Blank lines part paragraphs.
pub(super) fn prose(out: &mut impl Write, indent: usize, text: &str) -> io::Result<()> {
    let width = terminal().map_or(WIDTH, |columns| columns.min(WIDTH));
    for (n, paragraph) in text.split("\n\n").enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        for line in wrapped(paragraph, width.saturating_sub(indent)) {
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}

/// The words of a text in lines of at most that many characters, or of one longer word.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let fits = |line: &String| line.chars().count() + 1 + word.chars().count() <= width;
        match lines.last_mut().filter(|line| fits(line)) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
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

/// Rows in columns as wide as their widest cell. The last is wrapped beside the others on a terminal that has room for it, and
/// left whole for other programs.
pub(super) fn columns<const N: usize>(
    out: &mut impl Write,
    indent: usize,
    rows: &[[String; N]],
) -> io::Result<()> {
    table(out, indent, rows, terminal())
}

fn table<const N: usize>(
    out: &mut impl Write,
    indent: usize,
    rows: &[[String; N]],
    terminal: Option<usize>,
) -> io::Result<()> {
    const LEAST: usize = 24;
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let before = indent
        + widths
            .iter()
            .rev()
            .skip(1)
            .map(|width| width + 2)
            .sum::<usize>();
    let room =
        terminal.and_then(|columns| columns.checked_sub(before).filter(|room| *room >= LEAST));
    for row in rows {
        let mut line = String::new();
        for (n, (cell, width)) in row.iter().zip(widths).enumerate() {
            match room {
                Some(room) if n + 1 == N => {
                    line.push_str(&wrapped(cell, room).join(&format!("\n{:before$}", "")));
                }
                Some(_) | None => line.push_str(&format!("{cell:width$}  ")),
            }
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
    use super::{count, first_sentence, table, wrapped};

    fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_are_as_long_as_there_is_room() {
        let lines = wrapped(&"word ".repeat(40), 98);
        assert!(lines.iter().all(|line| line.chars().count() <= 98));
        assert_eq!(lines.join(" ").split(' ').count(), 40);
        assert_eq!(wrapped("one\ntwo three", 7), ["one two", "three"]);
        assert_eq!(wrapped("longer than that", 4), ["longer", "than", "that"]);
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let row = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
        let rows = [row("a", "bb"), row("ccc", "d")];
        assert_eq!(
            written(|out| table(out, 1, &rows, None)),
            " a    bb\n ccc  d\n"
        );
    }

    #[test]
    fn the_last_column_is_wrapped_where_there_is_a_terminal_with_room() {
        let rows = [[
            "id".to_owned(),
            "a title of quite some length here".to_owned(),
        ]];
        let at = |columns| written(|out| table(out, 2, &rows, columns));
        assert_eq!(at(None), "  id  a title of quite some length here\n");
        assert_eq!(at(Some(20)), at(None), "no room to speak of");
        assert_eq!(
            at(Some(34)),
            "  id  a title of quite some length\n      here\n"
        );
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
