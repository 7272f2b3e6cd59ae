//! What a rule's expressions may be, before any value is known.

use std::fmt;
use std::sync::Arc;

use crate::inventory::schema::{Field, Shape};

/// The type of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type {
    /// Something is wrong with it already; fits everywhere, so that one mistake gets one complaint.
    Wrong,
    /// `null` itself.
    Null,
    Bool,
    Int,
    Double,
    Text,
    Time,
    Span,
    List(Box<Type>),
    Map(Box<Type>),
    Record(Arc<[Field]>),
    /// A resource of a kind.
    Resource(&'static str),
    /// A value or `null`.
    Optional(Box<Type>),
}

impl Type {
    pub(super) fn of(shape: &Shape) -> Self {
        match shape {
            Shape::Bool => Self::Bool,
            Shape::Int => Self::Int,
            Shape::Double => Self::Double,
            Shape::Text => Self::Text,
            Shape::Time => Self::Time,
            Shape::List(item) => Self::list(Self::of(item)),
            Shape::Map(item) => Self::Map(Box::new(Self::of(item))),
            Shape::Record(fields) => Self::Record(fields.clone()),
            Shape::Optional(inner) => Self::of(inner).or_null(),
            Shape::One(kind) => Self::Resource(kind),
            Shape::Many(kind) => Self::list(Self::Resource(kind)),
        }
    }

    pub(super) fn list(item: Self) -> Self {
        Self::List(Box::new(item))
    }

    /// This, or `null`.
    pub(super) fn or_null(self) -> Self {
        match self {
            Self::Optional(_) | Self::Null | Self::Wrong => self,
            Self::Bool
            | Self::Int
            | Self::Double
            | Self::Text
            | Self::Time
            | Self::Span
            | Self::List(_)
            | Self::Map(_)
            | Self::Record(_)
            | Self::Resource(_) => Self::Optional(Box::new(self)),
        }
    }

    /// This without `null`.
    pub(super) fn value(&self) -> &Self {
        if let Self::Optional(inner) = self {
            inner
        } else {
            self
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Double | Self::Wrong)
    }

    /// Whether `<` is defined on it.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(
            self,
            Self::Bool
                | Self::Int
                | Self::Double
                | Self::Text
                | Self::Time
                | Self::Span
                | Self::Wrong
        )
    }

    /// The one type that holds the values of both, if there is one.
    pub(super) fn join(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Wrong, known) | (known, Self::Wrong) => Some(known.clone()),
            (Self::Null, known) | (known, Self::Null) => Some(known.clone().or_null()),
            (Self::Optional(a), b) | (b, Self::Optional(a)) => Some(a.join(b.value())?.or_null()),
            (Self::List(a), Self::List(b)) => Some(Self::list(a.join(b)?)),
            (Self::Map(a), Self::Map(b)) => Some(Self::Map(Box::new(a.join(b)?))),
            (a, b) => (a == b).then(|| a.clone()),
        }
    }

    /// Whether `==` can come out either way.
    pub(super) fn comparable(&self, other: &Self) -> bool {
        let (a, b) = (self.value(), other.value());
        match (a, b) {
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.comparable(b),
            // Elements of lists: `[null] == [null]`.
            (Self::Null, other) | (other, Self::Null) => *other == Self::Null,
            _ => (a.is_number() && b.is_number()) || a.join(b).is_some(),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong => out.write_str("unknown"),
            Self::Null => out.write_str("null"),
            Self::Bool => out.write_str("bool"),
            Self::Int => out.write_str("int"),
            Self::Double => out.write_str("double"),
            Self::Text => out.write_str("text"),
            Self::Time => out.write_str("timestamp"),
            Self::Span => out.write_str("duration"),
            Self::List(item) => write!(out, "list of {item}"),
            Self::Map(item) => write!(out, "map of {item}"),
            Self::Record(_) => out.write_str("record"),
            Self::Resource(kind) => write!(out, "{kind}"),
            Self::Optional(inner) => write!(out, "{inner} or null"),
        }
    }
}
