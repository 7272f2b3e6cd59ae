//! What the records have in common: fields that must be there, dates, and people.

use std::ops::Range;

use base16ct::lower::encode_string as hexadecimal;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::DeTable;

use crate::complaint::File;
use crate::complaint::table::Reader;

/// The name a record goes by: that of its file, without the ending.
#[must_use]
pub fn id(file: &File) -> String {
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name);
    name.strip_suffix(".toml").unwrap_or(name).to_owned()
}

/// SHA-256 of the file as it was read, in hex.
#[must_use]
pub fn sha256(file: &File) -> String {
    hexadecimal(&Sha256::digest(file.text.as_bytes()))
}

/// Whether two names are of one person. How somebody writes capitals and spaces makes nobody another person.
#[must_use]
pub fn same_person(one: &str, other: &str) -> bool {
    person(one) == person(other)
}

/// A name as it is compared: small letters, no white space.
#[must_use]
pub fn person(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The fields of one record, read with complaints.
#[derive(Debug)]
pub struct Fields<'r, 'f, 't> {
    /// Where complaints go.
    pub reader: &'r mut Reader<'f>,
    /// The table.
    pub table: &'t DeTable<'f>,
    /// What has the fields: `a waiver`.
    pub of: &'static str,
}

impl Fields<'_, '_, '_> {
    /// A text that must be there and say something. Complains, and gives an empty one, where it does not.
    pub fn needed(&mut self, key: &str, remedy: &str) -> Spanned<String> {
        if !self.table.contains_key(key) {
            self.missing(key, remedy);
            return Spanned::new(0..0, String::new());
        }
        match self.reader.text(self.table, key) {
            Some(text) if text.get_ref().trim().is_empty() => {
                let (of, span) = (self.of, text.span());
                self.reader
                    .complain(span.clone(), format!("`{key}` of {of} is empty"), remedy);
                Spanned::new(span, String::new())
            }
            Some(text) => owned(text),
            None => Spanned::new(0..0, String::new()),
        }
    }

    /// A text that may be absent. One that is there says something.
    pub fn optional(&mut self, key: &str) -> Option<Spanned<String>> {
        self.table
            .contains_key(key)
            .then(|| self.needed(key, "say something, or leave it out"))
            .filter(|text| !text.get_ref().is_empty())
    }

    /// A day that must be there.
    pub fn day(&mut self, key: &str, remedy: &str) -> Option<Spanned<Date>> {
        if !self.table.contains_key(key) {
            self.missing(key, remedy);
        }
        self.optional_day(key)
    }

    /// A day that may be absent.
    pub fn optional_day(&mut self, key: &str) -> Option<Spanned<Date>> {
        let value = self.table.get(key)?;
        let day = value
            .get_ref()
            .as_datetime()
            .and_then(|time| time.to_string().parse::<Date>().ok())
            // `2026-01-01T10:00:00` is a moment, and says nothing of where.
            .filter(|_| value.span().len() == "2026-01-01".len());
        if day.is_none() {
            let help = format!("write the day without quotes: {key} = 2026-01-31");
            self.reader
                .wrong(&format!("`{key}`"), value, "a day", &help);
        }
        day.map(|day| Spanned::new(value.span(), day))
    }

    /// The texts of a list, which may be absent.
    pub fn list(&mut self, key: &str) -> Vec<String> {
        let texts = self.reader.texts(self.table, key);
        texts
            .into_iter()
            .map(|text| (*text.get_ref()).to_owned())
            .collect()
    }

    /// Complains where two people are one.
    pub fn different(
        &mut self,
        (one, first): (&str, &Spanned<String>),
        (other, second): (&str, &Spanned<String>),
        remedy: &str,
    ) {
        let both = !first.get_ref().is_empty() && !second.get_ref().is_empty();
        if both && same_person(first.get_ref(), second.get_ref()) {
            let message = format!(
                "`{other}` is the same person as `{one}`: {}",
                first.get_ref()
            );
            self.reader.complain(second.span(), message, remedy);
        }
    }

    /// Complains about a place of the file.
    pub fn complain(&mut self, span: Range<usize>, message: impl Into<String>, help: &str) {
        self.reader.complain(span, message, help);
    }

    fn missing(&mut self, key: &str, remedy: &str) {
        let message = format!("{} needs `{key}`", self.of);
        self.reader.complain(0..0, message, remedy);
    }
}

fn owned(text: Spanned<&str>) -> Spanned<String> {
    Spanned::new(text.span(), (*text.get_ref()).trim().to_owned())
}
