//! A management response: what a named person of the company says of an exception. It changes nothing.

use jiff::civil::Date;
use serde::Serialize;
use toml::Spanned;

use super::record::{self, Fields};
use crate::complaint::table::Reader;
use crate::complaint::{Complaint, File};

/// The fields a response may have.
pub const FIELDS: [&str; 12] = [
    "check",
    "criterion",
    "resource",
    "author",
    "role",
    "date",
    "root_cause",
    "correction",
    "prevention",
    "target_date",
    "ticket",
    "text",
];

/// What management says, as its file states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Name of its file, without the ending.
    pub id: String,
    /// The file, as complaints name it.
    pub file: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// The check it speaks of, possibly by a former id.
    pub check: Option<String>,
    /// The criterion it speaks of.
    pub criterion: Option<String>,
    /// The ARN, or a pattern of ARNs, it speaks of; all that fails, if absent.
    pub resource: Option<String>,
    /// What is said, and by whom.
    pub said: Said,
}

/// What a named person of the company says of an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Who says it.
    pub author: String,
    /// In which position.
    pub role: String,
    /// When.
    pub date: Date,
    /// The statement.
    pub text: String,
    /// Why it came about.
    pub root_cause: Option<String>,
    /// What was done about it.
    pub correction: Option<String>,
    /// What keeps it from coming about again.
    pub prevention: Option<String>,
    /// By when it is to be done.
    pub target_date: Option<Date>,
    /// Where it is on record.
    pub ticket: Option<String>,
}

/// Reads one file; nothing, and complaints, where something is wrong in it.
pub fn read(file: &File, complaints: &mut Vec<Complaint>) -> Option<Response> {
    let mut reader = Reader::new(file);
    let response = reader.parse().and_then(|table| {
        reader.known_keys(&table, "a response", &FIELDS);
        let mut fields = Fields {
            reader: &mut reader,
            table: &table,
            of: "a response",
        };
        fields_of(file, &mut fields)
    });
    let sound = reader.complaints.is_empty();
    complaints.extend(reader.complaints);
    response.filter(|_| sound)
}

fn fields_of(file: &File, fields: &mut Fields<'_, '_, '_>) -> Option<Response> {
    let check = fields.optional("check");
    let criterion = fields.optional("criterion");
    if check.is_none() && criterion.is_none() {
        let help = "write check = \"…\" or criterion = \"…\"";
        fields.complain(0..0, "a response needs `check` or `criterion`", help);
    }
    let optional = |text: Option<Spanned<String>>| text.map(Spanned::into_inner);
    let author = fields.needed("author", "name the person who says it");
    let role = fields.needed("role", "say in which position they say it");
    let date = fields.day("date", "write the day of the statement: date = 2026-01-31");
    let text = fields.needed("text", "write what management says of the exception");
    Some(Response {
        id: record::id(file),
        file: file.name.to_string(),
        sha256: record::sha256(file),
        check: optional(check),
        criterion: optional(criterion),
        resource: optional(fields.optional("resource")),
        said: Said {
            author: author.into_inner(),
            role: role.into_inner(),
            date: date?.into_inner(),
            root_cause: optional(fields.optional("root_cause")),
            correction: optional(fields.optional("correction")),
            prevention: optional(fields.optional("prevention")),
            target_date: fields.optional_day("target_date").map(Spanned::into_inner),
            ticket: optional(fields.optional("ticket")),
            text: text.into_inner(),
        },
    })
}
