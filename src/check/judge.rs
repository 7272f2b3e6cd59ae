//! Checks × inventory → verdicts. Pure: the same inventory and moment give the same verdicts in the same order.
//!
//! A population that was never listed is not here to be judged: that every place in scope has its entry, if only
//! with a gap, is for the scan to see to.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::expr::{Judgement, Subject, Truth};
use super::{About, Check, Outcome, Path, Reading, Verdict};
use crate::inventory::{Fact, Gap, Inventory, Place, Reason, Resource};

/// Says of each resource what each check says of it: in the order of the checks, then of account and region, then
/// of ARN. What a population lacks is a verdict of its own, *unknown*, after its resources.
pub fn judge<'a>(
    checks: &'a [Check],
    inventory: &'a Inventory,
    now: Timestamp,
    mut sink: impl FnMut(Verdict<'a>),
) {
    let singletons = Singletons::of(inventory);
    for check in checks {
        let params: Vec<Fact> = check.params.values().cloned().collect();
        for (place, population) in inventory.of_kind(&check.resource) {
            let account = singletons.find("account", place, crate::inventory::GLOBAL);
            let region = singletons.find("region", place, &place.region);
            let mut subject = population.resources.first().map(|resource| Subject {
                inventory,
                resource,
                account,
                region,
                params: &params,
                now,
            });
            for resource in &population.resources {
                if let Some(subject) = &mut subject {
                    subject.resource = resource;
                    let (outcome, evidence) = one(check, subject);
                    sink(Verdict {
                        check,
                        place,
                        about: About::Resource(resource),
                        outcome,
                        evidence,
                    });
                }
            }
            for gap in &population.gaps {
                sink(Verdict {
                    check,
                    place,
                    about: About::Unlisted(gap),
                    outcome: Outcome::Unknown,
                    evidence: Vec::new(),
                });
            }
        }
    }
}

/// What a check says of a resource, and what it rests on.
pub fn one(check: &Check, subject: &Subject<'_>) -> (Outcome, Vec<Reading>) {
    let mut evidence = Vec::new();
    if let Some(when) = &check.when {
        let applies = when.evaluate(subject);
        match applies.truth {
            Truth::True => evidence = applies.evidence,
            Truth::False => return (Outcome::NotApplicable, applies.evidence),
            Truth::Unknown => return (Outcome::Unknown, applies.evidence),
        }
    }
    let Judgement {
        truth,
        evidence: read,
    } = check.require.evaluate(subject);
    let outcome = match truth {
        Truth::True => Outcome::Pass,
        Truth::False => Outcome::Fail,
        Truth::Unknown => Outcome::Unknown,
    };
    (outcome, merged(evidence, read))
}

/// The readings of both rules, each place once.
fn merged(mut first: Vec<Reading>, then: Vec<Reading>) -> Vec<Reading> {
    if first.is_empty() {
        return then;
    }
    let known: HashSet<Path> = first.iter().map(|reading| reading.path.clone()).collect();
    first.extend(
        then.into_iter()
            .filter(|reading| !known.contains(&reading.path)),
    );
    first
}

/// The accounts and regions of an inventory.
struct Singletons<'a> {
    found: HashMap<&'a Place, &'a Resource>,
}

impl<'a> Singletons<'a> {
    fn of(inventory: &'a Inventory) -> Self {
        let found = ["account", "region"]
            .into_iter()
            .flat_map(|kind| inventory.of_kind(kind))
            .filter_map(|(place, population)| Some((place, population.resources.first()?)))
            .collect();
        Self { found }
    }

    /// The singleton a place belongs to; where the scan did not read it, that is a gap.
    fn find(
        &self,
        kind: &'static str,
        place: &Place,
        region: &str,
    ) -> Result<&'a Resource, Arc<Gap>> {
        let wanted = Place {
            kind: kind.into(),
            account: place.account.clone(),
            region: region.into(),
        };
        self.found.get(&wanted).copied().ok_or_else(|| {
            Arc::new(Gap {
                service: "tieout".to_owned(),
                operation: "Scan".to_owned(),
                account: wanted.account.to_string(),
                region: wanted.region.to_string(),
                parameters: kind.to_owned(),
                reason: Reason::NotAsked,
                code: None,
                message: format!("this scan did not read the {kind}"),
                action: String::new(),
                request_id: None,
            })
        })
    }
}
