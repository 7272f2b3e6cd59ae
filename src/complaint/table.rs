//! TOML read with places: every wrong key and every wrong type becomes a complaint, none stops the reading.

use std::ops::Range;

use jiff::Timestamp;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{Complaint, Complaints, File, did_you_mean};

/// A value with its place.
pub type Value<'i> = Spanned<DeValue<'i>>;

/// Reads one file and gathers what is wrong with it.
#[derive(Debug)]
pub struct Reader<'f> {
    /// The file.
    pub file: &'f File,
    /// What is wrong so far.
    pub complaints: Vec<Complaint>,
}

impl<'f> Reader<'f> {
    /// A reader of that file.
    pub fn new(file: &'f File) -> Self {
        Self {
            file,
            complaints: Vec::new(),
        }
    }

    /// The file as a table; `None`, and complaints, where it is not TOML.
    pub fn parse(&mut self) -> Option<DeTable<'f>> {
        let (table, errors) = DeTable::parse_recoverable(&self.file.text);
        for error in &errors {
            let span = error.span().unwrap_or_default();
            let message = format!("this is not TOML: {}", error.message());
            self.complain(span, message, remedy(error.message()));
        }
        errors.is_empty().then(|| table.into_inner())
    }

    /// Notes that something is wrong.
    pub fn complain(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.complaints
            .push(Complaint::new(self.file, span, message, help));
    }

    /// The complaints, if any, instead of the value.
    pub fn finish<T>(self, value: T) -> Result<T, Complaints> {
        Complaints(self.complaints).none_or(value)
    }

    /// Complains about each key that is not one of `known`; `of` names what has them: `a check`.
    pub fn known_keys(&mut self, table: &DeTable<'_>, of: &str, known: &[&str]) {
        for (key, _) in in_order(table) {
            if !known.contains(&key.get_ref().as_ref()) {
                let message = format!("{of} has no field `{}`", key.get_ref());
                let help = did_you_mean(key.get_ref(), known.iter().copied());
                self.complain(key.span(), message, help);
            }
        }
    }

    /// Complains that a value is not what it should be: `a list of text`.
    pub fn wrong(&mut self, what: &str, value: &Value<'_>, wanted: &str, help: &str) {
        let message = format!("{what} is {}, not {wanted}", describe(value.get_ref()));
        self.complain(value.span(), message, help);
    }

    /// A text; `None` where it is absent or, with a complaint, something else.
    pub fn text<'t>(&mut self, table: &'t DeTable<'_>, key: &str) -> Option<Spanned<&'t str>> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            let help = format!("write it in quotes: {key} = \"…\"");
            self.wrong(&format!("`{key}`"), value, "text", &help);
        }
        text.map(|text| Spanned::new(value.span(), text))
    }

    /// The texts of a list, with their places; none where it is absent or, with a complaint, something else.
    pub fn texts<'t>(&mut self, table: &'t DeTable<'_>, key: &str) -> Vec<Spanned<&'t str>> {
        let mut texts = Vec::new();
        let Some(value) = table.get(key) else {
            return texts;
        };
        let help = format!("write a list of texts: {key} = [\"…\"]");
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(&format!("`{key}`"), value, "a list of text", &help);
            return texts;
        };
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Spanned::new(item.span(), text)),
                None => self.wrong(&format!("an element of `{key}`"), item, "text", &help),
            }
        }
        texts
    }

    /// A table; `None` where it is absent or, with a complaint, something else.
    pub fn table<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        key: &str,
        help: &str,
    ) -> Option<&'t DeTable<'i>> {
        let value = table.get(key)?;
        if value.get_ref().as_table().is_none() {
            self.wrong(&format!("`{key}`"), value, "a table", help);
        }
        value.get_ref().as_table()
    }

    /// An instant; `None`, with a complaint, where it is something else or has no offset from UTC.
    pub fn instant(&mut self, what: &str, value: &Value<'_>) -> Option<Timestamp> {
        let instant = value
            .get_ref()
            .as_datetime()
            .and_then(|time| time.to_string().parse().ok());
        if instant.is_none() {
            let help = "write date, time and offset without quotes: 2026-01-01T00:00:00Z";
            self.wrong(what, value, "an instant", help);
        }
        instant
    }
}

/// A value in words, for complaints.
pub fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The entries of a table in the order they are written.
pub fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<DeString<'i>>, &'t Value<'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A whole number, if it fits 64 bits.
pub fn int(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn remedy(error: &str) -> &'static str {
    if error.contains("duplicate") {
        "keep one of the two"
    } else if error.contains("quoted") || error.contains("string") {
        "a text stands between two \" on one line, or between two ''' over several"
    } else {
        "write `key = value`, a text between two \" on one line or two ''' over several, a list as [\"…\", \"…\"]"
    }
}
