//! Links between kinds: a trail's bucket, a volume's backups.
//!
//! Declared as data, resolved once after collecting, by hash. Gap-aware: a resource that is not in an
//! incomplete population may still exist, so its link is a gap, never *none*.

mod links;

use std::collections::HashMap;
use std::sync::Arc;

use super::kinds::inputs;
use super::schema::{Field, Schema, Shape};
use super::{Fact, Gap, Hidden, Inventory, Reason, Resource, ResourceId, Source, Sourced};

pub use links::LINKS;

/// How far a link reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Anywhere in the same account.
    Account,
    /// The same account and region.
    Region,
}

/// How many resources a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// To at most one. Not finding it in a complete population means it lives outside the scan, which is a
    /// gap: a log bucket in another account may be anything.
    ToOne,
    /// To at most one, and not finding it in a complete population means there is none.
    ToOneOrNone,
    /// To all that match.
    ToMany,
    /// To each that is named. One that is named and not found lives outside the scan, so what was found is not
    /// all: an alarm may notify a topic of another account.
    ToEach,
}

/// A declared link.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The kind that gets the field.
    pub from: &'static str,
    /// The field's name.
    pub name: &'static str,
    /// What it means, for `tieout kinds`.
    pub doc: &'static str,
    /// The kind it leads to.
    pub to: &'static str,
    /// How many.
    pub leads: Leads,
    /// How far.
    pub within: Within,
    /// The fields that must be equal, as (of `from`, of `to`); either may be a list of text, which matches by
    /// any of its elements. `arn` stands for the resource's ARN. `None`: all of that kind within reach.
    pub on: Option<(&'static str, &'static str)>,
    /// What goes before the text of `from`'s field: the keys of releases begin with what they are releases of.
    pub prefix: &'static str,
}

impl Link {
    fn key(&self, key: Arc<str>) -> Arc<str> {
        if self.prefix.is_empty() {
            key
        } else {
            format!("{}{key}", self.prefix).into()
        }
    }
}

/// The schema with the links as fields of their kinds.
pub fn with_links(mut schema: Schema) -> Schema {
    for link in LINKS {
        let shape = match link.leads {
            Leads::ToOne => Shape::One(link.to),
            Leads::ToOneOrNone => Shape::Optional(Box::new(Shape::One(link.to))),
            Leads::ToMany | Leads::ToEach => Shape::Many(link.to),
        };
        schema.extend(
            link.from,
            Field {
                name: link.name,
                doc: link.doc.to_owned(),
                shape,
                from: &[],
            },
        );
    }
    schema
}

/// Fills in every declared link of every resource.
pub fn relate(inventory: &mut Inventory, schema: &Schema) {
    for link in LINKS {
        let (Some(from), Some(to)) = (schema.kind(link.from), schema.kind(link.to)) else {
            continue;
        };
        let index = Index::build(
            inventory,
            link,
            link.on.and_then(|(_, theirs)| key_of(to, theirs)),
        );
        let ours = link.on.and_then(|(ours, _)| key_of(from, ours));
        let populations: Vec<usize> = inventory
            .populations()
            .enumerate()
            .filter(|(_, (place, _))| place.kind.as_ref() == link.from)
            .map(|(n, _)| n)
            .collect();
        for population in populations {
            for resource in inventory.members_mut(population) {
                let followed = index.follow(link, resource, ours);
                let mut fields = std::mem::take(&mut resource.fields).into_vec();
                fields.push(followed);
                resource.fields = fields.into_boxed_slice();
            }
        }
    }
}

/// Where a key is found in a resource.
#[derive(Debug, Clone, Copy)]
enum Key {
    Arn,
    Field(usize),
}

fn key_of(kind: &super::schema::Kind, name: &str) -> Option<Key> {
    if name == "arn" {
        Some(Key::Arn)
    } else {
        kind.field(name).map(|(position, _)| Key::Field(position))
    }
}

/// The keys of a resource, or the gap that hides them.
fn keys(resource: &Resource, key: Key) -> Result<Vec<Arc<str>>, Arc<Gap>> {
    let Key::Field(position) = key else {
        return Ok(vec![resource.arn.clone()]);
    };
    let mut found = Vec::new();
    if let Some(field) = resource.fields.get(position) {
        gather(&field.fact, &mut found)?;
    }
    Ok(found)
}

fn gather(fact: &Fact, into: &mut Vec<Arc<str>>) -> Result<(), Arc<Gap>> {
    match fact {
        Fact::Text(text) => into.push(text.clone()),
        Fact::List(items) => items.iter().try_for_each(|item| gather(item, into))?,
        Fact::Gap(gap) => return Err(gap.clone()),
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Double(_)
        | Fact::Time(_)
        | Fact::Record(_)
        | Fact::Map(_)
        | Fact::One(_)
        | Fact::Many(..) => {}
    }
    Ok(())
}

/// Account, and region where the link stays within one.
type Reach = (Arc<str>, Option<Arc<str>>);

/// The resources a link may lead to, by reach and key.
#[derive(Debug, Default)]
struct Index {
    found: HashMap<(Reach, Option<Arc<str>>), Vec<ResourceId>>,
    /// Why the populations within a reach may hold more than was found.
    hidden: HashMap<Reach, Arc<Hidden>>,
    /// Reaches in which the kind was listed at all.
    listed: std::collections::HashSet<Reach>,
    /// The call that listed the kind within a reach, the last of several: it told that there are no more.
    listings: HashMap<Reach, Source>,
}

