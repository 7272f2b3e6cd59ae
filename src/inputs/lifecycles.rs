//! When AWS ends its support of releases. AWS publishes it on pages for people; `data/lifecycles.toml` is what they said
//! on the day it names, and a user's own file takes its place.

use jiff::Timestamp;
use jiff::civil::Date;
use toml::de::DeTable;

use super::Kept;
use super::rows::{first_moment, of};
use crate::complaint::table::{Reader, Value, in_order};
use crate::complaint::{Complaint, File};
use crate::inventory::Source;
use crate::inventory::kinds::inputs::Release;

/// Its key under `[inputs]`.
pub(super) const KEY: &str = "lifecycles";

/// What comes with Tieout.
pub(super) fn embedded() -> Kept {
    Kept {
        key: KEY.to_owned(),
        file: File::new(
            "data/lifecycles.toml",
            include_str!("../../data/lifecycles.toml"),
        ),
    }
}

/// The releases, as of a day.
#[derive(Debug, Clone)]
pub(super) struct Data {
    as_of: Timestamp,
    releases: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) key: String,
    supported_until: Option<Timestamp>,
    extended_until: Option<Timestamp>,
    pub(super) source: String,
    as_of: Timestamp,
}

impl Data {
    pub(super) fn rows(&self) -> &[Row] {
        &self.releases
    }

    /// The day it was last held against AWS's pages.
    pub(super) fn as_of(&self) -> Timestamp {
        self.as_of
    }
}

const HELP: &str = "write [\"lambda\"] with `source = \"https://…\"`, and below it a line for each release: \"python3.12\" = { until = 2028-10-31 }";

pub(super) fn read(file: &File, complaints: &mut Vec<Complaint>) -> Option<Data> {
    let mut reader = Reader::new(file);
    let data = reader
        .parse()
        .and_then(|table| of_table(&mut reader, &table));
    complaints.extend(reader.complaints);
    data
}

fn of_table(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Option<Data> {
    let Some(as_of) = table.get("as_of") else {
        reader.complain(
            0..0,
            "there is no `as_of`",
            "write the day it was last checked: as_of = 2026-01-31",
        );
        return None;
    };
    let as_of = day(reader, "`as_of`", as_of)?;
    let mut releases = Vec::new();
    for (product, value) in in_order(table) {
        let product = product.get_ref().as_ref();
        if product == "as_of" {
            continue;
        }
        let Some(entries) = value.get_ref().as_table() else {
            reader.wrong(&format!("`{product}`"), value, "a table", HELP);
            continue;
        };
        let Some(source) = reader
            .text(entries, "source")
            .map(|text| (*text.get_ref()).to_owned())
        else {
            reader.complain(value.span(), format!("`{product}` names no source"), HELP);
            continue;
        };
        for (name, entry) in in_order(entries) {
            let name = name.get_ref().as_ref();
            if name == "source" {
                continue;
            }
            let Some(ends) = entry.get_ref().as_table() else {
                reader.wrong(&format!("`{name}`"), entry, "a table", HELP);
                continue;
            };
            reader.known_keys(ends, "a release", &["until", "extended"]);
            let mut end = |key: &str| {
                ends.get(key)
                    .map(|value| day(reader, &format!("`{key}`"), value))
            };
            let (until, extended) = (end("until"), end("extended"));
            // A day that is wrong has its complaint; it is not the same as none.
            let (Some(supported_until), Some(extended_until)) = (sound(until), sound(extended))
            else {
                continue;
            };
            releases.push(Row {
                key: format!("{product} {name}"),
                supported_until,
                extended_until,
                source: source.clone(),
                as_of,
            });
        }
    }
    Some(Data { as_of, releases })
}

fn sound(end: Option<Option<Timestamp>>) -> Option<Option<Timestamp>> {
    match end {
        None => Some(None),
        Some(None) => None,
        Some(Some(end)) => Some(Some(end)),
    }
}

fn day(reader: &mut Reader<'_>, what: &str, value: &Value<'_>) -> Option<Timestamp> {
    let day = value
        .get_ref()
        .as_datetime()
        .and_then(|day| day.to_string().parse::<Date>().ok())
        .and_then(first_moment);
    if day.is_none() {
        reader.wrong(
            what,
            value,
            "a day",
            "write year, month, day without quotes: 2026-01-31",
        );
    }
    day
}

impl Row {
    pub(super) fn told(&self, source: &Source) -> (String, String, Release) {
        let it = self.clone();
        let fields = Release {
            key: of(it.key, source),
            supported_until: of(it.supported_until, source),
            extended_until: of(it.extended_until, source),
            source: of(it.source, source),
            as_of: of(it.as_of, source),
        };
        (self.key.replace(' ', "/"), self.key.clone(), fields)
    }
}
