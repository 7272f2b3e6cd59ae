//! Names, each with what stands in its place.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use thiserror::Error;

use super::Key;
use super::known::Known;
use super::phrases::Phrases;
use super::words::{Between, Words};

/// Ends of host names that say nothing of whose they are.
const ENDS: [&str; 9] = [
    "com", "org", "net", "dev", "example", "internal", "local", "cloud", "app",
];

/// What AWS's unique ids begin with, from which the account can be told.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes>
const UNIQUE: [&str; 11] = [
    "ABIA", "ACCA", "AGPA", "AIDA", "AIPA", "AKIA", "ANPA", "ANVA", "APKA", "AROA", "ASIA",
];

/// Two words that would have one pseudonym, so that what was different would be equal. With another key they do not.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("two names would have the same pseudonym under this key")]
pub struct Clash;

/// What stands for each name.
#[derive(Debug)]
pub struct Names {
    key: Key,
    known: Known,
    /// Names of several words.
    whole: Phrases,
    /// The pseudonym of every word, in lower case.
    stands: HashMap<String, String>,
}

impl Names {
    /// Settles what stands for each name.
    ///
    /// # Errors
    /// When two words would have one pseudonym.
    pub fn new(key: Key, known: Known) -> Result<Self, Clash> {
        let mut whole = Phrases::default();
        known.whole.iter().for_each(|words| whole.add(words));
        // What a rule looks for stays in a name, and comes into none.
        let means = |word: &str| known.vocabulary.goes_by(word);
        let words = known.whole.iter().flatten();
        let words = words.chain(&known.single).chain(&known.lone);
        let words: BTreeSet<&String> = words.filter(|word| !means(word)).collect();
        let pair = |word: &&String| ((*word).clone(), key.word(word, means));
        let stands: HashMap<String, String> = words.iter().map(pair).collect();
        let distinct: HashSet<&String> = stands.values().collect();
        let accounts: HashSet<String> = known.accounts.iter().map(|it| key.account(it)).collect();
        if distinct.len() < stands.len() || accounts.len() < known.accounts.len() {
            return Err(Clash);
        }
        Ok(Self {
            key,
            known,
            whole,
            stands,
        })
    }

    /// What it is hashed under.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// A text with pseudonyms in the place of names.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let found = Text::of(text, self);
        let mut out = String::new();
        let (mut kept, mut n) = (0, 0);
        while n < found.lower.len() {
            let phrase = self.phrase(&found, n);
            for n in n..n + phrase.unwrap_or(1) {
                let Some((at, stands)) = found.stands(n, phrase.is_some(), self) else {
                    continue;
                };
                out.push_str(text.get(kept..at.start).unwrap_or_default());
                out.push_str(&stands);
                kept = at.end;
            }
            n += phrase.unwrap_or(1);
        }
        if kept == 0 {
            return Cow::Borrowed(text);
        }
        out.push_str(text.get(kept..).unwrap_or_default());
        Cow::Owned(out)
    }

    /// How many words from this one on are a name, or the beginning of one that a wildcard leaves open.
    fn phrase(&self, text: &Text<'_>, from: usize) -> Option<usize> {
        let between = |n: usize| text.words.between.get(from + n);
        let joined = (0..).take_while(|n| *n == 0 || between(*n).is_some_and(joins));
        let words = joined.map_while(|n| text.lower.get(from + n));
        let walked = self.whole.walk(words.map(AsRef::<str>::as_ref));
        let begun = between(walked.taken).is_some_and(is_open);
        let many = if begun { walked.taken } else { walked.whole };
        (many > 0).then_some(many)
    }

    /// Whether a word is replaced that is part of no longer name.
    fn alone(&self, word: &str, is_all: bool) -> bool {
        self.known.single.contains(word) || !is_all && self.known.lone.contains(word)
    }

    /// What stands for an account, or an identifier that leads to one.
    fn of_account(&self, word: &str) -> Option<String> {
        if !self.known.by_account {
            None
        } else if self.known.accounts.contains(word) {
            Some(self.key.account(word))
        } else if self.known.identifiers.contains(word) {
            Some(self.key.identifier(word, 0))
        } else {
            let unique = UNIQUE.iter().any(|kind| word.starts_with(kind)) && word.len() >= 16;
            let unique = unique
                && word
                    .bytes()
                    .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
            unique.then(|| self.key.identifier(word, 4))
        }
    }
}

