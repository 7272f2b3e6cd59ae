//! `[[example]]` tables into examples.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use toml::de::DeTable;

use super::Example;
use super::given::Given;
use super::paths::Paths;
use super::scalar::plain;
use super::world::{Blanks, World};
use crate::check::Outcome;
use crate::complaint::did_you_mean;
use crate::complaint::table::{Reader, in_order};
use crate::inventory::Fact;
use crate::inventory::schema::{Kind, Schema, Shape};

/// The fields of an example, in the order we write them.
const KEYS: [&str; 7] = [
    "name", "expect", "now", "params", "given", "absent", "partial",
];

/// Where the examples of a check stand: what they may speak of.
#[derive(Clone, Copy)]
pub(in crate::check) struct Frame<'a> {
    pub(in crate::check) schema: &'a Schema,
    pub(in crate::check) kind: &'a Kind,
    pub(in crate::check) params: &'a BTreeMap<String, Shape>,
    /// Parameters that are complained of where they are declared.
    pub(in crate::check) refused: &'a dyn Fn(&str) -> bool,
    /// What its examples leave out.
    pub(in crate::check) blanks: &'a Blanks,
}

/// One example; none, and a complaint, where it does not say what it expects. What else is wrong with it is complained
/// of too, and then it is never run.
pub(in crate::check) fn read(
    reader: &mut Reader<'_>,
    frame: Frame<'_>,
    at: Range<usize>,
    table: &DeTable<'_>,
) -> Option<Example> {
    reader.known_keys(table, "an example", &KEYS);
    let name = reader.text(table, "name");
    if !table.contains_key("name") {
        let help = "say in a few words what it shows: name = \"…\"";
        reader.complain(at.clone(), "this example has no name", help);
    }
    let expect = expectation(reader, at.clone(), table);
    let now = match table.get("now") {
        Some(value) => reader.instant("`now`", value),
        None => "2026-01-01T00:00:00Z".parse().ok(),
    };
    let params = params(reader, frame, table);
    let world = given(reader, frame, table);
    let subject = world.arn(0).into();
    Some(Example {
        line: reader
            .file
            .position(name.as_ref().map_or(at.start, |name| name.span().start))
            .0,
        name: name.map_or_else(String::new, |name| name.into_inner().to_owned()),
        expect: expect?,
        params,
        now: now.unwrap_or(Timestamp::UNIX_EPOCH),
        subject,
        world,
    })
}

fn expectation(reader: &mut Reader<'_>, at: Range<usize>, table: &DeTable<'_>) -> Option<Outcome> {
    const OUTCOMES: [Outcome; 4] = [
        Outcome::Pass,
        Outcome::Fail,
        Outcome::Unknown,
        Outcome::NotApplicable,
    ];
    let names = OUTCOMES.map(Outcome::name);
    let Some(written) = reader.text(table, "expect") else {
        if !table.contains_key("expect") {
            let help = format!(
                "say what the check must come to: expect = \"{}\"",
                names.join("\" or \"")
            );
            reader.complain(at, "this example expects nothing", help);
        }
        return None;
    };
    let outcome = OUTCOMES
        .into_iter()
        .find(|outcome| outcome.name() == *written.get_ref());
    if outcome.is_none() {
        let message = format!("there is no outcome `{}`", written.get_ref());
        reader.complain(
            written.span(),
            message,
            did_you_mean(written.get_ref(), names),
        );
    }
    outcome
}

fn params(
    reader: &mut Reader<'_>,
    frame: Frame<'_>,
    table: &DeTable<'_>,
) -> BTreeMap<String, Fact> {
    let mut params = BTreeMap::new();
    let Some(given) = reader.table(table, "params", "write params = { name = … }") else {
        return params;
    };
    for (name, value) in in_order(given) {
        let Some(shape) = frame.params.get(name.get_ref().as_ref()) else {
            if (frame.refused)(name.get_ref()) {
                continue;
            }
            let message = format!("the check has no parameter `{}`", name.get_ref());
            let help = if frame.params.is_empty() {
                "declare it in the check: params = { … }".to_owned()
            } else {
                did_you_mean(name.get_ref(), frame.params.keys().map(String::as_str))
            };
            reader.complain(name.span(), message, help);
            continue;
        };
        let what = format!("`params.{}`", name.get_ref());
        if let Some(fact) = plain(reader, &what, value, shape) {
            params.insert(name.get_ref().to_string(), fact);
        }
    }
    params
}

/// The resources. The one judged is the first; `account` and `region` are always there, if with nothing known of them.
fn given(reader: &mut Reader<'_>, frame: Frame<'_>, table: &DeTable<'_>) -> World {
    let absent = Paths::new("absent", reader.texts(table, "absent"));
    let partial = Paths::new("partial", reader.texts(table, "partial"));
    let tables = reader.table(table, "given", "write given.<variable> = { field = … }");
    let singletons = ["account", "region"]
        .into_iter()
        .filter(|name| *name != frame.kind.name)
        .filter_map(|name| frame.schema.kind(name));
    let kinds: Vec<&Kind> = [frame.kind].into_iter().chain(singletons).collect();
    if let Some(tables) = tables {
        for (variable, value) in in_order(tables) {
            let variables = kinds.iter().map(|kind| kind.variable);
            if !variables.clone().any(|known| known == variable.get_ref()) {
                let message = format!("an example of this check gives no `{}`", variable.get_ref());
                reader.complain(
                    variable.span(),
                    message,
                    did_you_mean(variable.get_ref(), variables),
                );
            } else if value.get_ref().as_table().is_none() {
                let what = format!("`{}`", variable.get_ref());
                reader.wrong(&what, value, "a table", "write a table: { field = … }");
            }
        }
    }
    let mut given = Given {
        reader,
        schema: frame.schema,
        absent,
        partial,
        blanks: frame.blanks,
        world: World::default(),
    };
    for kind in kinds {
        let value = tables.and_then(|tables| tables.get(kind.variable));
        let table = value.and_then(|value| value.get_ref().as_table());
        given.resource(kind, table, kind.variable);
    }
    let Given {
        reader,
        absent,
        partial,
        world,
        ..
    } = given;
    absent.unmet(reader);
    partial.unmet(reader);
    world
}
