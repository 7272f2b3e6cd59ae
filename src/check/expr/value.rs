//! Values while a rule runs. They borrow from the inventory; almost nothing is copied.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::name::Name;
use crate::check::Position;
use crate::inventory::{
    Fact, Gap, Hidden, Inventory, Reason, Record, Resource, ResourceId, Source,
};

/// What an expression comes to.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Cow<'a, str>),
    Time(Timestamp),
    Span(SignedDuration),
    List(List<'a>),
    Record(&'a Record),
    Map(&'a BTreeMap<Arc<str>, Fact>),
    Resource(&'a Resource),
}

/// A list, in one of the ways it comes about. In each there may be elements that are not known.
#[derive(Debug, Clone)]
pub(super) enum List<'a> {
    /// A fact. A gap among them stands for elements that could not be read, and not even their number is known.
    Facts(&'a [Fact]),
    /// Linked resources, and why there may be more.
    Members(&'a [ResourceId], Option<&'a Arc<Gap>>),
    /// Put together by the rule.
    Built(Arc<Built<'a>>),
}

#[derive(Debug, Clone, Default)]
pub(super) struct Built<'a> {
    /// Each of these is one element, also where it is not known which.
    pub(super) items: Vec<Item<'a>>,
    /// Why there may be other elements, at any place among these.
    pub(super) rest: Option<Arc<Gap>>,
}

/// An element, with the place it was read at.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub(super) at: Result<At<'a>, Arc<Gap>>,
    pub(super) positions: Vec<Position>,
    pub(super) source: Option<&'a Source>,
    /// What a reading of it is called, where it has been passed on without being read whole.
    pub(super) name: Option<&'a Name>,
}

/// What a path leads to.
#[derive(Debug, Clone)]
pub(super) enum At<'a> {
    /// A fact as it is stored.
    Fact(&'a Fact),
    /// A resource.
    Resource(&'a Resource),
    /// Something the rule computed; what it was computed from has been recorded.
    Value(Value<'a>),
}

impl<'a> Value<'a> {
    /// The value of a fact; its gap, if it is one.
    pub(super) fn of(fact: &'a Fact, inventory: &'a Inventory) -> Result<Self, Arc<Gap>> {
        Ok(match fact {
            Fact::Null => Self::Null,
            Fact::Bool(value) => Self::Bool(*value),
            Fact::Int(value) => Self::Int(*value),
            Fact::Double(value) => Self::Double(*value),
            Fact::Text(value) => Self::Text(Cow::Borrowed(value)),
            Fact::Time(value) => Self::Time(*value),
            Fact::List(items) => Self::List(List::Facts(items)),
            Fact::Record(record) => Self::Record(record),
            Fact::Map(entries) => Self::Map(entries),
            Fact::One(id) => Self::Resource(inventory.get(*id).ok_or_else(astray)?),
            Fact::Many(ids, hidden) => Self::List(List::members(ids, hidden.as_ref())),
            Fact::Gap(gap) => return Err(gap.clone()),
        })
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }
}

impl<'a> At<'a> {
    pub(super) fn value(&self, inventory: &'a Inventory) -> Result<Value<'a>, Arc<Gap>> {
        match self {
            Self::Fact(fact) => Value::of(fact, inventory),
            Self::Resource(resource) => Ok(Value::Resource(resource)),
            Self::Value(value) => Ok(value.clone()),
        }
    }
}

impl<'a> List<'a> {
    /// Linked resources. One gap is enough to leave undecided what rests on those that are hidden.
    pub(super) fn members(ids: &'a [ResourceId], hidden: Option<&'a Arc<Hidden>>) -> Self {
        Self::Members(ids, hidden.map(|hidden| &hidden.gap))
    }

    /// The keys of a map.
    pub(super) fn keys(entries: &'a BTreeMap<Arc<str>, Fact>) -> Self {
        Self::of(
            entries
                .keys()
                .map(|key| Value::Text(Cow::Borrowed(key.as_ref()))),
        )
    }

    /// Values that have no place of their own.
    pub(super) fn of(values: impl IntoIterator<Item = Value<'a>>) -> Self {
        let items = values
            .into_iter()
            .map(|value| Item {
                at: Ok(At::Value(value)),
                positions: Vec::new(),
                source: None,
                name: None,
            })
            .collect();
        Self::Built(Arc::new(Built { items, rest: None }))
    }

    /// How many places there are to go through.
    pub(super) fn places(&self) -> usize {
        match self {
            Self::Facts(items) => items.len(),
            Self::Members(ids, _) => ids.len(),
            Self::Built(built) => built.items.len(),
        }
    }

    /// Why there may be more elements than are known.
    pub(super) fn rest(&self) -> Option<&Arc<Gap>> {
        match self {
            Self::Facts(items) => items.iter().find_map(unread),
            Self::Members(_, gap) => *gap,
            Self::Built(built) => built.rest.as_ref(),
        }
    }

    /// How many elements there are, if that is known.
    pub(super) fn size(&self) -> Result<usize, Arc<Gap>> {
        match self.rest() {
            Some(gap) => Err(gap.clone()),
            None => Ok(self.places()),
        }
    }

    /// The `n`th element, if it is known which one that is.
    pub(super) fn nth(
        &self,
        n: usize,
        inventory: &'a Inventory,
    ) -> Result<Option<Item<'a>>, Arc<Gap>> {
        let hidden = match self {
            // AWS answers a list in order, so what is missing shifts only what comes after it.
            Self::Facts(items) => items.iter().take(n.saturating_add(1)).find_map(unread),
            Self::Members(..) | Self::Built(_) => self.rest(),
        };
        match hidden {
            Some(gap) => Err(gap.clone()),
            None => Ok(self.at(n, inventory)),
        }
    }

    /// What is at the `n`th place.
    pub(super) fn at(&self, n: usize, inventory: &'a Inventory) -> Option<Item<'a>> {
        let at = match self {
            Self::Facts(items) => Ok(At::Fact(items.get(n)?)),
            Self::Members(ids, _) => inventory
                .get(*ids.get(n)?)
                .map(At::Resource)
                .ok_or_else(astray),
            Self::Built(built) => return built.items.get(n).cloned(),
        };
        Some(Item {
            at,
            positions: Vec::new(),
            source: None,
            name: None,
        })
    }

    /// The elements that are known to be there. What else there may be is the [`rest`](Self::rest).
    pub(super) fn items(&self, inventory: &'a Inventory) -> impl Iterator<Item = Item<'a>> {
        (0..self.places())
            .filter_map(move |n| self.at(n, inventory))
            .filter(|item| !matches!(item.at, Ok(At::Fact(Fact::Gap(_)))))
    }

    /// The values of the elements that are known to be there, each of which may be a gap.
    pub(super) fn values(
        &self,
        inventory: &'a Inventory,
    ) -> impl Iterator<Item = Result<Value<'a>, Arc<Gap>>> {
        self.items(inventory)
            .map(|item| item.at.and_then(|at| at.value(inventory)))
    }

    /// The elements of two lists, one after the other.
    pub(super) fn joined(a: &Self, b: &Self, inventory: &'a Inventory) -> Self {
        Self::Built(Arc::new(Built {
            items: a.items(inventory).chain(b.items(inventory)).collect(),
            rest: a.rest().or(b.rest()).cloned(),
        }))
    }
}

fn unread(fact: &Fact) -> Option<&Arc<Gap>> {
    if let Fact::Gap(gap) = fact {
        Some(gap)
    } else {
        None
    }
}

/// A link that leads out of the inventory. Only a mistake of ours makes one, and the rule is no less undecided for that.
fn astray() -> Arc<Gap> {
    Arc::new(Gap {
        service: "tieout".to_owned(),
        operation: "Evaluate".to_owned(),
        account: String::new(),
        region: String::new(),
        parameters: String::new(),
        reason: Reason::Undefined,
        code: None,
        message: "a link leads to no resource of this scan".to_owned(),
        action: String::new(),
        request_id: None,
    })
}
