//! What an example gives, typed against the schema: resources in which everything left out is a gap.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use toml::de::DeTable;

use super::gap::left_out;
use super::paths::Paths;
use super::scalar::{how, plain, words};
use super::world::{Blanks, Stored, World, asked};
use crate::complaint::table::{Reader, Value, in_order};
use crate::inventory::schema::{Field, Kind, Schema, Shape};
use crate::inventory::{Fact, Gap, Record};

/// Turns the tables of an example into resources.
pub(super) struct Given<'r, 'f, 't> {
    pub(super) reader: &'r mut Reader<'f>,
    pub(super) schema: &'r Schema,
    pub(super) absent: Paths<'t>,
    pub(super) partial: Paths<'t>,
    pub(super) blanks: &'r Blanks,
    pub(super) world: World,
}

/// What is being read: its path, as a rule spells it, and the call that would have told it.
#[derive(Clone, Copy)]
struct Spot<'p> {
    path: &'p str,
    from: &'static [&'static str],
}

impl<'p> Spot<'p> {
    fn at(self, path: &'p str) -> Self {
        Self { path, ..self }
    }

    fn gap(self) -> Arc<Gap> {
        left_out(self.from)
    }
}

impl Given<'_, '_, '_> {
    /// The resource that this table gives, which may give nothing at all.
    pub(super) fn resource(
        &mut self,
        kind: &Kind,
        table: Option<&DeTable<'_>>,
        path: &str,
    ) -> usize {
        if let Some(table) = table {
            let names: Vec<&str> = kind.fields.iter().map(|field| field.name).collect();
            self.reader.known_keys(table, kind.name, &names);
        }
        let id = self.world.reserve(kind, self.schema, self.blanks);
        let mut told = Vec::new();
        let named = self.absent.any() || self.partial.any();
        for (position, field) in kind.fields.iter().enumerate() {
            let value = table.and_then(|table| table.get(field.name));
            if value.is_none() && !named {
                continue;
            }
            let from = asked(field, kind, self.schema);
            let path = format!("{path}.{}", field.name);
            let stored = self.stored(&field.shape, value, Spot { path: &path, from });
            told.push((position, stored));
        }
        self.world.fill(id, told);
        id
    }

    /// A field of a resource: a fact, or links to resources that are given in its place.
    fn stored(&mut self, shape: &Shape, value: Option<&Value<'_>>, spot: Spot<'_>) -> Stored {
        match (shape, value) {
            (Shape::Optional(inner), Some(_)) if inner.is_link() => self.stored(inner, value, spot),
            (Shape::One(kind), Some(value)) => {
                let (Some(kind), Some(table)) =
                    (self.schema.kind(kind), value.get_ref().as_table())
                else {
                    return Stored::Fact(self.wrong(shape, value, spot));
                };
                Stored::One(self.resource(kind, Some(table), spot.path))
            }
            (Shape::Many(kind), Some(value)) => {
                let (Some(kind), Some(items)) =
                    (self.schema.kind(kind), value.get_ref().as_array())
                else {
                    return Stored::Fact(self.wrong(shape, value, spot));
                };
                let mut members = Vec::with_capacity(items.len());
                for (n, item) in items.iter().enumerate() {
                    let path = format!("{}[{n}]", spot.path);
                    match item.get_ref().as_table() {
                        Some(table) => members.push(self.resource(kind, Some(table), &path)),
                        None => {
                            self.wrong(&Shape::One(kind.name), item, spot.at(&path));
                        }
                    }
                }
                Stored::Many(members, self.is_partial(spot).then(|| spot.gap()))
            }
            (Shape::Many(_), None) => {
                // To name it `partial` says the same as to leave it out.
                self.is_partial(spot);
                Stored::Many(Vec::new(), Some(spot.gap()))
            }
            _ => Stored::Fact(self.fact(shape, value, spot)),
        }
    }

    fn fact(&mut self, shape: &Shape, value: Option<&Value<'_>>, spot: Spot<'_>) -> Fact {
        let Some(value) = value else {
            return self.unwritten(shape, spot);
        };
        if let Shape::Optional(inner) = shape {
            return self.fact(inner, Some(value), spot);
        }
        if let Some(span) = self.absent.take(spot.path) {
            let message = format!("`{}` is in `given` and in `absent`", spot.path);
            self.reader.complain(span, message, "keep one of the two");
        }
        match shape {
            Shape::Record(fields) => match value.get_ref().as_table() {
                Some(table) => self.record(fields, Some(table), spot),
                None => self.wrong(shape, value, spot),
            },
            Shape::List(item) => {
                let partial = self.is_partial(spot).then(|| Fact::Gap(spot.gap()));
                let Some(items) = value.get_ref().as_array() else {
                    return self.wrong(shape, value, spot);
                };
                let facts = items.iter().enumerate().map(|(n, value)| {
                    let path = format!("{}[{n}]", spot.path);
                    self.fact(item, Some(value), spot.at(&path))
                });
                Fact::List(
                    facts
                        .collect::<Vec<_>>()
                        .into_iter()
                        .chain(partial)
                        .collect(),
                )
            }
            Shape::Map(item) => match value.get_ref().as_table() {
                Some(table) => {
                    let entries = in_order(table).into_iter().map(|(key, value)| {
                        let path = format!("{}.{}", spot.path, key.get_ref());
                        (
                            key.get_ref().as_ref().into(),
                            self.fact(item, Some(value), spot.at(&path)),
                        )
                    });
                    Fact::Map(Arc::new(entries.collect()))
                }
                None => self.wrong(shape, value, spot),
            },
            Shape::Bool | Shape::Int | Shape::Double | Shape::Text | Shape::Time => {
                let what = format!("`{}`", spot.path);
                plain(self.reader, &what, value, shape).unwrap_or_else(|| Fact::Gap(spot.gap()))
            }
            Shape::Optional(_) | Shape::One(_) | Shape::Many(_) => self.wrong(shape, value, spot),
        }
    }

    fn record(&mut self, fields: &[Field], table: Option<&DeTable<'_>>, spot: Spot<'_>) -> Fact {
        let names = names(fields);
        if let Some(table) = table {
            self.reader
                .known_keys(table, &format!("`{}`", spot.path), names);
        }
        let values = fields.iter().map(|field| {
            let path = format!("{}.{}", spot.path, field.name);
            let value = table.and_then(|table| table.get(field.name));
            self.fact(&field.shape, value, spot.at(&path))
        });
        let values = values.collect();
        Fact::Record(Arc::new(Record { names, values }))
    }

    /// What a field is that `given` leaves out: a gap; or none, where `absent` says so; or a record of which a part is
    /// said to be none.
    fn unwritten(&mut self, shape: &Shape, spot: Spot<'_>) -> Fact {
        if let Shape::Optional(inner) = shape {
            self.absent.offer(spot.path);
            if self.absent.take(spot.path).is_some() {
                return Fact::Null;
            }
            return self.unwritten(inner, spot);
        }
        if let Some(span) = self.absent.take(spot.path) {
            let message = format!("`{}` is never absent", spot.path);
            let help = "give it a value; or leave it out of both, and it could not be read";
            self.reader.complain(span, message, help);
        }
        let named_within = self.absent.reach_into(spot.path) || self.partial.reach_into(spot.path);
        match shape {
            Shape::Record(fields) if named_within => self.record(fields, None, spot),
            Shape::List(_) if self.is_partial(spot) => Fact::List([Fact::Gap(spot.gap())].into()),
            Shape::Record(_)
            | Shape::List(_)
            | Shape::Bool
            | Shape::Int
            | Shape::Double
            | Shape::Text
            | Shape::Time
            | Shape::Map(_)
            | Shape::Optional(_)
            | Shape::One(_)
            | Shape::Many(_) => Fact::Gap(spot.gap()),
        }
    }

    fn is_partial(&mut self, spot: Spot<'_>) -> bool {
        self.partial.offer(spot.path);
        self.partial.take(spot.path).is_some()
    }

    /// Complains of a wrong shape. The gap stands in only until the complaint stops the load.
    fn wrong(&mut self, shape: &Shape, value: &Value<'_>, spot: Spot<'_>) -> Fact {
        let what = format!("`{}`", spot.path);
        self.reader.wrong(&what, value, words(shape), how(shape));
        Fact::Gap(spot.gap())
    }
}

/// The names of a record for as long as the program runs, as [`Record`] wants them. Each list of names is kept
/// once, so what is never freed is bounded by the schema.
fn names(fields: &[Field]) -> &'static [&'static str] {
    static KNOWN: Mutex<BTreeSet<&'static [&'static str]>> = Mutex::new(BTreeSet::new());
    let names: Vec<&'static str> = fields.iter().map(|field| field.name).collect();
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    match known.get(names.as_slice()) {
        Some(kept) => kept,
        None => {
            let kept: &'static [&'static str] = names.leak();
            known.insert(kept);
            kept
        }
    }
}
