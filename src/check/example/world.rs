//! The little account an example is set in.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::gap::left_out;
use super::{ACCOUNT, REGION};
use crate::inventory::schema::{Field, Kind, Schema, Shape};
use crate::inventory::{
    Fact, GLOBAL, Gap, Inventory, Place, Population, Resource, ResourceId, Sourced,
};

/// The fields of each kind as they are where an example says nothing of them. An account has a field for every kind there
/// is, and examples name one or two of them: what they leave out is kept once.
#[derive(Debug, Default)]
pub(in crate::check) struct Blanks(RefCell<BTreeMap<&'static str, Arc<[Fact]>>>);

impl Blanks {
    fn of(&self, kind: &Kind, schema: &Schema) -> Arc<[Fact]> {
        let blank = |field: &Field| {
            let gap = left_out(asked(field, kind, schema));
            if let Shape::Many(_) = field.shape {
                Fact::Many(Arc::default(), Some(Arc::new(gap.into())))
            } else {
                Fact::Gap(gap)
            }
        };
        let mut known = self.0.borrow_mut();
        let blanks = known
            .entry(kind.name)
            .or_insert_with(|| kind.fields.iter().map(blank).collect());
        Arc::clone(blanks)
    }
}

/// The calls that would have told a field.
pub(super) fn asked(field: &Field, kind: &Kind, schema: &Schema) -> &'static [&'static str] {
    if let Shape::One(to) | Shape::Many(to) = field.shape {
        schema.kind(to).map_or(&[][..], |kind| kind.listed_by)
    } else if field.from.is_empty() {
        kind.listed_by
    } else {
        field.from
    }
}

/// A resource whose links are not yet resolved.
#[derive(Debug, Clone)]
struct Draft {
    kind: &'static str,
    blank: Arc<[Fact]>,
    /// What is said of fields, by their position.
    told: Vec<(usize, Stored)>,
}

/// A field of a draft. Resources are numbered in the order they are met.
#[derive(Debug, Clone)]
pub(super) enum Stored {
    Fact(Fact),
    One(usize),
    Many(Vec<usize>, Option<Arc<Gap>>),
}

/// The resources of an example.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    drafts: Vec<Draft>,
    /// Made when somebody judges it, because every start of the program reads every example and few run one.
    frozen: OnceLock<Arc<Inventory>>,
}

impl World {
    /// A number for a resource whose fields are still being read. Numbers follow the order in which the example names
    /// them, so a list of links keeps its order.
    pub(super) fn reserve(&mut self, kind: &Kind, schema: &Schema, blanks: &Blanks) -> usize {
        self.drafts.push(Draft {
            kind: kind.name,
            blank: blanks.of(kind, schema),
            told: Vec::new(),
        });
        self.drafts.len() - 1
    }

    /// What the example says of the resource of that number, by the position of the field.
    pub(super) fn fill(&mut self, number: usize, told: Vec<(usize, Stored)>) {
        if let Some(reserved) = self.drafts.get_mut(number) {
            reserved.told = told;
        }
    }

    /// The ARN that resource gets.
    pub(super) fn arn(&self, number: usize) -> String {
        let kind = self.drafts.get(number).map_or("", |draft| draft.kind);
        format!("arn:aws:example:{REGION}:{ACCOUNT}:{kind}/{number:04}")
    }

    /// All of it as an inventory.
    pub(super) fn inventory(&self) -> &Inventory {
        self.frozen.get_or_init(|| Arc::new(self.freeze()))
    }

    fn freeze(&self) -> Inventory {
        // A link is a position in a frozen inventory. Places and ARNs alone decide the positions, so an inventory of
        // the same resources without fields tells them.
        let bare = self.with_fields(|_| Box::default());
        let ids: BTreeMap<String, ResourceId> = self
            .kinds()
            .flat_map(|kind| bare.members(kind))
            .map(|(id, resource)| (resource.arn.to_string(), id))
            .collect();
        let id = |number: &usize| ids.get(&self.arn(*number)).copied();
        let resolved = |field: &Stored| match field {
            Stored::Fact(fact) => fact.clone(),
            Stored::One(number) => id(number).map_or_else(|| Fact::Gap(left_out(&[])), Fact::One),
            Stored::Many(numbers, hidden) => {
                let hidden = hidden.clone().map(|gap| Arc::new(gap.into()));
                Fact::Many(numbers.iter().filter_map(id).collect(), hidden)
            }
        };
        self.with_fields(|draft| {
            let mut facts = draft.blank.to_vec();
            for (position, field) in &draft.told {
                if let Some(fact) = facts.get_mut(*position) {
                    *fact = resolved(field);
                }
            }
            let facts = facts.into_iter();
            facts.map(|fact| Sourced { fact, source: None }).collect()
        })
    }

    fn kinds(&self) -> impl Iterator<Item = &'static str> {
        let mut kinds: Vec<_> = self.drafts.iter().map(|draft| draft.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.into_iter()
    }

    fn with_fields(&self, fields: impl Fn(&Draft) -> Box<[Sourced]>) -> Inventory {
        let mut populations: BTreeMap<Place, Population> = BTreeMap::new();
        for (number, draft) in self.drafts.iter().enumerate() {
            let region = if draft.kind == "account" {
                GLOBAL
            } else {
                REGION
            };
            let place = Place {
                kind: draft.kind.into(),
                account: ACCOUNT.into(),
                region: region.into(),
            };
            let resource = Resource {
                arn: self.arn(number).into(),
                name: "example".into(),
                account: place.account.clone(),
                region: place.region.clone(),
                fields: fields(draft),
            };
            populations
                .entry(place)
                .or_default()
                .resources
                .push(resource);
        }
        Inventory::new(populations)
    }
}
