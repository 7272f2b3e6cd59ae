//! Loops over lists that may have gaps: `all`, `exists`, `exists_one`, `filter`, `map`.

use std::sync::Arc;

use super::path::Found;
use super::{Local, Machine, Outcome};
use crate::check::Position;
use crate::check::expr::tree::{Access, Node, Op, Quantifier, Walk};
use crate::check::expr::value::{At, Built, Item, List, Value};
use crate::inventory::{Fact, Gap, Source};

/// A list to go through.
struct Range<'a> {
    list: List<'a>,
    /// Positions on the way to it.
    positions: Vec<Position>,
    source: Option<&'a Source>,
    /// Where it was read, if it may lack members.
    partial: Option<(&'a Access, Found<'a>)>,
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
        for n in 0..range.list.known() {
            self.bind(walk, &range, n);
            match (quantifier, self.truth(&walk.body)) {
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
        for n in 0..range.list.known() {
            self.bind(walk, &range, n);
            match self.truth(&walk.body) {
                Ok(true) => built.items.extend(self.bound(walk)),
                Ok(false) => {}
                Err(gap) => built.rest = built.rest.or(Some(gap)),
            }
        }
        let rest = self.rest(&range);
        built.rest = built.rest.or(rest);
        Ok(Value::List(List::Built(Arc::new(built))))
    }

    /// An element that cannot be computed is an unread element; one whose condition is unread makes a rest.
    pub(super) fn map(&mut self, walk: &'a Walk, condition: Option<&'a Node>) -> Outcome<'a> {
        let range = self.range(&walk.range)?;
        let mut built = Built::default();
        for n in 0..range.list.known() {
            self.bind(walk, &range, n);
            match condition.map_or(Ok(true), |condition| self.truth(condition)) {
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
        Ok(Value::List(List::Built(Arc::new(built))))
    }

    /// A new element; where it is read off a path, it keeps its place.
    pub(super) fn item(&mut self, body: &'a Node) -> Item<'a> {
        if let Op::Read(access) = &body.op
            && let Ok(found) = self.locate(body, access)
        {
            let positions = self.positions(&found);
            let source = found.source;
            return Item {
                at: self.read(body, access).map(|value| match found.at {
                    At::Fact(fact) if !matches!(fact, Fact::One(_)) => At::Fact(fact),
                    At::Resource(resource) => At::Resource(resource),
                    At::Fact(_) | At::Value(_) => At::Value(value),
                }),
                positions,
                source,
            };
        }
        Item {
            at: self.value(body).map(At::Value),
            positions: Vec::new(),
            source: None,
        }
    }

    /// What a list is made of, with the places of its elements where they have one.
    fn range(&mut self, node: &'a Node) -> Result<Range<'a>, Arc<Gap>> {
        match &node.op {
            Op::Read(access) => {
                let found = self.locate(node, access)?;
                if let Some(range) = self.stored(access, found) {
                    return Ok(range);
                }
            }
            // Two lists, told by different calls perhaps: each element keeps its own.
            Op::Calculate(_, parts) => {
                let [a, b] = parts.as_ref();
                let (a, b) = (self.range(a), self.range(b));
                return self.joined(a?, b?);
            }
            Op::Choose(parts) => {
                let [condition, yes, no] = parts.as_ref();
                let branch = if self.truth(condition)? { yes } else { no };
                let range = self.range(branch)?;
                return Ok(Range {
                    positions: Vec::new(),
                    ..range
                });
            }
            _ => {}
        }
        let list = match self.value(node)? {
            Value::List(list) => list,
            // The elements of a map are its keys.
            Value::Map(entries) => List::keys(entries),
            _ => return Err(self.unfit(node)),
        };
        Ok(Range {
            list,
            positions: Vec::new(),
            source: None,
            partial: None,
        })
    }

    /// A list as it is stored. It is noted itself where its elements cannot be: when it is empty.
    fn stored(&mut self, access: &'a Access, found: Found<'a>) -> Option<Range<'a>> {
        let (list, partial) = match &found.at {
            At::Fact(Fact::List(items)) => {
                let items: &'a [Fact] = items;
                if items.is_empty() {
                    self.note(&access.name, &found, || Fact::List(Arc::from([])));
                }
                (List::Facts(items), false)
            }
            At::Fact(Fact::Many(ids, hidden)) => {
                let list = List::members(ids, hidden.as_ref());
                self.members(access, &found, ids.len());
                (list, hidden.is_some())
            }
            At::Fact(_) | At::Resource(_) | At::Value(_) => return None,
        };
        Some(Range {
            list,
            positions: self.positions(&found),
            source: found.source,
            partial: partial.then_some((access, found)),
        })
    }

    fn joined(&mut self, a: Range<'a>, b: Range<'a>) -> Result<Range<'a>, Arc<Gap>> {
        let inventory = self.subject.inventory;
        let rest = self.rest(&a);
        let rest = rest.or(self.rest(&b));
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
            partial: None,
        })
    }

    /// Puts the nth element where the body finds it.
    fn bind(&mut self, walk: &Walk, range: &Range<'a>, n: usize) {
        let item = match range.list.nth(n, self.subject.inventory) {
            Some(item) => item,
            None => Item {
                at: Err(self.fault(&walk.range, "there is no such resource".to_owned())),
                positions: Vec::new(),
                source: None,
            },
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
        if let Some(local) = self.locals.get_mut(walk.slot) {
            *local = Some(Local {
                at: item.at,
                positions,
                source: item.source.or(range.source),
            });
        }
    }

    /// The element that is bound, with its place.
    fn bound(&self, walk: &Walk) -> Option<Item<'a>> {
        let local = self.locals.get(walk.slot)?.as_ref()?;
        Some(Item {
            at: local.at.clone(),
            positions: local.positions.clone(),
            source: local.source,
        })
    }

    /// Why there may be elements that were not gone through; noted, as it is about to matter.
    fn rest(&mut self, range: &Range<'a>) -> Option<Arc<Gap>> {
        let gap = range.list.rest()?.clone();
        if let Some((access, found)) = &range.partial {
            self.hidden(access, found);
        }
        Some(gap)
    }
}
