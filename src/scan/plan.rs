//! Which calls the selected checks need: the scan's plan, and the policy it prints.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::aws::{CALLS, Plan, actions, offered};
use crate::check::Check;
use crate::inventory::schema::{Kind, Schema};

/// The calls these checks need.
pub fn plan<'a>(checks: impl IntoIterator<Item = &'a Check>, schema: &Schema) -> Plan {
    let mut calls: BTreeSet<String> = CALLS.map(str::to_owned).into();
    let mut need = |names: &[&str]| calls.extend(names.iter().map(|name| (*name).to_owned()));
    for check in checks {
        let listed = |kind: &Kind, need: &mut dyn FnMut(&[&str])| need(kind.listed_by);
        if let Some(kind) = schema.kind(&check.resource) {
            listed(kind, &mut need);
        }
        for rule in check.when.iter().chain([&check.require]) {
            for kind in rule
                .reads()
                .populations
                .iter()
                .filter_map(|name| schema.kind(name))
            {
                listed(kind, &mut need);
            }
            for (kind, field) in &rule.reads().fields {
                let Some(kind) = schema.kind(kind) else {
                    continue;
                };
                listed(kind, &mut need);
                if let Some((_, field)) = kind.field(field) {
                    need(field.from);
                }
            }
        }
    }
    Plan::new(calls)
}

/// Characters that IAM takes in a managed policy. White space is not counted.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub const MANAGED: usize = 6_144;

/// An IAM policy, in the order in which people write one.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    version: &'static str,
    statement: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    sid: &'static str,
    effect: &'static str,
    action: BTreeSet<String>,
    resource: &'static str,
}

impl Policy {
    fn of(action: BTreeSet<String>) -> Self {
        Self {
            version: "2012-10-17",
            statement: vec![Statement {
                sid: "TieoutRead",
                effect: "Allow",
                action,
                // Listings take no other, and what is listed may be anything.
                resource: "*",
            }],
        }
    }

    /// With leave to read what AWS publishes of its regions, and no parameter of the account's own.
    fn with_published(mut self) -> Self {
        self.statement.push(Statement {
            sid: "TieoutPublished",
            effect: "Allow",
            action: BTreeSet::from([offered::CALL.to_owned()]),
            resource: offered::PUBLISHED,
        });
        self
    }

    /// Characters, as IAM counts them.
    pub fn size(&self) -> usize {
        let text = serde_json::to_string(self).unwrap_or_else(|error| error.to_string());
        text.chars()
            .filter(|letter| !letter.is_whitespace())
            .count()
    }
}

/// The actions of a plan that are allowed on everything.
fn actions_of(plan: &Plan) -> BTreeSet<String> {
    let calls = plan.calls().filter(|call| *call != offered::CALL);
    calls
        .filter_map(|call| call.split_once(':'))
        .map(|(service, operation)| actions::action(service, operation))
        .filter(|action| !action.is_empty())
        .collect()
}

/// The least-privilege IAM policy that allows a plan.
pub fn policy(plan: &Plan) -> Policy {
    Policy::of(actions_of(plan)).with_published()
}

/// The same in as many policies as it takes for each to fit a managed one. What is allowed of a service stands in one of
/// them, and services stand in the order of their names.
pub fn policies(plan: &Plan) -> Vec<Policy> {
    let mut services: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for action in actions_of(plan) {
        let service = action.split(':').next().unwrap_or(&action).to_owned();
        services.entry(service).or_default().insert(action);
    }
    let mut parts: Vec<Policy> = Vec::new();
    let mut part = BTreeSet::new();
    for actions in services.into_values() {
        let more: BTreeSet<String> = part.union(&actions).cloned().collect();
        // The first has the statement on what is published, and the others are held to the same length.
        if !part.is_empty() && Policy::of(more.clone()).with_published().size() > MANAGED {
            parts.push(Policy::of(std::mem::replace(&mut part, actions)));
        } else {
            part = more;
        }
    }
    parts.push(Policy::of(part));
    if let Some(first) = parts.first_mut() {
        *first = first.clone().with_published();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(services: usize, operations: usize) -> Plan {
        let calls = (0..services).flat_map(|service| {
            (0..operations).map(move |n| format!("service{service:03}:DescribeSomethingLong{n:03}"))
        });
        Plan::new(calls.chain([offered::CALL.to_owned()]))
    }

    /// The services of each policy, and all actions.
    fn taken_apart(parts: &[Policy]) -> (Vec<BTreeSet<String>>, BTreeSet<String>) {
        let service = |action: &String| action.split(':').next().unwrap_or(action).to_owned();
        let of = |part: &Policy| {
            let allowed = part.statement.iter().flat_map(|one| &one.action);
            allowed.map(service).collect()
        };
        let all = parts.iter().flat_map(|part| &part.statement);
        (
            parts.iter().map(of).collect(),
            all.flat_map(|one| one.action.clone()).collect(),
        )
    }

    #[test]
    fn a_policy_that_is_too_long_for_one_comes_in_several_that_fit() {
        let plan = plan(40, 12);
        let whole = policy(&plan);
        assert!(whole.size() > MANAGED);
        let parts = policies(&plan);
        assert!(parts.len() > 1);
        for part in &parts {
            assert!(part.size() <= MANAGED, "{}", part.size());
        }
        let (services, actions) = taken_apart(&parts);
        assert_eq!(actions, taken_apart(&[whole]).1, "nothing is lost or added");
        for (n, one) in services.iter().enumerate() {
            let others = services.iter().skip(n + 1);
            assert!(others.clone().all(|other| one.is_disjoint(other)));
        }
        assert_eq!(parts, policies(&plan), "the same each time");
    }

    #[test]
    fn what_fits_one_policy_stays_one() {
        let plan = plan(3, 3);
        assert_eq!(policies(&plan), [policy(&plan)]);
    }

    #[test]
    fn no_parameter_of_the_account_may_be_read() {
        let whole = policy(&plan(1, 1));
        let anywhere = whole.statement.iter().filter(|one| one.resource == "*");
        let mut actions = anywhere.flat_map(|one| &one.action);
        assert!(actions.all(|action| action != offered::CALL));
    }
}
