//! Which calls the selected checks need: the scan's plan, and the policy it prints.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::aws::{Plan, actions};
use crate::check::Check;
use crate::inventory::schema::{Kind, Schema};

/// Made by every scan: who is scanning, and which regions there are.
const ALWAYS: [&str; 2] = ["sts:GetCallerIdentity", "ec2:DescribeRegions"];

/// The calls these checks need.
pub fn plan<'a>(checks: impl IntoIterator<Item = &'a Check>, schema: &Schema) -> Plan {
    let mut calls: BTreeSet<String> = ALWAYS.map(str::to_owned).into();
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

/// The least-privilege IAM policy that allows a plan.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
pub fn policy(plan: &Plan) -> Value {
    let allowed: BTreeSet<String> = plan
        .calls()
        .filter_map(|call| call.split_once(':'))
        .map(|(service, operation)| actions::action(service, operation))
        .filter(|action| !action.is_empty())
        .collect();
    json!({
        "Version": "2012-10-17",
        "Statement": [{ "Sid": "TieoutRead", "Effect": "Allow", "Action": allowed, "Resource": "*" }],
    })
}
