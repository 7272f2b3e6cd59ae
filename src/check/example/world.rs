//! The little account an example is set in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::given::left_out;
use crate::inventory::{
    Fact, GLOBAL, Gap, Inventory, Place, Population, Resource, ResourceId, Sourced,
};

/// AWS's own example account.
pub(super) const ACCOUNT: &str = "111122223333";
/// Where its regional resources are.
pub(super) const REGION: &str = "us-east-1";

/// A resource whose links are not yet resolved.
pub(super) struct Draft {
    pub(super) kind: &'static str,
    pub(super) fields: Vec<Stored>,
}

/// A field of a draft. Resources are numbered in the order they are met.
pub(super) enum Stored {
    Fact(Fact),
    One(usize),
    Many(Vec<usize>, Option<Arc<Gap>>),
}

/// The resources of an example.
#[derive(Default)]
pub(super) struct World {
    drafts: Vec<Draft>,
}

impl World {
    /// A number for a resource whose fields are still being read. Numbers follow the order in which the example names
    /// them, so a list of links keeps its order.
    pub(super) fn reserve(&mut self, kind: &'static str) -> usize {
        let fields = Vec::new();
        self.drafts.push(Draft { kind, fields });
        self.drafts.len() - 1
    }

    /// The resource of that number.
    pub(super) fn fill(&mut self, number: usize, draft: Draft) {
        if let Some(reserved) = self.drafts.get_mut(number) {
            *reserved = draft;
        }
    }

    /// The ARN that resource gets.
    pub(super) fn arn(&self, number: usize) -> String {
        let kind = self.drafts.get(number).map_or("", |draft| draft.kind);
        format!("arn:aws:example:{REGION}:{ACCOUNT}:{kind}/{number:04}")
    }

    /// All of it as an inventory.
    pub(super) fn freeze(&self) -> Inventory {
        // A link is a position in a frozen inventory. Places and ARNs alone decide the positions, so an inventory of
        // the same resources without fields tells them.
        let bare = self.inventory(|_| Box::default());
        let ids: BTreeMap<String, ResourceId> = self
            .kinds()
            .flat_map(|kind| bare.members(kind))
            .map(|(id, resource)| (resource.arn.to_string(), id))
            .collect();
        let id = |number: &usize| ids.get(&self.arn(*number)).copied();
        self.inventory(|draft| {
            let facts = draft.fields.iter().map(|field| match field {
                Stored::Fact(fact) => fact.clone(),
                Stored::One(number) => {
                    id(number).map_or_else(|| Fact::Gap(left_out(&[])), Fact::One)
                }
                Stored::Many(numbers, hidden) => {
                    let hidden = hidden.clone().map(|gap| Arc::new(gap.into()));
                    Fact::Many(numbers.iter().filter_map(id).collect(), hidden)
                }
            });
            facts.map(|fact| Sourced { fact, source: None }).collect()
        })
    }

    fn kinds(&self) -> impl Iterator<Item = &'static str> {
        let mut kinds: Vec<_> = self.drafts.iter().map(|draft| draft.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.into_iter()
    }

    fn inventory(&self, fields: impl Fn(&Draft) -> Box<[Sourced]>) -> Inventory {
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
