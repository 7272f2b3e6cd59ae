//! The roster: who may have access, and who left.

use jiff::Timestamp;

use super::rows::{Columns, of, rows};
use crate::complaint::{Complaint, File};
use crate::inventory::Source;
use crate::inventory::kinds::inputs::Person;

const COLUMNS: Columns = Columns {
    needed: &["email", "name", "status"],
    more: &["start", "end", "logins"],
};

#[derive(Debug, Clone)]
pub(super) struct Row {
    email: String,
    name: String,
    active: bool,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    logins: Vec<String>,
}

pub(super) fn read(file: &File, complaints: &mut Vec<Complaint>) -> Vec<Row> {
    let mut people = Vec::new();
    for cells in rows(file, &COLUMNS, complaints) {
        let email = cells.text("email");
        let status = cells.text("status");
        if !["active", "left"].contains(&status.as_str()) {
            cells.complain(
                format!("`status` is `{status}`"),
                "write `active` or `left`",
                complaints,
            );
        }
        let mut logins = vec![email.clone()];
        let named = cells.optional("logins").unwrap_or_default();
        logins.extend(
            named
                .split([';', ' '])
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .map(str::to_owned),
        );
        people.push(Row {
            name: cells.text("name"),
            active: status == "active",
            start: cells.day("start", complaints),
            end: cells.day("end", complaints),
            email,
            logins,
        });
    }
    people
}

impl Row {
    pub(super) fn told(&self, source: &Source) -> (String, String, Person) {
        let Self {
            email,
            name,
            active,
            start,
            end,
            logins,
        } = self.clone();
        let fields = Person {
            email: of(email.clone(), source),
            name: of(name.clone(), source),
            active: of(active, source),
            start: of(start, source),
            end: of(end, source),
            logins: of(logins, source),
        };
        (email, name, fields)
    }
}
