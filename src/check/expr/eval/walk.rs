//! Loops over lists that may have gaps: `all`, `exists`, `exists_one`, `filter`, `map`.

use std::sync::Arc;

use super::path::Found;
use super::{Local, Machine, Outcome};
use crate::check::Position;
use crate::check::expr::tree::{Access, Node, Op, Quantifier, Walk};
use crate::check::expr::value::{At, Built, Item, List, Value};
use crate::inventory::{Fact, Gap, Source};

/// An element that was read off no path.
fn placeless<'a>(at: Result<At<'a>, Arc<Gap>>) -> Item<'a> {
    Item {
        at,
        positions: Vec::new(),
        source: None,
        name: None,
    }
}

/// A list to go through.
struct Range<'a> {
    list: List<'a>,
    /// Positions on the way to it.
    positions: Vec<Position>,
    source: Option<&'a Source>,
    /// Where it is stored, if it is.
    place: Option<(&'a Access, Found<'a>)>,
}

impl<'a> Machine<'a> {
    /// `all` is decided by the first false, `exists` by the first true, whatever could not be read before it.
    pub(super) fn quantify(
        &mut self,
        quantifier: Quantifier,
        walk: &'a Walk,
    ) -> Result<bool, Arc<Gap>> {
        let range = self.range(&walk.range)?;
        let mut hidden = None;
        let mut count = 0_usize;
        for n in 0..range.list.places() {
            let held = self
                .bind(walk, &range, n)
                .and_then(|()| self.truth(&walk.body));
            match (quantifier, held) {
                (Quantifier::All, Ok(false)) => return Ok(false),
                (Quantifier::Exists, Ok(true)) => return Ok(true),
                (_, Ok(true)) => count += 1,
                (_, Ok(false)) => {}
                (_, Err(gap)) => hidden = hidden.or(Some(gap)),
            }
        }
        let rest = self.rest(&range);
        match (hidden.or(rest), quantifier) {
            (Some(gap), _) => Err(gap),
            (None, Quantifier::All) => Ok(true),
            (None, Quantifier::Exists) => Ok(false),
            (None, Quantifier::ExistsOne) => Ok(count == 1),
        }
    }

    /// An element whose condition is unread may or may not be in the result, which is then a list with a rest.
    pub(super) fn filter(&mut self, walk: &'a Walk) -> Outcome<'a> {
        let range = self.range(&walk.range)?;
        let mut built = Built::default();
        for n in 0..range.list.places() {
            let held = self
                .bind(walk, &range, n)
                .and_then(|()| self.truth(&walk.body));
            match held {
                Ok(true) => built.items.extend(self.bound(walk)),
                Ok(false) => {}
                Err(gap) => built.rest = built.rest.or(Some(gap)),
            }
        }
        let rest = self.rest(&range);
        built.rest = built.rest.or(rest);
        self.builds(&walk.range, built.items.len())?;
        Ok(Value::List(List::Built(Arc::new(built))))
    }

    /// An element that cannot be computed is an unread element; one whose condition is unread makes a rest.
    pub(super) fn map(&mut self, walk: &'a Walk, condition: Option<&'a Node>) -> Outcome<'a> {
        let range = self.range(&walk.range)?;
        let mut built = Built::default();
        for n in 0..range.list.places() {
            let held = self
                .bind(walk, &range, n)
                .and_then(|()| condition.map_or(Ok(true), |condition| self.truth(condition)));
            match held {
                Ok(true) => {
                    let item = self.item(&walk.body);
                    built.items.push(item);
                }
                Ok(false) => {}
                Err(gap) => built.rest = built.rest.or(Some(gap)),
            }
        }
        let rest = self.rest(&range);
        built.rest = built.rest.or(rest);
        self.builds(&walk.range, built.items.len())?;
        Ok(Value::List(List::Built(Arc::new(built))))
    }

