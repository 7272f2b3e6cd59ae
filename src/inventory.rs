//! What a scan knows: resources, their facts, and exactly what it could not read.
//!
//! The narrow waist of the program. Collectors write an [`Inventory`], rules read one, and neither
//! knows the other; that is why a scan can be performed again from a bundle.
//!
//! A fact is never guessed. What a call did not tell is a [`Gap`], and a gap is a value like any other:
//! it sits where the fact would, and a rule that reads it comes out *unknown*.

pub mod attempt;
pub mod fact;
pub mod gap;
pub mod intake;
pub mod kinds;
pub mod relate;
pub mod run;
pub mod schema;
mod share;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use fact::{Fact, Hidden, Record};
pub use gap::{Gap, Reason};

/// The region name of what exists once per account: IAM, the list of buckets, account settings.
pub const GLOBAL: &str = "global";

/// One answered AWS call, as evidence cites it: enough to find the answer in the bundle and AWS's own
/// record of the call in CloudTrail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Call {
    /// Service as IAM and CloudTrail spell it in lower case: `s3`, `iam`, `logs`.
    pub service: String,
    /// Operation as the API names it: `GetBucketEncryption`.
    pub operation: String,
    /// Account whose state was read, twelve digits.
    pub account: String,
    /// Region the request was signed for.
    pub region: String,
    /// What was asked for, where the operation takes parameters: `bucket=acme-logs`.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub parameters: String,
    /// AWS's request id, from the header or the body; absent where the answer carried none.
    pub request_id: Option<String>,
    /// When the answer had arrived (UTC).
    pub at: Timestamp,
    /// SHA-256 of the raw answer body, hexadecimal.
    pub sha256: String,
}

/// Where a fact comes from. Shared: one listing is the source of thousands of facts.
pub type Source = Arc<Call>;

/// A value and the call that told it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<T> {
    /// What the call said.
    pub value: T,
    /// The call that said it.
    pub source: Source,
}

/// What came of reading one field: told by a call, or a gap.
pub type Read<T> = Result<Told<T>, Arc<Gap>>;

/// One field of a resource as stored: the fact, and the call it came from (none for a gap, which
/// names its own call, and for what an example gives).
#[derive(Debug, Clone, PartialEq)]
pub struct Sourced {
    /// The fact, possibly [`Fact::Gap`].
    pub fact: Fact,
    /// Its call.
    pub source: Option<Source>,
}

impl Sourced {
    /// A field that could not be read.
    pub fn gap(gap: Arc<Gap>) -> Self {
        Self {
            fact: Fact::Gap(gap),
            source: None,
        }
    }
}

/// One thing of a kind, in an account and region.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Amazon Resource Name; built by the collector, as the service's authorization reference gives it, where
    /// the API does not answer one.
    pub arn: Arc<str>,
    /// The name people use: a bucket's name, an instance's `Name` tag or id.
    pub name: Arc<str>,
    /// Twelve digits.
    pub account: Arc<str>,
    /// Region, or [`GLOBAL`].
    pub region: Arc<str>,
    /// The fields, in the order of the kind's schema: its own first, then its links.
    pub fields: Box<[Sourced]>,
}

/// Every resource of a kind in an account and region; complete, or with the gaps that make it incomplete.
#[derive(Debug, Clone, Default)]
pub struct Population {
    /// Ordered by ARN.
    pub resources: Vec<Resource>,
    /// Why it may be missing some. Empty: it is complete.
    pub gaps: Vec<Arc<Gap>>,
    /// The calls that listed it.
    pub sources: Vec<Source>,
}

/// Which population: a kind, in an account, in a region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Name of the kind, as the schema has it: `s3.bucket`.
    pub kind: Arc<str>,
    /// Twelve digits.
    pub account: Arc<str>,
    /// Region, or [`GLOBAL`].
    pub region: Arc<str>,
}

/// Points at one resource of an inventory: which population, and which member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId {
    population: u32,
    member: u32,
}

/// All populations of a scan, in order of kind, account and region.
///
/// Frozen once built: links hold [`ResourceId`]s, which stay right only while nothing moves.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    places: Vec<Place>,
    populations: Vec<Population>,
}

