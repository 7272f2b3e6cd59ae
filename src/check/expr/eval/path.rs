//! Along a path to a fact, noting what is read.

use std::sync::Arc;

use super::{Local, Machine, Outcome};
use crate::check::Position;
use crate::check::expr::name::Name;
use crate::check::expr::tree::{Access, Node, Root, Step};
use crate::check::expr::value::{At, Item, List, Value};
use crate::inventory::{Fact, Gap, Source};

/// Where a path led, and under which positions.
pub(super) struct Found<'a> {
    pub(super) at: At<'a>,
    /// The loop variable it started from: its positions come first.
    pub(super) slot: Option<usize>,
    pub(super) extra: Vec<Position>,
    pub(super) source: Option<&'a Source>,
}

impl<'a> Machine<'a> {
    /// The value of a path, noted as read with all that is in it.
    pub(super) fn read(&mut self, node: &'a Node, access: &'a Access) -> Outcome<'a> {
        let found = self.locate(node, access)?;
        self.taken(node, access, &found)
    }

    /// The value of what a path led to, noted as read with all that is in it.
    pub(super) fn taken(
        &mut self,
        node: &'a Node,
        access: &'a Access,
        found: &Found<'a>,
    ) -> Outcome<'a> {
        match &found.at {
            At::Fact(fact) => {
                let fact: &'a Fact = fact;
                match fact {
                    Fact::One(_) => {
                        let resource = self.follow(node, &access.name, found)?;
                        return Ok(Value::Resource(resource));
                    }
                    Fact::Many(ids, _) => {
                        self.members(access, found, ids.len());
                        self.hidden(access, found);
                    }
                    Fact::Null
                    | Fact::Bool(_)
                    | Fact::Int(_)
                    | Fact::Double(_)
                    | Fact::Text(_)
                    | Fact::Time(_)
                    | Fact::List(_)
                    | Fact::Record(_)
                    | Fact::Map(_)
                    | Fact::Gap(_) => self.note(&access.name, found, || fact.clone()),
                }
                Value::of(fact, self.subject.inventory)
            }
            At::Resource(resource) => Ok(Value::Resource(resource)),
            At::Value(value) => Ok(value.clone()),
        }
    }

    /// Where a path leads. A gap on the way is noted under the whole path: that is the fact that was wanted.
    pub(super) fn locate(
        &mut self,
        node: &'a Node,
        access: &'a Access,
    ) -> Result<Found<'a>, Arc<Gap>> {
        let mut found = self.start(node, access)?;
        for step in &access.steps {
            self.gap_here(access, &found)?;
            match step {
                Step::Field(position) => {
                    let field = match &found.at {
                        At::Resource(resource) | At::Value(Value::Resource(resource)) => {
                            let fields: &'a [_] = &resource.fields;
                            fields.get(*position)
                        }
                        At::Fact(_) | At::Value(_) => None,
                    };
                    let field = field.ok_or_else(|| self.unfit(node))?;
                    found.at = At::Fact(&field.fact);
                    found.source = field.source.as_ref();
                }
                Step::Member(position) => {
                    let record = match &found.at {
                        At::Fact(Fact::Record(record)) => Some(record.as_ref()),
                        At::Value(Value::Record(record)) => Some(*record),
                        At::Fact(_) | At::Value(_) | At::Resource(_) => None,
                    };
                    let fact = record
                        .and_then(|record| record.values.get(*position))
                        .ok_or_else(|| self.unfit(node))?;
                    found.at = At::Fact(fact);
                }
                Step::Follow(name) => {
                    found.at = At::Resource(self.follow(node, name, &found)?);
                }
                Step::Nth(n) => self.element(node, access, &mut found, *n)?,
                Step::Element(index) => {
                    let Value::Int(index) = self.value(index)? else {
                        return Err(self.unfit(node));
                    };
                    let n = usize::try_from(index)
                        .map_err(|_| self.fault(node, format!("no element {index}")))?;
                    self.element(node, access, &mut found, n)?;
                    found.extra.push(Position::Nth(n));
                }
                Step::Key(key) => self.entry(node, &mut found, key)?,
                Step::Value(key) => {
                    let Value::Text(key) = self.value(key)? else {
                        return Err(self.unfit(node));
                    };
                    self.entry(node, &mut found, &key)?;
                    found.extra.push(Position::Key(key.as_ref().into()));
                }
            }
        }
        self.gap_here(access, &found)?;
        Ok(found)
    }

    fn start(&mut self, node: &Node, access: &'a Access) -> Result<Found<'a>, Arc<Gap>> {
        let (at, slot, source) = match &access.root {
            Root::Judged => (Ok(At::Resource(self.subject.resource)), None, None),
            Root::Account => (self.subject.account.clone().map(At::Resource), None, None),
            Root::Region => (self.subject.region.clone().map(At::Resource), None, None),
            Root::Local(slot) => match self.locals.get(*slot).and_then(Option::as_ref) {
                Some(local) => (local.at.clone(), Some(*slot), local.source),
                None => (Err(self.unfit(node)), None, None),
            },
            Root::Computed(inner) => (self.value(inner).map(At::Value), None, None),
        };
        match at {
            Ok(at) => Ok(Found {
                at,
                slot,
                extra: Vec::new(),
                source,
            }),
            Err(gap) => {
                // What a computed root could not read has been noted there.
                if !matches!(access.root, Root::Computed(_)) {
                    let place = Found {
                        at: At::Value(Value::Null),
                        slot,
                        extra: Vec::new(),
                        source,
                    };
                    self.note(&access.name, &place, || Fact::Gap(gap.clone()));
                }
                Err(gap)
            }
        }
    }

    fn gap_here(&mut self, access: &Access, found: &Found<'a>) -> Result<(), Arc<Gap>> {
        if let At::Fact(Fact::Gap(gap)) = &found.at {
            self.note(&access.name, found, || Fact::Gap(gap.clone()));
            return Err(gap.clone());
        }
        Ok(())
    }

    /// Along a link to one resource. The link is a fact of its own: which bucket a trail writes to.
    fn follow(
        &mut self,
        node: &Node,
        name: &Name,
        found: &Found<'a>,
    ) -> Result<&'a crate::inventory::Resource, Arc<Gap>> {
        let target = match &found.at {
            At::Fact(Fact::One(id)) => self.subject.inventory.get(*id),
            At::Resource(resource) | At::Value(Value::Resource(resource)) => return Ok(resource),
            At::Fact(_) | At::Value(_) => None,
        };
        let Some(target) = target else {
            return Err(self.fault(node, "there is no such resource".to_owned()));
        };
        self.note(name, found, || Fact::Text(target.arn.clone()));
        Ok(target)
    }

    fn element(
        &mut self,
        node: &Node,
        access: &Access,
        found: &mut Found<'a>,
        n: usize,
    ) -> Result<(), Arc<Gap>> {
        let inventory = self.subject.inventory;
        let Value::List(list) = found.at.value(inventory)? else {
            return Err(self.unfit(node));
        };
        let item = match list.nth(n, inventory) {
            Ok(item) => item,
            // With members missing, which one is the nth is not known either.
            Err(gap) => {
                self.note(&access.name, found, || Fact::Gap(gap.clone()));
                return Err(gap);
            }
        };
        let Some(Item {
            at,
            positions,
            source,
            ..
        }) = item
        else {
            return Err(self.fault(node, format!("no element {n}")));
        };
        found.at = at?;
        if matches!(list, List::Built(_)) {
            found.slot = None;
            found.extra = positions;
            found.source = source;
        }
        Ok(())
    }

    fn entry(&mut self, node: &Node, found: &mut Found<'a>, key: &str) -> Result<(), Arc<Gap>> {
        let entries = match &found.at {
            At::Fact(Fact::Map(entries)) => Some(entries.as_ref()),
            At::Value(Value::Map(entries)) => Some(*entries),
            At::Fact(_) | At::Value(_) | At::Resource(_) => None,
        };
        let Some(entries) = entries else {
            return Err(self.unfit(node));
        };
        match entries.get(key) {
            Some(fact) => found.at = At::Fact(fact),
            None => return Err(self.fault(node, format!("no key `{key}`"))),
        }
        Ok(())
    }

    /// How many a link leads to: the evidence that there are none.
    pub(super) fn members(&mut self, access: &Access, found: &Found<'a>, count: usize) {
        if let Some(size) = &access.size {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            self.note(size, found, || Fact::Int(count));
        }
    }

    /// Every reason why a link may lead to more: to settle what rests on it takes them all.
    pub(super) fn hidden(&mut self, access: &Access, found: &Found<'a>) {
        if let At::Fact(Fact::Many(_, Some(hidden))) = &found.at {
            let locals = &self.locals;
            let facts = || hidden.gaps().cloned().map(Fact::Gap);
            self.trace.note(
                &access.name,
                || positions(locals, found),
                facts,
                found.source,
            );
        }
    }

    /// Notes what `filter` passed on, where it is now read whole: compared, looked for, held against an action.
    pub(super) fn look_into(&mut self, value: &Value<'a>) {
        let Value::List(List::Built(built)) = value else {
            return;
        };
        for item in &built.items {
            if let (Some(name), Ok(At::Fact(fact))) = (item.name, &item.at) {
                let positions = || item.positions.clone();
                let fact: &'a Fact = fact;
                self.trace
                    .note(name, positions, || [fact.clone()], item.source);
            } else if let Ok(At::Value(value)) = &item.at {
                self.look_into(value);
            }
        }
    }

    pub(super) fn note(&mut self, name: &Name, found: &Found<'a>, fact: impl Fn() -> Fact) {
        let locals = &self.locals;
        self.trace
            .note(name, || positions(locals, found), || [fact()], found.source);
    }

    pub(super) fn positions(&self, found: &Found<'a>) -> Vec<Position> {
        positions(&self.locals, found)
    }
}

fn positions(locals: &[Option<Local<'_>>], found: &Found<'_>) -> Vec<Position> {
    let base = found
        .slot
        .and_then(|slot| locals.get(slot))
        .and_then(Option::as_ref)
        .map_or(&[][..], |local| &local.positions);
    base.iter().chain(&found.extra).cloned().collect()
}
