//! Parameters: what a check declares, and what `tieout.toml` sets instead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::DeTable;

use crate::check::Check;
use crate::check::example::scalar::{plain, shape_of};
use crate::complaint::table::{Reader, Value, describe, in_order};
use crate::complaint::{Complaint, File, did_you_mean, nearest};
use crate::inventory::Fact;
use crate::inventory::schema::Shape;

/// The shapes of a check's parameters, by name.
pub(super) type Shapes = BTreeMap<String, Shape>;

/// What `params = { … }` of a check declares.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) shapes: Shapes,
    pub(super) defaults: BTreeMap<String, Fact>,
    /// Names whose defaults tell no shape, and have been complained of.
    refused: BTreeSet<String>,
    /// Whether it is no table, and so declares who knows what.
    is_unreadable: bool,
}

impl Declared {
    /// Whether something has been said of a parameter, so that there is no more to say where it is used.
    pub(super) fn is_refused(&self, name: &str) -> bool {
        self.is_unreadable || self.refused.contains(name)
    }
}

/// Reads what a check declares.
pub(super) fn declared(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Declared {
    let mut declared = Declared::default();
    let help = "write params = { name = default }";
    let Some(params) = reader.table(table, "params", help) else {
        declared.is_unreadable = table.contains_key("params");
        return declared;
    };
    for (name, value) in in_order(params) {
        let what = format!("the parameter `{}`", name.get_ref());
        let name = name.get_ref().to_string();
        let Some(shape) = shape_of(value.get_ref()) else {
            let message = format!("{what} is {}", describe(value.get_ref()));
            let help = "a parameter is text, a number, true or false, an instant, or a list of one of these";
            reader.complain(value.span(), message, help);
            declared.refused.insert(name);
            continue;
        };
        // A default that is not of its own shape still tells how the parameter is meant.
        let default = plain(reader, &what, value, &shape);
        declared.shapes.insert(name.clone(), shape);
        declared
            .defaults
            .extend(default.map(|default| (name, default)));
    }
    declared
}

/// One parameter that `tieout.toml` sets.
struct Override<'t, 'i> {
    check: String,
    name: &'t str,
    /// Where the parameter is named.
    at: Range<usize>,
    value: &'t Value<'i>,
}

/// Puts the `[params]` of a `tieout.toml` into force, and says what is wrong with them. `[params."iam.key_rotated"]` and
/// `[params.iam.key_rotated]` are the same, because no parameter is a table.
pub(super) fn override_params(
    config: &File,
    checks: &mut [(Check, Shapes)],
    ids: &[&str],
) -> Vec<Complaint> {
    let mut reader = Reader::new(config);
    let Some(table) = reader.parse() else {
        return reader.complaints;
    };
    let mut set = Vec::new();
    let help = "write [params.\"<check>\"], and below it name = value";
    if let Some(params) = reader.table(&table, "params", help) {
        flatten(params, "", &mut set);
    }
    for Override {
        check: id,
        name,
        at,
        value,
    } in set
    {
        let meant = |check: &Check| check.id == id || check.was.contains(&id);
        let Some((check, shapes)) = checks.iter_mut().find(|(check, _)| meant(check)) else {
            // A check that did not load has complaints of its own.
            if !ids.contains(&id.as_str()) {
                let near = nearest(&id, ids.iter().copied());
                // There are too many ids to list.
                let help = near.map_or("`tieout checks list` names them all".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                });
                reader.complain(at, format!("there is no check `{id}`"), help);
            }
            continue;
        };
        let Some(shape) = shapes.get(name) else {
            let message = format!("`{}` has no parameter `{name}`", check.id);
            let help = if shapes.is_empty() {
                "take it out; the check has no parameters".to_owned()
            } else {
                did_you_mean(name, shapes.keys().map(String::as_str))
            };
            reader.complain(at, message, help);
            continue;
        };
        let what = format!("`{name}` of `{}`", check.id);
        if let Some(fact) = plain(&mut reader, &what, value, shape) {
            check.params.insert(name.to_owned(), fact);
        }
    }
    reader.complaints
}

/// Where a `tieout.toml` sets a parameter: check as it names it, parameter, line from 1.
pub fn set_in(config: &File) -> Vec<(String, String, usize)> {
    let mut reader = Reader::new(config);
    let mut set = Vec::new();
    let table = reader.parse();
    if let Some(params) = table
        .as_ref()
        .and_then(|table| table.get("params"))
        .and_then(|params| params.get_ref().as_table())
    {
        flatten(params, "", &mut set);
    }
    let places = set.into_iter().map(|set| {
        let (line, _) = config.position(set.at.start);
        (set.check, set.name.to_owned(), line)
    });
    places.collect()
}

fn flatten<'t, 'i>(table: &'t DeTable<'i>, above: &str, into: &mut Vec<Override<'t, 'i>>) {
    for (key, value) in in_order(table) {
        let name = key.get_ref().as_ref();
        if let Some(inner) = value.get_ref().as_table() {
            let dot = if above.is_empty() { "" } else { "." };
            flatten(inner, &format!("{above}{dot}{name}"), into);
        } else {
            let at = key.span();
            into.push(Override {
                check: above.to_owned(),
                name,
                at,
                value,
            });
        }
    }
}
