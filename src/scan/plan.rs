//! Which calls the selected checks need: the scan's plan, and the policy it prints.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::aws::{Plan, actions, session};
use crate::check::Check;
use crate::inventory::schema::{Kind, Schema};

/// The calls these checks need.
pub fn plan<'a>(checks: impl IntoIterator<Item = &'a Check>, schema: &Schema) -> Plan {
    let mut calls: BTreeSet<String> = session::CALLS.map(str::to_owned).into();
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
    statement: [Statement; 1],
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
    /// Characters, as IAM counts them.
    pub fn size(&self) -> usize {
        let text = serde_json::to_string(self).unwrap_or_else(|error| error.to_string());
        text.chars()
            .filter(|letter| !letter.is_whitespace())
            .count()
    }
}

/// The least-privilege IAM policy that allows a plan.
pub fn policy(plan: &Plan) -> Policy {
    let allowed = plan
        .calls()
        .filter_map(|call| call.split_once(':'))
        .map(|(service, operation)| actions::action(service, operation))
        .filter(|action| !action.is_empty());
    Policy {
        version: "2012-10-17",
        statement: [Statement {
            sid: "TieoutRead",
            effect: "Allow",
            action: allowed.collect(),
            // Listings take no other, and what is listed may be anything.
            resource: "*",
        }],
    }
}