/// A text in words that can be compared.
struct Text<'t> {
    text: &'t str,
    words: Words,
    lower: Vec<Cow<'t, str>>,
}

impl<'t> Text<'t> {
    fn of(text: &'t str, names: &Names) -> Self {
        let mut words = Words::of(text);
        let mut lower = Vec::with_capacity(words.words.len());
        for word in &mut words.words {
            let read = |at: Range<usize>| lowered(text.get(at).unwrap_or_default());
            let mut one = read(word.at.clone());
            if word.early {
                let longer = word.at.start.saturating_sub(1)..word.at.end;
                let other = read(longer.clone());
                if names.stands.contains_key(other.as_ref()) {
                    (word.at, one) = (longer, other);
                }
            }
            lower.push(one);
        }
        Self { text, words, lower }
    }

    /// What stands for a word, and where, if anything does.
    fn stands(&self, n: usize, named: bool, names: &Names) -> Option<(Range<usize>, String)> {
        let word = self.words.words.get(n)?;
        let (lower, as_it_is) = (self.lower.get(n)?, self.text.get(word.at.clone())?);
        if let Some(stands) = names.of_account(as_it_is) {
            return Some((word.at.clone(), stands));
        }
        let (before, after) = (self.words.between.get(n)?, self.words.between.get(n + 1)?);
        let is_end =
            before.last == Some('.') && (ENDS.contains(&lower.as_ref()) || lower.len() == 2);
        let replaced = if named {
            let letter = lower.bytes().any(|byte| byte.is_ascii_alphabetic());
            letter && !is_end
        } else {
            names.alone(lower, is_edge(before.last) && is_edge(after.first[0]))
        };
        let stands = names.stands.get(lower.as_ref()).filter(|_| replaced)?;
        Some((word.at.clone(), cased(stands, as_it_is)))
    }
}

