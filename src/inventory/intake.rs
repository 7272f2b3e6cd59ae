//! Where collectors put what they read. Collecting cannot fail: it comes back incomplete and says where.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::schema::{Field, Fields, Schema, Shape};
use super::share::Pool;
use super::{Call, Fact, Gap, Inventory, Place, Population, Reason, Resource, Source, Sourced};

/// Who a resource is, beside its facts.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Amazon Resource Name.
    pub arn: String,
    /// The name people use.
    pub name: String,
}

/// Collects resources, populations and gaps from many tasks at once.
#[derive(Debug)]
pub struct Intake {
    /// `aws`, `aws-cn`, `aws-us-gov`: the first part of every ARN.
    partition: String,
    populations: Mutex<BTreeMap<Place, Population>>,
    /// Facets of the singletons, until all services have spoken.
    facets: Mutex<BTreeMap<Place, BTreeMap<&'static str, Sourced>>>,
    /// Fields of singletons that have no value because AWS does not have the service there, and the call that told so.
    unoffered: Mutex<BTreeMap<Place, BTreeMap<&'static str, Source>>>,
    pool: Mutex<Pool>,
}

impl Intake {
    /// An empty intake for accounts of one partition.
    pub fn new(partition: &str) -> Self {
        Self {
            partition: partition.to_owned(),
            populations: Mutex::default(),
            facets: Mutex::default(),
            unoffered: Mutex::default(),
            pool: Mutex::default(),
        }
    }

    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub fn partition(&self) -> &str {
        &self.partition
    }

    /// The population of a kind in a place, as listed by one call; call it for every page, also for an empty one,
    /// so that "there are none" has its evidence.
    pub fn listed<K: Fields>(&self, account: &str, region: &str, source: &Source) {
        self.population::<K>(account, region, |population| {
            population.sources.push(source.clone())
        });
    }

    /// One resource. It joins the population of its account and region.
    pub fn add<K: Fields>(&self, account: &str, region: &str, identity: Identity, fields: K) {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let resource = Resource {
            arn: identity.arn.into(),
            name: identity.name.into(),
            account: account.into(),
            region: region.into(),
            fields: fields
                .into_fields()
                .into_iter()
                .map(|(_, field)| Sourced {
                    fact: pool.share(field.fact),
                    ..field
                })
                .collect(),
        };
        drop(pool);
        self.population::<K>(account, region, |population| {
            population.resources.push(resource)
        });
    }

    /// The population of a kind in a place may lack members.
    pub fn incomplete<K: Fields>(&self, account: &str, region: &str, gap: Arc<Gap>) {
        self.population::<K>(account, region, |population| population.gaps.push(gap));
    }

    /// The populations of a service's kinds in a place of which nothing at all was read, for such a reason each time.
    pub fn unread(
        &self,
        account: &str,
        region: &str,
        service: &str,
        why: impl Fn(&Gap) -> bool,
    ) -> Vec<Place> {
        let populations = self
            .populations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let here = populations.iter().filter(|(place, population)| {
            let of = place.kind.split('.').next() == Some(service);
            let nothing = population.sources.is_empty() && population.resources.is_empty();
            let known = !population.gaps.is_empty() && population.gaps.iter().all(|gap| why(gap));
            of && *place.account == *account && *place.region == *region && nothing && known
        });
        here.map(|(place, _)| place.clone()).collect()
    }

    /// A population of which another call told that it has no members: its gaps are settled.
    pub fn empty(&self, place: &Place, source: &Source) {
        let mut populations = self
            .populations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let population = populations.entry(place.clone()).or_default();
        population.gaps.clear();
        population.sources.push(source.clone());
    }

    /// What one service knows of the account or region as a whole.
    pub fn facet<K: Fields>(&self, account: &str, region: &str, fields: K) {
        let place = Place {
            kind: K::KIND.into(),
            account: account.into(),
            region: region.into(),
        };
        let mut facets = self.facets.lock().unwrap_or_else(PoisonError::into_inner);
        facets
            .entry(place)
            .or_default()
            .extend(fields.into_fields());
    }

