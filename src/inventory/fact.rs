//! Facts: the values rules read.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Gap, ResourceId};

/// One value at a path of a resource. Cheap to clone: whatever is large is shared.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// AWS says there is none: no password policy, never used.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Double(f64),
    /// Text, as AWS spells it.
    Text(Arc<str>),
    /// An instant, UTC.
    Time(Timestamp),
    /// Many of one shape. An element that could not be read is a gap among the others.
    List(Arc<[Fact]>),
    /// Named fields, fixed by the schema.
    Record(Arc<Record>),
    /// Free keys: tags.
    Map(Arc<BTreeMap<Arc<str>, Fact>>),
    /// A link to one resource.
    One(ResourceId),
    /// Links to many resources, and why there may be more.
    Many(Arc<[ResourceId]>, Option<Arc<Hidden>>),
    /// Could not be read.
    Gap(Arc<Gap>),
}

/// Why a link may lead to more: every call that did not tell, for it takes them all to settle it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    /// One that did not.
    pub gap: Arc<Gap>,
    /// The others.
    pub others: Vec<Arc<Gap>>,
}

impl Hidden {
    /// All of them.
    pub fn gaps(&self) -> impl Iterator<Item = &Arc<Gap>> {
        std::iter::once(&self.gap).chain(&self.others)
    }
}

impl From<Arc<Gap>> for Hidden {
    fn from(gap: Arc<Gap>) -> Self {
        Self {
            gap,
            others: Vec::new(),
        }
    }
}

/// A group of named facts. The names are the schema's, shared by every record of that shape, so a
/// record costs its values alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The names, in the order of the schema.
    pub names: &'static [&'static str],
    /// The values, in the same order and number.
    pub values: Box<[Fact]>,
}

impl Record {
    /// The fact of that name.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.values
            .get(self.names.iter().position(|known| *known == name)?)
    }
}

impl Fact {
    /// Text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Arc::from(text.as_ref()))
    }

    /// The text, if this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Double(_)
            | Self::Time(_)
            | Self::List(_)
            | Self::Record(_)
            | Self::Map(_)
            | Self::One(_)
            | Self::Many(..)
            | Self::Gap(_) => None,
        }
    }
}

/// As a report shows it. A gap is `{"gap": …}`, links are left to who knows the inventory (`null`).
impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::One(_) | Self::Many(..) => out.serialize_none(),
            Self::Bool(value) => out.serialize_bool(*value),
            Self::Int(value) => out.serialize_i64(*value),
            Self::Double(value) => out.serialize_f64(*value),
            Self::Text(value) => out.serialize_str(value),
            Self::Time(value) => value.serialize(out),
            Self::List(items) => {
                let mut list = out.serialize_seq(Some(items.len()))?;
                for item in items.iter() {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Record(record) => {
                let mut map = out.serialize_map(Some(record.names.len()))?;
                for (name, value) in record.names.iter().zip(&record.values) {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            Self::Map(entries) => {
                let mut map = out.serialize_map(Some(entries.len()))?;
                for (key, value) in entries.iter() {
                    map.serialize_entry(key.as_ref(), value)?;
                }
                map.end()
            }
            Self::Gap(gap) => {
                let mut map = out.serialize_map(Some(1))?;
                map.serialize_entry("gap", gap.as_ref())?;
                map.end()
            }
        }
    }
}