fn lowered(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// Whether a value begins or ends there: a word between two of these is all of it.
fn is_edge(letter: Option<char>) -> bool {
    letter.is_none_or(|letter| matches!(letter, '"' | '\'' | '<' | '>' | '=' | '&' | '\n'))
}

/// Whether the words around it may be of one name.
fn joins(between: &Between) -> bool {
    const APART: &[char] = &[
        '"', '<', '>', '=', '&', '{', '}', '[', ']', '(', ')', ',', ';', '*', '?', '\n',
    ];
    between.many == 1 && between.last.is_some_and(|letter| !APART.contains(&letter))
}

/// Whether a pattern is left open there: `acme-*`, `acme*`, `acme-${…}`.
fn is_open(after: &Between) -> bool {
    let wild = |letter: Option<char>| matches!(letter, Some('*' | '$'));
    let joined = matches!(after.first[0], Some('-' | '_' | '.'));
    wild(after.first[0]) || joined && wild(after.first[1])
}

/// A pseudonym in the case of the word that it stands for.
fn cased(pseudonym: &str, like: &str) -> String {
    let mut letters = like.bytes().filter(u8::is_ascii_alphabetic);
    let upper = letters.clone().all(|letter| letter.is_ascii_uppercase());
    match letters.next() {
        Some(_) if upper && like.len() > 1 => pseudonym.to_ascii_uppercase(),
        Some(first) if first.is_ascii_uppercase() => {
            let (head, rest) = pseudonym.split_at_checked(1).unwrap_or_default();
            format!("{}{rest}", head.to_ascii_uppercase())
        }
        Some(_) | None => pseudonym.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn names() -> Names {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add("Active prod logs user role arn aws iam Status");
        let mut known = Known::new(vocabulary, true);
        for name in ["acme-prod-orders", "ada.park", "eve", "portal.acme.example"] {
            known.name(name);
        }
        known.account("111122223333");
        Names::new(Key::parse(KEY).unwrap(), known).unwrap()
    }

    /// A text with the pseudonyms written as the words in capitals, so that a test shows what was replaced.
    fn shown(text: &str) -> String {
        let names = names();
        let mut shown = names.text(text).into_owned();
        for (word, stands) in &names.stands {
            for (from, to) in [
                (stands.clone(), word.to_uppercase()),
                (cased(stands, "Ab"), word.to_uppercase()),
            ] {
                shown = shown.replace(&from, &to);
            }
        }
        shown.replace(&names.key.account("111122223333"), "ACCOUNT")
    }

    #[test]
    fn a_name_is_replaced_in_whatever_it_is_written() {
        for (text, becomes) in [
            (
                "arn:aws:iam::111122223333:user/ada.park",
                "arn:aws:iam::ACCOUNT:user/ADA.PARK",
            ),
            (
                "Action=GetUser&UserName=ada.park",
                "Action=GetUser&UserName=ADA.PARK",
            ),
            (
                "%22arn%3Aaws%3As3%3A%3A%3Aacme-prod-orders%2F%2A%22",
                "%22arn%3Aaws%3As3%3A%3A%3AACME-PROD-ORDERS%2F%2A%22",
            ),
            (
                r#"{"d":"{\"who\":\"ada.park\\n\"}"}"#,
                r#"{"d":"{\"who\":\"ADA.PARK\\n\"}"}"#,
            ),
            (
                "<UserName>eve</UserName><Status>Active</Status>",
                "<UserName>EVE</UserName><Status>Active</Status>",
            ),
            (
                "Ada Park, of portal.acme.example",
                "ADA PARK, of PORTAL.ACME.example",
            ),
        ] {
            assert_eq!(shown(text), becomes);
        }
    }

    #[test]
    fn a_word_of_a_name_is_replaced_in_what_is_longer_and_not_by_itself() {
        assert_eq!(shown("acme-orders-old"), "ACME-ORDERS-old");
        assert_eq!(shown(r#"{"State":"orders"}"#), r#"{"State":"orders"}"#);
        assert_eq!(
            shown(r#"{"State":"prod-logs"}"#),
            r#"{"State":"prod-logs"}"#
        );
    }

    #[test]
    fn the_beginning_of_a_name_is_one_before_a_wildcard_alone() {
        assert_eq!(
            shown("arn:aws:s3:::acme-prod-*"),
            "arn:aws:s3:::ACME-PROD-*"
        );
        assert_eq!(
            shown("acme-prod-${aws:username}"),
            "ACME-PROD-${aws:username}"
        );
        assert_eq!(shown("acme-prod-bucket"), "ACME-prod-bucket");
    }

    #[test]
    fn what_leads_to_an_account_is_replaced_and_keeps_its_form() {
        let names = names();
        let text = r#"{"accessKeyId":"AKIAIOSFODNN7EXAMPLE","size":222233334444}"#;
        let other = names.text(text);
        assert!(
            other.contains("\"AKIA") && !other.contains("IOSFODNN7"),
            "{other}"
        );
        assert!(other.contains("222233334444"), "{other}");
        assert_eq!(other.len(), text.len());
    }

    #[test]
    fn case_is_kept_and_does_not_part_what_is_one() {
        let names = names();
        let (lower, title) = (names.text("eve"), names.text("Eve"));
        assert_eq!(title.to_lowercase(), lower);
        assert_ne!(title, lower);
        assert_eq!(names.text("EVE"), lower.to_uppercase());
    }
}
