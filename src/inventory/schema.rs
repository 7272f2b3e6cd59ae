//! The words for kinds and their typed fields: the dictionary that rules are checked against when they
//! load, that `tieout kinds` prints, and that says which calls a rule needs.
//!
//! A kind is declared once, as a Rust struct, by [`kind!`](crate::kind) (what AWS lists), by
//! [`facet!`](crate::facet) (what a service knows of the account or region as a whole) or by
//! [`record!`](crate::record) (a group of facts inside another). The struct is what a collector must fill, so a field
//! that nobody collects does not compile, and one the schema lacks cannot be collected.

mod declare;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Fact, Gap, Read, Sourced};

/// What a value may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction.
    Double,
    /// Text.
    Text,
    /// An instant.
    Time,
    /// Many of one shape.
    List(Box<Shape>),
    /// Free text keys to one shape: tags.
    Map(Box<Shape>),
    /// Named fields.
    Record(Arc<[Field]>),
    /// One shape, or `null` where AWS says there is none.
    Optional(Box<Shape>),
    /// A link to one resource of a kind; `null` where there is none.
    One(&'static str),
    /// Links to all related resources of a kind.
    Many(&'static str),
}

impl Shape {
    /// Whether it points at other resources.
    pub fn is_link(&self) -> bool {
        match self {
            Self::One(_) | Self::Many(_) => true,
            Self::Optional(shape) => shape.is_link(),
            Self::Bool
            | Self::Int
            | Self::Double
            | Self::Text
            | Self::Time
            | Self::List(_)
            | Self::Map(_)
            | Self::Record(_) => false,
        }
    }
}

/// One named, typed, documented value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name in rules and reports.
    pub name: &'static str,
    /// What it says, in which unit, and what stands for absence.
    pub doc: String,
    /// Its type.
    pub shape: Shape,
    /// The calls that tell it, `service:Operation`; empty inside a record and where the kind's listing tells it.
    pub from: &'static [&'static str],
}

/// A kind of resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// `service.thing`.
    pub name: &'static str,
    /// The name under which a rule sees the resource it judges.
    pub variable: &'static str,
    /// What it is.
    pub doc: String,
    /// The calls that list it, `service:Operation`.
    pub listed_by: &'static [&'static str],
    /// Whether there is exactly one per account or region, put together by several services.
    pub singleton: bool,
    /// Its fields, in order; links last.
    pub fields: Vec<Field>,
}

impl Kind {
    /// Position and declaration of a field.
    pub fn field(&self, name: &str) -> Option<(usize, &Field)> {
        self.fields
            .iter()
            .enumerate()
            .find(|(_, field)| field.name == name)
    }
}

/// All kinds by name.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    kinds: BTreeMap<&'static str, Kind>,
}

impl Schema {
    /// Puts kinds together; facets of one singleton become one kind. Two fields of one name are a mistake
    /// in the declarations, which a test of `kinds` finds.
    pub fn new(declared: impl IntoIterator<Item = Kind>) -> Self {
        let mut kinds = BTreeMap::new();
        for kind in declared {
            match kinds.entry(kind.name) {
                Entry::Vacant(entry) => {
                    entry.insert(kind);
                }
                Entry::Occupied(mut entry) => entry.get_mut().fields.extend(kind.fields),
            }
        }
        Self { kinds }
    }

    /// Adds a field to a kind that is there: how links come in.
    pub fn extend(&mut self, kind: &str, field: Field) {
        if let Some(kind) = self.kinds.get_mut(kind) {
            kind.fields.push(field);
        }
    }

    /// The kind of that name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.get(name)
    }

    /// All kinds in order of name.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.values()
    }
}

/// A Rust type that is a fact of a known shape.
pub trait Shaped {
    /// Its shape.
    fn shape() -> Shape;
    /// The fact.
    fn into_fact(self) -> Fact;
}

/// A struct declared by `kind!` or `facet!`: the fields of one resource.
pub trait Fields {
    /// Name of the kind.
    const KIND: &'static str;
    /// Its declaration.
    fn kind() -> Kind;
    /// Its fields, in the declared order.
    fn into_fields(self) -> Vec<(&'static str, Sourced)>;
}

/// A field's name as rules write it: `type`, where Rust must write `r#type`.
#[doc(hidden)]
pub const fn plain(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// A field as stored: the fact with its call, or the gap.
pub fn sourced<T: Shaped>(read: Read<T>) -> Sourced {
    match read {
        Ok(told) => Sourced {
            fact: told.value.into_fact(),
            source: Some(told.source),
        },
        Err(gap) => Sourced::gap(gap),
    }
}

macro_rules! shaped {
    ($($type:ty: $shape:expr, $value:ident => $fact:expr;)*) => {$(
        impl Shaped for $type {
            fn shape() -> Shape {
                $shape
            }
            fn into_fact(self) -> Fact {
                let $value = self;
                $fact
            }
        }
    )*};
}

shaped! {
    bool: Shape::Bool, value => Fact::Bool(value);
    i32: Shape::Int, value => Fact::Int(i64::from(value));
    i64: Shape::Int, value => Fact::Int(value);
    f64: Shape::Double, value => Fact::Double(value);
    String: Shape::Text, value => Fact::Text(value.into());
    Timestamp: Shape::Time, value => Fact::Time(value);
    BTreeMap<String, String>: Shape::Map(Box::new(Shape::Text)),
        value => Fact::Map(Arc::new(value.into_iter().map(|(key, text)| (key.into(), Fact::Text(text.into()))).collect()));
    BTreeMap<String, i64>: Shape::Map(Box::new(Shape::Int)),
        value => Fact::Map(Arc::new(value.into_iter().map(|(key, number)| (key.into(), Fact::Int(number))).collect()));
}

impl<T: Shaped> Shaped for Option<T> {
    fn shape() -> Shape {
        Shape::Optional(Box::new(T::shape()))
    }
    fn into_fact(self) -> Fact {
        self.map_or(Fact::Null, T::into_fact)
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
    fn into_fact(self) -> Fact {
        Fact::List(self.into_iter().map(T::into_fact).collect())
    }
}

/// A part of a field that a further call tells, and that may be a gap of its own.
impl<T: Shaped> Shaped for Result<T, Arc<Gap>> {
    fn shape() -> Shape {
        T::shape()
    }
    fn into_fact(self) -> Fact {
        self.map_or_else(Fact::Gap, T::into_fact)
    }
}
