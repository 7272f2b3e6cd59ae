//! Holes in an inventory: facts, elements, ends of lists and members of populations that were not read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use tieout::check::Reading;
use tieout::inventory::gap::Reason;
use tieout::inventory::schema::Schema;
use tieout::inventory::{Fact, Gap, Inventory, Population, Record, Resource, Sourced};

/// Every place where a hole can be, by a name that says what is missing there: `thing:a.parts[1].size`;
/// `thing:a.parts[1…]` for all from the second on, which may be none.
pub(crate) fn places(inventory: &Inventory, schema: &Schema) -> Vec<String> {
    let mut found = Vec::new();
    each_field(inventory, schema, |name, field| {
        within(&field.fact, name, &mut found);
    });
    found
}

/// The same inventory with holes.
pub(crate) fn pierced(
    inventory: &Inventory,
    schema: &Schema,
    holes: &BTreeSet<String>,
) -> Inventory {
    let populations = inventory.populations().map(|(place, population)| {
        let resources = population.resources.iter().map(|resource| Resource {
            fields: fields(&place.kind, resource, schema)
                .map(|(name, field)| Sourced {
                    fact: pierce(&field.fact, &name, holes),
                    source: field.source.clone(),
                })
                .collect(),
            ..resource.clone()
        });
        let population = Population {
            resources: resources.collect(),
            ..population.clone()
        };
        (place.clone(), population)
    });
    Inventory::new(populations.collect::<BTreeMap<_, _>>())
}

fn each_field(inventory: &Inventory, schema: &Schema, mut visit: impl FnMut(&str, &Sourced)) {
    for (place, population) in inventory.populations() {
        for resource in &population.resources {
            for (name, field) in fields(&place.kind, resource, schema) {
                visit(&name, field);
            }
        }
    }
}

fn fields<'a>(
    kind: &str,
    resource: &'a Resource,
    schema: &'a Schema,
) -> impl Iterator<Item = (String, &'a Sourced)> {
    let kind = schema.kind(kind).unwrap();
    let names = kind.fields.iter().map(|field| field.name);
    let of = format!("{}:{}", kind.variable, resource.arn);
    names
        .zip(&resource.fields)
        .map(move |(name, field)| (format!("{of}.{name}"), field))
}

fn within(fact: &Fact, name: &str, found: &mut Vec<String>) {
    if matches!(fact, Fact::Gap(_)) {
        return;
    }
    found.push(name.to_owned());
    match fact {
        Fact::List(items) => {
            for (n, item) in items.iter().enumerate() {
                within(item, &format!("{name}[{n}]"), found);
            }
            found.extend((0..=items.len()).map(|n| format!("{name}[{n}…]")));
        }
        Fact::Record(record) => {
            for (member, value) in record.names.iter().zip(&record.values) {
                within(value, &format!("{name}.{member}"), found);
            }
        }
        Fact::Map(entries) => {
            for (key, value) in entries.iter() {
                within(value, &format!("{name}[{key:?}]"), found);
            }
        }
        Fact::Many(ids, None) => {
            found.extend((0..=ids.len()).map(|n| format!("{name}[{n}…]")));
        }
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Double(_)
        | Fact::Text(_)
        | Fact::Time(_)
        | Fact::One(_)
        | Fact::Many(_, Some(_))
        | Fact::Gap(_) => {}
    }
}

fn pierce(fact: &Fact, name: &str, holes: &BTreeSet<String>) -> Fact {
    // The facts within a place follow it in the order of names.
    let inside = holes.range(name.to_owned()..).next();
    if !inside.is_some_and(|hole| hole.starts_with(name)) {
        return fact.clone();
    }
    if holes.contains(name) {
        return Fact::Gap(hole());
    }
    let cut = |length: usize| (0..=length).find(|n| holes.contains(&format!("{name}[{n}…]")));
    match fact {
        Fact::List(items) => {
            let cut = cut(items.len());
            let kept = items.iter().take(cut.unwrap_or(items.len())).enumerate();
            let kept = kept.map(|(n, item)| pierce(item, &format!("{name}[{n}]"), holes));
            Fact::List(kept.chain(cut.map(|_| Fact::Gap(hole()))).collect())
        }
        Fact::Record(record) => {
            let values = record.names.iter().zip(&record.values);
            let values =
                values.map(|(member, value)| pierce(value, &format!("{name}.{member}"), holes));
            Fact::Record(Arc::new(Record {
                names: record.names,
                values: values.collect(),
            }))
        }
        Fact::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = pierce(value, &format!("{name}[{key:?}]"), holes);
                (key.clone(), value)
            });
            Fact::Map(Arc::new(entries.collect()))
        }
        Fact::Many(ids, None) => match cut(ids.len()) {
            Some(cut) => Fact::Many(
                ids.iter().take(cut).copied().collect(),
                Some(Arc::new(hole().into())),
            ),
            None => fact.clone(),
        },
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Double(_)
        | Fact::Text(_)
        | Fact::Time(_)
        | Fact::One(_)
        | Fact::Many(_, Some(_))
        | Fact::Gap(_) => fact.clone(),
    }
}

/// The gap of every hole.
pub(crate) fn hole() -> Arc<Gap> {
    Arc::new(Gap {
        service: "test".to_owned(),
        operation: "Hole".to_owned(),
        account: "111122223333".to_owned(),
        region: "us-east-1".to_owned(),
        parameters: String::new(),
        reason: Reason::Denied,
        code: None,
        message: "a hole of the test".to_owned(),
        action: String::new(),
        request_id: None,
    })
}

/// Whether a gap was read, at whatever depth: what makes an unknown explain itself.
pub(crate) fn names_a_gap(evidence: &[Reading]) -> bool {
    fn has(fact: &Fact) -> bool {
        match fact {
            Fact::Gap(_) | Fact::Many(_, Some(_)) => true,
            Fact::List(items) => items.iter().any(has),
            Fact::Record(record) => record.values.iter().any(has),
            Fact::Map(entries) => entries.values().any(has),
            Fact::Many(_, None)
            | Fact::One(_)
            | Fact::Null
            | Fact::Bool(_)
            | Fact::Int(_)
            | Fact::Double(_)
            | Fact::Text(_)
            | Fact::Time(_) => false,
        }
    }
    evidence.iter().any(|reading| has(&reading.fact))
}

/// What was read, a line each.
pub(crate) fn shown(evidence: &[Reading]) -> String {
    let mut text = String::new();
    for reading in evidence {
        let fact = serde_json::to_string(&reading.fact).unwrap();
        write!(text, "\n      {} = {fact:.200}", reading.path).unwrap();
    }
    text
}