impl Index {
    fn build(inventory: &Inventory, link: &Link, key: Option<Key>) -> Self {
        let mut index = Self::default();
        for (place, population) in inventory.of_kind(link.to) {
            let reach = reach(link, &place.account, &place.region);
            index.listed.insert(reach.clone());
            if let Some(source) = population.sources.last() {
                index.listings.insert(reach.clone(), source.clone());
            }
            for gap in &population.gaps {
                index.hides(&reach, gap);
            }
        }
        for (id, resource) in inventory.members(link.to) {
            let reach = reach(link, &resource.account, &resource.region);
            let Some(key) = key else {
                index.found.entry((reach, None)).or_default().push(id);
                continue;
            };
            match keys(resource, key) {
                Ok(keys) => {
                    for key in keys {
                        index
                            .found
                            .entry((reach.clone(), Some(key)))
                            .or_default()
                            .push(id);
                    }
                }
                // It may be the one that is looked for.
                Err(gap) => index.hides(&reach, &gap),
            }
        }
        index
    }

    /// Whatever was denied for a thousand resources is one reason.
    fn hides(&mut self, reach: &Reach, gap: &Arc<Gap>) {
        let same = |other: &Arc<Gap>| {
            (&other.service, &other.operation) == (&gap.service, &gap.operation)
                && (&other.region, other.reason) == (&gap.region, gap.reason)
        };
        match self.hidden.get_mut(reach) {
            None => _ = self.hidden.insert(reach.clone(), hidden(gap.clone())),
            Some(known) if known.gaps().any(same) => {}
            Some(known) => Arc::make_mut(known).others.push(gap.clone()),
        }
    }

    fn follow(&self, link: &Link, resource: &Resource, ours: Option<Key>) -> Sourced {
        let reach = reach(link, &resource.account, &resource.region);
        let source = match ours {
            Some(Key::Field(position)) => resource
                .fields
                .get(position)
                .and_then(|field| field.source.clone()),
            Some(Key::Arn) => None,
            // All there are of a kind: the listing tells.
            None => self.listings.get(&reach).cloned(),
        };
        let looked_for = match ours.map(|key| keys(resource, key)) {
            None => vec![None],
            Some(Ok(keys)) => keys.into_iter().map(|key| Some(link.key(key))).collect(),
            Some(Err(gap)) => return Sourced::gap(gap),
        };
        let mut found: Vec<ResourceId> = looked_for
            .iter()
            .filter_map(|key| self.found.get(&(reach.clone(), key.clone())))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        let unseen = self.hidden.get(&reach).cloned().or_else(|| {
            (!self.listed.contains(&reach))
                .then(|| hidden(outside(link, resource, "this scan did not list them")))
        });
        let fact = match (link.leads, found.first(), unseen) {
            (Leads::ToMany, _, unseen) => Fact::Many(found.into(), unseen),
            (Leads::ToEach, _, unseen) => {
                let unfound = || {
                    looked_for
                        .iter()
                        .any(|key| !self.found.contains_key(&(reach.clone(), key.clone())))
                        .then(|| {
                            unseen.unwrap_or_else(|| hidden(outside(link, resource, ELSEWHERE)))
                        })
                };
                Fact::Many(found.into(), unfound())
            }
            (Leads::ToOne | Leads::ToOneOrNone, Some(first), _) => Fact::One(*first),
            (Leads::ToOne | Leads::ToOneOrNone, None, _) if looked_for.is_empty() => Fact::Null,
            (Leads::ToOne | Leads::ToOneOrNone, None, Some(unseen)) => {
                Fact::Gap(unseen.gap.clone())
            }
            (Leads::ToOneOrNone, None, None) => Fact::Null,
            (Leads::ToOne, None, None) => Fact::Gap(outside(link, resource, ELSEWHERE)),
        };
        Sourced { fact, source }
    }
}

fn hidden(gap: Arc<Gap>) -> Arc<Hidden> {
    Arc::new(gap.into())
}

fn reach(link: &Link, account: &Arc<str>, region: &Arc<str>) -> Reach {
    match link.within {
        Within::Account => (account.clone(), None),
        Within::Region => (account.clone(), Some(region.clone())),
    }
}

const ELSEWHERE: &str = "it is not among those of this account";

/// The gap of a link that leads out of what was scanned.
fn outside(link: &Link, resource: &Resource, message: &str) -> Arc<Gap> {
    if link.to == "inputs.release" {
        return Arc::new(inputs::not_given(
            "tieout:ReadLifecycles",
            &resource.account,
            format!("{} of {}", link.name, resource.arn),
            "the data does not say when support of this release ends".to_owned(),
        ));
    }
    let (service, thing) = link.to.split_once('.').unwrap_or((link.to, ""));
    Arc::new(Gap {
        service: service.to_owned(),
        operation: format!("List {thing}").trim().to_owned(),
        account: resource.account.to_string(),
        region: resource.region.to_string(),
        parameters: format!("{} of {}", link.name, resource.arn),
        reason: Reason::NotAsked,
        code: None,
        message: message.to_owned(),
        action: String::new(),
        request_id: None,
    })
}

#[cfg(test)]
mod tests;
