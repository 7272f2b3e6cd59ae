//! Text as OSCAL's data types take it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::NAMESPACE;
use crate::report::Counted;

/// One line without space at its ends, never empty: `StringDatatype`.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        "-".to_owned()
    } else {
        words.join(" ")
    }
}

/// The same as Markdown that shows the text as it is: names come from the account and may hold anything.
pub(super) fn markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in line(text).chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&'
        ) {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

/// An instant with its zone.
pub(super) fn time(at: Timestamp) -> String {
    at.to_string()
}

/// The first moment of a day.
pub(super) fn day_begins(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// The last moment of a day.
pub(super) fn day_ends(day: Date) -> String {
    format!("{day}T23:59:59Z")
}

/// A property of ours.
pub(super) fn prop(name: &str, value: &str) -> Value {
    json!({ "name": name, "ns": NAMESPACE, "value": line(value) })
}

/// The arithmetic of a population.
pub(super) fn counts(counted: Counted) -> Vec<Value> {
    let tally = counted.tally;
    [
        ("discovered", counted.discovered),
        ("pass", tally.pass),
        ("fail", tally.fail),
        ("waived", tally.waived),
        ("unknown", tally.unknown),
        ("not-applicable", tally.not_applicable),
        ("unlisted", counted.unlisted),
    ]
    .map(|(name, count)| prop(name, &count.to_string()))
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_never_empty() {
        assert_eq!(line("  a\n\tb\u{1b}c "), "a b c");
        assert_eq!(line(" \n"), "-");
    }

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(markup("<b>[x](y)\n# `z`"), "\\<b\\>\\[x\\](y) \\# \\`z\\`");
    }
}
