//! Facts as values of a report.

use std::sync::Arc;

use serde_json::{Map, Number, Value};

use crate::inventory::{Fact, Gap, Inventory, ResourceId};

/// The value of a fact. A link becomes the ARN of what it leads to; a gap among others becomes
/// `{"gap": …}` where the value would stand.
pub(super) fn of(fact: &Fact, inventory: &Inventory) -> Value {
    match fact {
        Fact::Null => Value::Null,
        Fact::Bool(value) => Value::Bool(*value),
        Fact::Int(value) => Value::Number((*value).into()),
        Fact::Double(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
        Fact::Text(value) => Value::String(value.to_string()),
        Fact::Time(value) => Value::String(value.to_string()),
        Fact::List(items) => items.iter().map(|item| of(item, inventory)).collect(),
        Fact::Record(record) => record
            .names
            .iter()
            .zip(&record.values)
            .map(|(name, value)| ((*name).to_owned(), of(value, inventory)))
            .collect(),
        Fact::Map(entries) => entries
            .iter()
            .map(|(key, value)| (key.to_string(), of(value, inventory)))
            .collect(),
        Fact::One(id) => arn(*id, inventory),
        Fact::Many(ids, missing) => ids
            .iter()
            .map(|id| arn(*id, inventory))
            .chain(
                missing
                    .iter()
                    .flat_map(|hidden| hidden.gaps())
                    .map(|gap| of_gap(gap)),
            )
            .collect(),
        Fact::Gap(gap) => of_gap(gap),
    }
}

/// Calls `found` with every gap in a fact.
pub(super) fn gaps<'a>(fact: &'a Fact, found: &mut impl FnMut(&'a Arc<Gap>)) {
    match fact {
        Fact::List(items) => items.iter().for_each(|item| gaps(item, found)),
        Fact::Record(record) => record.values.iter().for_each(|value| gaps(value, found)),
        Fact::Map(entries) => entries.values().for_each(|value| gaps(value, found)),
        Fact::Many(_, Some(hidden)) => hidden.gaps().for_each(found),
        Fact::Gap(gap) => found(gap),
        Fact::Many(_, None)
        | Fact::One(_)
        | Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Double(_)
        | Fact::Text(_)
        | Fact::Time(_) => {}
    }
}

fn arn(id: ResourceId, inventory: &Inventory) -> Value {
    inventory.get(id).map_or(Value::Null, |resource| {
        Value::String(resource.arn.to_string())
    })
}

fn of_gap(gap: &Gap) -> Value {
    let mut said = Map::new();
    // A gap is plain text and enumerations; should that ever change, its words still stand here.
    let value = serde_json::to_value(gap).unwrap_or_else(|_| Value::String(gap.to_string()));
    said.insert("gap".to_owned(), value);
    Value::Object(said)
}
