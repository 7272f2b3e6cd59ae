//! Where words stand in a text, however the text is encoded.
//!
//! Letters and digits stand for themselves in every encoding that AWS uses, so a word can be found, and another put in its
//! place, without taking anything apart. What stands between words may be written in many ways: `/` is `/`, `%2F`, `\/` or
//! `&#47;`; it is read here, and never written.

use std::ops::Range;

/// What stands between two words, before the first or behind the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Between {
    /// Its first characters; so many are enough to say how one name ends.
    pub(super) first: [Option<char>; 2],
    /// Its last character.
    pub(super) last: Option<char>,
    /// How many there are.
    pub(super) many: usize,
}

impl Between {
    fn push(&mut self, letter: char) {
        if let Some(free) = self.first.get_mut(self.many) {
            *free = Some(letter);
        }
        self.last = Some(letter);
        self.many += 1;
    }
}

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes.
    pub(super) at: Range<usize>,
    /// A letter before it was read as an escape (`\n`), and may be its first: `DOMAIN\name`.
    pub(super) early: bool,
}

/// A text in words.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The words, in order.
    pub(super) words: Vec<Word>,
    /// What stands before each, and behind the last.
    pub(super) between: Vec<Between>,
}

impl Words {
    /// Finds the words of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        let (mut between, mut early) = (Between::default(), false);
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if length > 0 {
                found.between.push(std::mem::take(&mut between));
                found.words.push(Word {
                    at: at..at + length,
                    early: std::mem::take(&mut early),
                });
                at += length;
                continue;
            }
            let (length, letter) = separator(rest);
            early = letter == ESCAPED;
            between.push(letter);
            at += length;
        }
        found.between.push(between);
        found
    }
}

/// Stands for a character that an escape with a letter means: a line's end, a tab.
const ESCAPED: char = '\n';

/// The character at the beginning of a text that is none of a word, and how many bytes it takes.
fn separator(text: &str) -> (usize, char) {
    let mut letters = text.chars();
    let first = letters.next().unwrap_or('\0');
    let read = match first {
        '%' => percent(text),
        '\\' => backslash(text),
        '&' => entity(text),
        _ => None,
    };
    read.unwrap_or((first.len_utf8(), first))
}

/// `%2F`. Bytes that are no ASCII are part of one character.
fn percent(text: &str) -> Option<(usize, char)> {
    let byte = |at: usize| {
        let digits = text.get(at..at + 3)?.strip_prefix('%')?;
        u8::from_str_radix(digits, 16).ok()
    };
    let first = byte(0)?;
    if first.is_ascii() {
        return Some((3, char::from(first)));
    }
    let mut end = 3;
    while byte(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
        end += 3;
    }
    Some((end, char::REPLACEMENT_CHARACTER))
}

/// `\"`, `\n`, `\u0022`, with as many backslashes as the documents around it have made of one.
fn backslash(text: &str) -> Option<(usize, char)> {
    let slashes = text.bytes().take_while(|byte| *byte == b'\\').count();
    let rest = text.get(slashes..)?;
    let next = rest.chars().next()?;
    match next {
        'u' => {
            let code = u32::from_str_radix(rest.get(1..5)?, 16).ok()?;
            let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            Some((slashes + 5, letter))
        }
        'n' | 'r' | 't' => Some((slashes + 1, ESCAPED)),
        '"' | '/' => Some((slashes + 1, next)),
        _ => Some((slashes, '\\')),
    }
}

/// `&quot;`, `&#39;`, `&#x27;`.
fn entity(text: &str) -> Option<(usize, char)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let letter = match name.strip_prefix('#') {
        Some(code) => {
            let code = match code.strip_prefix(['x', 'X']) {
                Some(code) => u32::from_str_radix(code, 16).ok()?,
                None => code.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => quick_xml::escape::resolve_xml_entity(name)?
            .chars()
            .next()?,
    };
    Some((end + 1, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let words = Words::of(text).words.into_iter();
        words.map(|word| &text[word.at]).collect()
    }

    #[test]
    fn a_name_has_the_same_words_in_every_encoding() {
        for text in [
            "user/ada.park",
            "user%2Fada.park",
            r"user\/ada\u002epark",
            "user&#47;ada&#x2e;park",
            r"user\\\/ada.park",
        ] {
            assert_eq!(words(text), ["user", "ada", "park"], "{text}");
            let found = Words::of(text);
            assert!(found.between[1..3].iter().all(|it| it.many == 1), "{text}");
        }
    }

    #[test]
    fn what_stands_around_a_word_is_read() {
        let found = Words::of(r#"{\"a\":\"x-*\"}"#);
        assert_eq!(found.between[1].last, Some('"'));
        assert_eq!(found.between[2].first, [Some('-'), Some('*')]);
        let found = Words::of("Müller M%C3%BCller");
        assert_eq!(found.words.len(), 4);
        assert!(found.between[1].many == 1 && found.between[3].many == 1);
    }

    #[test]
    fn an_escape_may_be_a_letter() {
        let found = Words::of(r"ACME\\norma");
        assert_eq!((found.words.len(), found.words[1].early), (2, true));
        assert_eq!(words(r"a\nb"), ["a", "b"]);
        for odd in ["%", "%e", "\\", "&", "&amp", "&#;", "%C3", "%C3%", r"\u12"] {
            let found = Words::of(odd);
            assert_eq!(found.between.len(), found.words.len() + 1, "{odd}");
        }
    }
}
