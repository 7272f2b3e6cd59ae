//! Text from an account, made safe to look at.
//!
//! Names and tags are whatever somebody typed. A control sequence in one could repaint a terminal, and a
//! mark that turns the direction of writing could make a report say the opposite of what it holds. Such
//! characters are shown as `\u{202e}`. `report.json` keeps the text as AWS gave it.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::criteria::result::ResultCounts;

/// `text` with every character that would not show as itself spelled out.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(hides) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            hidden if hides(hidden) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(hidden));
            }
            plain => out.push(plain),
        }
    }
    Cow::Owned(out)
}

/// Text that somebody wrote in lines, such as the reason of a waiver: its line breaks are meant. The rest is as in [`shown`].
pub fn lines(text: &str) -> String {
    let lines: Vec<Cow<'_, str>> = text.trim().lines().map(shown).collect();
    lines.join("\n")
}

/// At most `width` characters of [`shown`], the last an ellipsis where some are left out.
pub fn clipped(text: &str, width: usize) -> String {
    let text = shown(text);
    if text.chars().count() <= width {
        return text.into_owned();
    }
    let mut out: String = text.chars().take(width.saturating_sub(1)).collect();
    out.push('…');
    out
}

/// Controls; marks and overrides of direction; line separators; and what has no width at all. The
/// joiners U+200C and U+200D stay: Persian, Hindi and emoji are written with them.
fn hides(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// `1204` as `1,204`.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 verdict`, `1,204 verdicts`.
pub fn counted(value: u64, one: &str, many: &str) -> String {
    let noun = if value == 1 { one } else { many };
    format!("{} {noun}", number(value))
}

/// `12 fail · 3 pass`: what there is of each, nothing of what there is none of.
pub fn present(counts: &[(u64, &str)], between: &str) -> String {
    let said: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{} {name}", number(*count)))
        .collect();
    said.join(between)
}

/// How many criteria came to each result.
pub fn results(counts: &ResultCounts) -> String {
    present(
        &[
            (counts.exceptions, "with exceptions"),
            (counts.incomplete, "incomplete"),
            (counts.supported, "supported"),
            (counts.inherited, "inherited"),
            (counts.attested, "attested"),
        ],
        ", ",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(shown("Zoë's Büro ‍שלום"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_would_act_is_spelled_out() {
        assert_eq!(shown("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(shown("exe\u{202e}gnp"), "exe\\u{202e}gnp");
        assert_eq!(shown("one\ntwo\r\tthree"), "one\\ntwo\\r\\tthree");
        assert_eq!(shown("\u{9b}31m\u{feff}"), "\\u{9b}31m\\u{feff}");
    }

    #[test]
    fn lines_that_somebody_wrote_stay_lines() {
        assert_eq!(lines("one\r\ntwo\n\nthree\n"), "one\ntwo\n\nthree");
        assert_eq!(
            lines("a\u{1b}[2J\nb\u{202e}\rc"),
            "a\\u{1b}[2J\nb\\u{202e}\\rc"
        );
    }

    #[test]
    fn clipping_counts_characters_and_says_so() {
        assert_eq!(clipped("äöü", 3), "äöü");
        assert_eq!(clipped("äöüß", 3), "äö…");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1,000");
        assert_eq!(number(12_345_678), "12,345,678");
        assert_eq!(counted(1, "verdict", "verdicts"), "1 verdict");
        assert_eq!(
            present(&[(2, "fail"), (0, "unknown"), (1_000, "pass")], " · "),
            "2 fail · 1,000 pass"
        );
    }
}