    /// A new element; where it is read off a path, it keeps its place.
    pub(super) fn item(&mut self, body: &'a Node) -> Item<'a> {
        let Op::Read(access) = &body.op else {
            return placeless(self.value(body).map(At::Value));
        };
        let found = match self.locate(body, access) {
            Ok(found) => found,
            Err(gap) => return placeless(Err(gap)),
        };
        let value = self.taken(body, access, &found);
        Item {
            positions: self.positions(&found),
            source: found.source,
            name: None,
            at: value.map(|value| match found.at {
                At::Fact(fact) if !matches!(fact, Fact::One(_)) => At::Fact(fact),
                At::Resource(resource) => At::Resource(resource),
                At::Fact(_) | At::Value(_) => At::Value(value),
            }),
        }
    }

    /// What a list is made of, with the places of its elements where they have one.
    fn range(&mut self, node: &'a Node) -> Result<Range<'a>, Arc<Gap>> {
        let value = if let Op::Read(access) = &node.op {
            let found = self.locate(node, access)?;
            match self.stored(access, found) {
                Ok(range) => return Ok(range),
                Err(found) => self.taken(node, access, &found)?,
            }
        } else if let Op::Calculate(_, parts) = &node.op {
            // Two lists, told by different calls perhaps: each element keeps its own.
            let [a, b] = parts.as_ref();
            let (a, b) = (self.range(a), self.range(b));
            return self.joined(node, a?, b?);
        } else if let Op::Choose(parts) = &node.op {
            let [condition, yes, no] = parts.as_ref();
            let branch = if self.truth(condition)? { yes } else { no };
            let range = self.range(branch)?;
            return Ok(Range {
                positions: Vec::new(),
                ..range
            });
        } else {
            self.value(node)?
        };
        let list = if let Value::List(list) = value {
            list
        } else if let Value::Map(entries) = value {
            // The elements of a map are its keys.
            List::keys(entries)
        } else {
            return Err(self.unfit(node));
        };
        Ok(Range {
            list,
            positions: Vec::new(),
            source: None,
            place: None,
        })
    }

    /// A list as it is stored; what was found, where that is none. It is noted itself where its elements cannot be: when
    /// it is empty.
    fn stored(&mut self, access: &'a Access, found: Found<'a>) -> Result<Range<'a>, Found<'a>> {
        let list = match &found.at {
            At::Fact(Fact::List(items)) => {
                let items: &'a [Fact] = items;
                if items.is_empty() {
                    self.note(&access.name, &found, || Fact::List(Arc::from([])));
                }
                List::Facts(items)
            }
            At::Fact(Fact::Many(ids, hidden)) => {
                let list = List::members(ids, hidden.as_ref());
                self.members(access, &found, ids.len());
                list
            }
            At::Fact(_) | At::Resource(_) | At::Value(_) => return Err(found),
        };
        Ok(Range {
            list,
            positions: self.positions(&found),
            source: found.source,
            place: Some((access, found)),
        })
    }

    fn joined(&mut self, node: &Node, a: Range<'a>, b: Range<'a>) -> Result<Range<'a>, Arc<Gap>> {
        self.builds(node, a.list.places() + b.list.places())?;
        let inventory = self.subject.inventory;
        let rest = self.noted_rest(&a);
        let rest = rest.or(self.noted_rest(&b));
        let items = [a, b]
            .iter()
            .flat_map(|range| {
                range.list.items(inventory).map(|item| Item {
                    source: item.source.or(range.source),
                    ..item
                })
            })
            .collect();
        Ok(Range {
            list: List::Built(Arc::new(Built { items, rest })),
            positions: Vec::new(),
            source: None,
            place: None,
        })
    }

    /// Puts what is at the nth place where the body finds it. Elements that could not be read are a gap even to a body
    /// that does not look at them: there may be none of them.
    fn bind(&mut self, walk: &'a Walk, range: &Range<'a>, n: usize) -> Result<(), Arc<Gap>> {
        self.spend(&walk.range, 1)?;
        let Some(item) = range.list.at(n, self.subject.inventory) else {
            return Err(self.unfit(&walk.range));
        };
        let keeps_place = walk.keeps_place && matches!(range.list, List::Built(_));
        let positions = if keeps_place {
            item.positions
        } else {
            let position = match &item.at {
                Ok(At::Resource(resource)) => Position::Key(resource.arn.clone()),
                Ok(At::Fact(_) | At::Value(_)) | Err(_) => Position::Nth(n),
            };
            range.positions.iter().cloned().chain([position]).collect()
        };
        let unread = if let Ok(At::Fact(Fact::Gap(gap))) = &item.at {
            Some(gap.clone())
        } else {
            None
        };
        if let Some(local) = self.locals.get_mut(walk.slot) {
            *local = Some(Local {
                at: item.at,
                positions,
                source: item.source.or(range.source),
            });
        }
        let Some(gap) = unread else { return Ok(()) };
        let place = Found {
            at: At::Value(Value::Null),
            slot: Some(walk.slot),
            extra: Vec::new(),
            source: None,
        };
        self.note(&walk.each, &place, || Fact::Gap(gap.clone()));
        Err(gap)
    }

    /// The element that is bound, with its place.
    fn bound(&self, walk: &'a Walk) -> Option<Item<'a>> {
        let local = self.locals.get(walk.slot)?.as_ref()?;
        Some(Item {
            at: local.at.clone(),
            positions: local.positions.clone(),
            source: local.source,
            name: Some(&walk.each),
        })
    }

    /// Why there may be elements that were not gone through.
    fn rest(&mut self, range: &Range<'a>) -> Option<Arc<Gap>> {
        if matches!(range.list, List::Facts(_)) {
            // Each gap among facts has been noted at its own place.
            return range.list.rest().cloned();
        }
        self.noted_rest(range)
    }

    /// The same, noted as a gap of the whole list, since it is about to matter.
    fn noted_rest(&mut self, range: &Range<'a>) -> Option<Arc<Gap>> {
        let gap = range.list.rest()?.clone();
        if let Some((access, found)) = &range.place {
            if matches!(range.list, List::Members(..)) {
                self.hidden(access, found);
            } else {
                self.note(&access.name, found, || Fact::Gap(gap.clone()));
            }
        }
        Some(gap)
    }
}