/// In order of ARN. What moves in a list while its pages are asked for stands on two of them, and is one thing all the same:
/// the page that was asked for first counts.
fn once_each(resources: &mut Vec<Resource>) {
    let same = |a: &Resource, b: &Resource| (&a.arn, &a.name).cmp(&(&b.arn, &b.name));
    let when = |resource: &Resource| {
        let calls = resource.fields.iter().flat_map(|field| &field.source);
        calls
            .map(|call| (call.at, call.request_id.clone()))
            .collect::<Vec<_>>()
    };
    resources.sort_by(|a, b| same(a, b).then_with(|| when(a).cmp(&when(b))));
    resources.dedup_by(|later, first| same(later, first).is_eq());
}

impl Inventory {
    /// Freezes what was collected. Members are put in order of ARN, so that two scans of the same
    /// answers are the same whatever order the answers came in.
    pub fn new(populations: BTreeMap<Place, Population>) -> Self {
        let mut inventory = Self::default();
        for (place, mut population) in populations {
            once_each(&mut population.resources);
            population.gaps.sort();
            population.gaps.dedup();
            population.sources.sort();
            population.sources.dedup();
            inventory.places.push(place);
            inventory.populations.push(population);
        }
        inventory
    }

    /// Every population, in order.
    pub fn populations(&self) -> impl Iterator<Item = (&Place, &Population)> {
        self.places.iter().zip(&self.populations)
    }

    /// The populations of one kind, in order of account and region.
    pub fn of_kind<'a>(
        &'a self,
        kind: &'a str,
    ) -> impl Iterator<Item = (&'a Place, &'a Population)> {
        // Places are ordered by kind first, so the kind's are one run.
        let start = self
            .places
            .partition_point(|place| place.kind.as_ref() < kind);
        self.populations()
            .skip(start)
            .take_while(move |(place, _)| place.kind.as_ref() == kind)
    }

    /// The resource a link points at. `None` only for an id of another inventory.
    pub fn get(&self, id: ResourceId) -> Option<&Resource> {
        self.populations
            .get(id.population as usize)?
            .resources
            .get(id.member as usize)
    }

    /// Every resource of one kind with its id.
    pub fn members<'a>(
        &'a self,
        kind: &'a str,
    ) -> impl Iterator<Item = (ResourceId, &'a Resource)> {
        let start = self
            .places
            .partition_point(|place| place.kind.as_ref() < kind);
        self.populations()
            .enumerate()
            .skip(start)
            .take_while(move |(_, (place, _))| place.kind.as_ref() == kind)
            .flat_map(|(population, (_, found))| {
                found
                    .resources
                    .iter()
                    .enumerate()
                    .map(move |(member, resource)| {
                        (
                            ResourceId {
                                population: population as u32,
                                member: member as u32,
                            },
                            resource,
                        )
                    })
            })
    }

    /// How many resources there are.
    pub fn len(&self) -> usize {
        self.populations
            .iter()
            .map(|population| population.resources.len())
            .sum()
    }

    /// Whether there is no resource at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The members of the `n`th population, for [`relate`] to fill in links.
    fn members_mut(&mut self, population: usize) -> &mut [Resource] {
        self.populations
            .get_mut(population)
            .map_or(&mut [], |found| &mut found.resources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::intake::example_source;

    fn listed(arn: &str, page: &str) -> Resource {
        let mut call = Call::clone(&example_source("111122223333", "eu-west-1"));
        call.request_id = Some(page.to_owned());
        let field = Sourced {
            fact: Fact::Text(page.into()),
            source: Some(Arc::new(call)),
        };
        Resource {
            arn: arn.into(),
            name: arn.into(),
            account: "111122223333".into(),
            region: "eu-west-1".into(),
            fields: Box::from([field]),
        }
    }

    #[test]
    fn what_is_listed_on_two_pages_counts_once_whichever_came_first() {
        let place = Place {
            kind: "sns.topic".into(),
            account: "111122223333".into(),
            region: "eu-west-1".into(),
        };
        let pages = [("b", "1"), ("a", "1"), ("b", "2")];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let resources = order.map(|n| listed(pages[n].0, pages[n].1)).to_vec();
            let population = Population {
                resources,
                ..Population::default()
            };
            let inventory = Inventory::new(BTreeMap::from([(place.clone(), population)]));
            let told: Vec<_> = inventory
                .members("sns.topic")
                .map(|(_, resource)| (&*resource.arn, resource.fields[0].fact.clone()))
                .collect();
            assert_eq!(
                told,
                [("a", Fact::Text("1".into())), ("b", Fact::Text("1".into()))]
            );
        }
    }
}
