//! TOML values as facts of a shape.

use toml::de::DeValue;

use crate::complaint::table::{Reader, Value, int};
use crate::inventory::Fact;
use crate::inventory::schema::Shape;

/// The fact a plain value or a list of plain values is; `None`, with a complaint, where it has not that shape.
pub(in crate::check) fn plain(
    reader: &mut Reader<'_>,
    what: &str,
    value: &Value<'_>,
    shape: &Shape,
) -> Option<Fact> {
    let found = value.get_ref();
    if *shape == Shape::Int && found.as_integer().is_some() && int(found).is_none() {
        let message = format!("{what} does not fit 64 bits");
        reader.complain(value.span(), message, "the largest is 9223372036854775807");
        return None;
    }
    let fact = match shape {
        Shape::Bool => found.as_bool().map(Fact::Bool),
        Shape::Int => int(found).map(Fact::Int),
        Shape::Double => found
            .as_float()
            .and_then(|number| number.as_str().parse().ok())
            .map(Fact::Double),
        Shape::Text => found.as_str().map(Fact::text),
        Shape::Time => return reader.instant(what, value).map(Fact::Time),
        Shape::List(item) => return list(reader, what, value, item),
        Shape::Map(_) | Shape::Record(_) | Shape::Optional(_) | Shape::One(_) | Shape::Many(_) => {
            None
        }
    };
    if fact.is_none() {
        reader.wrong(what, value, words(shape), how(shape));
    }
    fact
}

fn list(reader: &mut Reader<'_>, what: &str, value: &Value<'_>, item: &Shape) -> Option<Fact> {
    let Some(items) = value.get_ref().as_array() else {
        reader.wrong(what, value, "a list", "write a list: [ … ]");
        return None;
    };
    // Names stand in backquotes, and the position belongs to the name.
    let (name, end) = what
        .strip_suffix('`')
        .map_or((what, ""), |name| (name, "`"));
    let facts = items.iter().enumerate();
    let facts = facts.map(|(n, value)| plain(reader, &format!("{name}[{n}]{end}"), value, item));
    // All of them before any is given up, so that each wrong element is complained of.
    let facts: Vec<Option<Fact>> = facts.collect();
    facts
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .map(|facts| Fact::List(facts.into()))
}

/// The shape a plain value has by itself, and `None` for what no parameter may be.
pub(in crate::check) fn shape_of(value: &DeValue<'_>) -> Option<Shape> {
    match value {
        DeValue::Boolean(_) => Some(Shape::Bool),
        DeValue::Integer(_) => Some(Shape::Int),
        DeValue::Float(_) => Some(Shape::Double),
        DeValue::String(_) => Some(Shape::Text),
        DeValue::Datetime(_) => Some(Shape::Time),
        // The only list that an author starts out empty is one of names: trusted accounts, exempt tags.
        DeValue::Array(items) => items
            .first()
            .map_or(Some(Shape::Text), |item| shape_of(item.get_ref()))
            .filter(|item| !matches!(item, Shape::List(_)))
            .map(|item| Shape::List(Box::new(item))),
        DeValue::Table(_) => None,
    }
}

/// A shape in words, for complaints.
pub(in crate::check) fn words(shape: &Shape) -> &'static str {
    match shape {
        Shape::Bool => "a boolean",
        Shape::Int => "a whole number",
        Shape::Double => "a number with a fraction",
        Shape::Text => "text",
        Shape::Time => "an instant",
        Shape::List(_) | Shape::Many(_) => "a list",
        Shape::Map(_) | Shape::Record(_) | Shape::One(_) => "a table",
        Shape::Optional(inner) => words(inner),
    }
}

/// How a value of that shape is written.
pub(super) fn how(shape: &Shape) -> &'static str {
    match shape {
        Shape::Bool => "write true or false, without quotes",
        Shape::Int => "write digits without quotes and without a fraction: 90",
        Shape::Double => "write a fraction: 1.0",
        Shape::Text => "write it in quotes: \"…\"",
        Shape::Time => "write date, time and offset without quotes: 2026-01-01T00:00:00Z",
        Shape::List(_) | Shape::Many(_) => "write a list: [ … ]",
        Shape::Map(_) | Shape::Record(_) | Shape::One(_) => "write a table: { field = … }",
        Shape::Optional(inner) => how(inner),
    }
}