    /// The facts of a region as a whole that were not read, for such a reason.
    pub fn unread_facts(
        &self,
        account: &str,
        region: &str,
        why: impl Fn(&Gap) -> bool,
    ) -> Vec<(Place, &'static str)> {
        let facets = self.facets.lock().unwrap_or_else(PoisonError::into_inner);
        let here = facets
            .iter()
            .filter(|(place, _)| *place.account == *account && *place.region == *region);
        let unread = here.flat_map(|(place, told)| {
            let those = told
                .iter()
                .filter(|(_, field)| matches!(&field.fact, Fact::Gap(gap) if why(gap)));
            those.map(|(name, _)| (place.clone(), *name))
        });
        unread.collect()
    }

    /// A fact of a region of which another call told that AWS does not have its service there: there is no such value.
    pub fn not_offered(&self, place: &Place, field: &'static str, source: &Source) {
        let mut unoffered = self
            .unoffered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        unoffered
            .entry(place.clone())
            .or_default()
            .insert(field, source.clone());
    }

    /// The finished inventory.
    ///
    /// `expected` are the places that were read. Singletons are there in each of theirs with every field of their
    /// kind: what no service contributed was not asked for, and says so. A population that its collector came back
    /// without is there too, with a gap: nothing vanishes, not even by a mistake of ours. One that was not expected, and
    /// of which all that is known is that nobody asked, is none: no check is about it.
    pub fn finish(self, schema: &Schema, expected: impl IntoIterator<Item = Place>) -> Inventory {
        let expected: BTreeSet<Place> = expected.into_iter().collect();
        let mut populations = self
            .populations
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let mut facets = self
            .facets
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let unoffered = self
            .unoffered
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        populations
            .retain(|place, population| expected.contains(place) || !unasked_for(population));
        for place in expected {
            let Some(kind) = schema.kind(&place.kind) else {
                continue;
            };
            if kind.singleton {
                facets.entry(place).or_default();
            } else {
                populations
                    .entry(place)
                    .or_insert_with_key(|place| Population {
                        gaps: vec![gap(
                            place,
                            kind.listed_by,
                            Reason::Broken,
                            "it was not listed, for a reason unknown",
                        )],
                        ..Population::default()
                    });
            }
        }
        for (place, mut told) in facets {
            let Some(kind) = schema.kind(&place.kind) else {
                continue;
            };
            let own = kind.fields.iter().filter(|field| !field.shape.is_link());
            let unoffered = unoffered.get(&place);
            let fields = own
                .map(|field| {
                    let told = told
                        .remove(field.name)
                        .unwrap_or_else(|| Sourced::gap(not_asked(&place, field.from)));
                    let none = unoffered.and_then(|those| none(field, those.get(field.name)?));
                    none.unwrap_or(told)
                })
                .collect();
            let resource = Resource {
                arn: singleton_arn(&self.partition, &place).into(),
                name: if kind.name == "account" {
                    place.account.clone()
                } else {
                    place.region.clone()
                },
                account: place.account.clone(),
                region: place.region.clone(),
                fields,
            };
            populations
                .entry(place)
                .or_default()
                .resources
                .push(resource);
        }
        Inventory::new(populations)
    }

    fn population<K: Fields>(
        &self,
        account: &str,
        region: &str,
        change: impl FnOnce(&mut Population),
    ) {
        let place = Place {
            kind: K::KIND.into(),
            account: account.into(),
            region: region.into(),
        };
        let mut populations = self
            .populations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        change(populations.entry(place).or_default());
    }
}

/// What a field says where there is nothing that it could be about: *none*, or an empty list. One that can say neither stays
/// as it is.
fn none(field: &Field, source: &Source) -> Option<Sourced> {
    let fact = match &field.shape {
        Shape::Optional(_) => Fact::Null,
        Shape::List(_) => Fact::List(Arc::from([])),
        Shape::Map(_) => Fact::Map(Arc::default()),
        Shape::Bool
        | Shape::Int
        | Shape::Double
        | Shape::Text
        | Shape::Time
        | Shape::Record(_)
        | Shape::One(_)
        | Shape::Many(_) => return None,
    };
    Some(Sourced {
        fact,
        source: Some(source.clone()),
    })
}

/// Whether no call that would list it was made, or a call of several that would was left out.
fn unasked_for(population: &Population) -> bool {
    let asked = |gap: &Arc<Gap>| gap.reason != Reason::NotAsked;
    population.resources.is_empty()
        && (population.sources.is_empty() || !population.gaps.is_empty())
        && !population.gaps.iter().any(asked)
}

/// An account goes by the ARN of its root. AWS has no ARN for a region; ours follows the form of the others.
fn singleton_arn(partition: &str, place: &Place) -> String {
    if place.kind.as_ref() == "account" {
        format!("arn:{partition}:iam::{}:root", place.account)
    } else {
        format!(
            "arn:{partition}:ec2:{}:{}:{}",
            place.region, place.account, place.kind
        )
    }
}

/// The gap of a fact no call was made for.
pub fn not_asked(place: &Place, from: &[&str]) -> Arc<Gap> {
    gap(
        place,
        from,
        Reason::NotAsked,
        "this scan did not make the call",
    )
}

fn gap(place: &Place, from: &[&str], reason: Reason, message: &str) -> Arc<Gap> {
    let (service, operation) = from
        .first()
        .and_then(|call| call.split_once(':'))
        .unwrap_or(("tieout", "none"));
    Arc::new(Gap {
        service: service.to_owned(),
        operation: operation.to_owned(),
        account: place.account.to_string(),
        region: place.region.to_string(),
        parameters: String::new(),
        reason,
        code: None,
        message: message.to_owned(),
        action: String::new(),
        request_id: None,
    })
}

/// A source for facts that tests and examples make up.
pub fn example_source(account: &str, region: &str) -> Source {
    Arc::new(Call {
        service: "example".to_owned(),
        operation: "Given".to_owned(),
        account: account.to_owned(),
        region: region.to_owned(),
        parameters: String::new(),
        request_id: None,
        at: jiff::Timestamp::UNIX_EPOCH,
        sha256: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::kinds::{schema, sns};

    fn place(kind: &str) -> Place {
        Place {
            kind: kind.into(),
            account: "111122223333".into(),
            region: "eu-west-1".into(),
        }
    }

    /// The topics of a place as they come out, after the gap of a listing with that reason.
    fn topics(reason: Reason, expected: &[Place]) -> Option<usize> {
        let intake = Intake::new("aws");
        let listing = gap(&place("sns.topic"), &["sns:ListTopics"], reason, "no");
        intake.incomplete::<sns::Topic>("111122223333", "eu-west-1", listing);
        let inventory = intake.finish(&schema(), expected.to_vec());
        let mut found = inventory
            .of_kind("sns.topic")
            .map(|(_, population)| population.gaps.len());
        found.next()
    }

    #[test]
    fn what_no_check_needs_and_nobody_asked_for_is_no_population() {
        let wanted = [place("sns.topic")];
        assert_eq!(topics(Reason::NotAsked, &[]), None);
        assert_eq!(topics(Reason::NotAsked, &wanted), Some(1));
        assert_eq!(topics(Reason::Denied, &[]), Some(1));
    }

    #[test]
    fn a_place_that_nothing_came_back_from_has_a_gap() {
        let inventory = Intake::new("aws").finish(&schema(), [place("sns.topic")]);
        let (_, population) = inventory.of_kind("sns.topic").next().unwrap();
        assert_eq!(population.gaps.len(), 1);
    }
}
