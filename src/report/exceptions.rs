//! Exceptions made in AWS itself: findings that a service was told to suppress, controls that were switched off there,
//! resources that a remediation leaves alone. They are waivers in another system, so a report lists every one of them,
//! whatever the checks say of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::value;
use crate::inventory::schema::Schema;
use crate::inventory::{Inventory, Source};

/// The kinds that are exceptions, and what they are.
const KINDS: [(&str, &str); 9] = [
    (
        "accessanalyzer.archive_rule",
        "IAM Access Analyzer: rules that archive findings as they come",
    ),
    (
        "config.remediation_exception",
        "AWS Config: resources that a remediation leaves alone",
    ),
    (
        "guardduty.suppression",
        "GuardDuty: filters that archive findings as they come",
    ),
    (
        "guardduty.trusted_list",
        "GuardDuty: lists of addresses of which it tells nothing",
    ),
    (
        "inspector2.suppression",
        "Amazon Inspector: filters that suppress findings",
    ),
    (
        "macie2.suppression",
        "Macie: filters that archive findings as they come",
    ),
    (
        "securityhub.automation_rule",
        "Security Hub: rules that suppress, resolve or play down findings as they come",
    ),
    (
        "securityhub.disabled_control",
        "Security Hub: controls that were switched off",
    ),
    (
        "securityhub.suppression",
        "Security Hub: findings that were suppressed",
    ),
];

/// The exceptions of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct Suppressions {
    /// The kind. `populations` has its listings, with the calls that made them.
    pub kind: &'static str,
    /// What they are.
    pub title: &'static str,
    /// Whether the run asked for them. A run that judges a part of the checks asks for what these need.
    pub asked: bool,
    /// How many were listed.
    pub discovered: u64,
    /// Whether that is all of them, in every place that was read.
    pub complete: bool,
    /// Each of them, by account, region and ARN.
    pub members: Vec<Suppression>,
}

/// One exception.
#[derive(Debug, Clone, Serialize)]
pub struct Suppression {
    /// ARN.
    pub resource: Arc<str>,
    /// The name people use.
    pub name: Arc<str>,
    /// Twelve digits.
    pub account: Arc<str>,
    /// Region, or `global`.
    pub region: Arc<str>,
    /// What AWS says of it, by name of the fact.
    pub facts: BTreeMap<&'static str, Value>,
    /// The call that told.
    pub call: Option<Source>,
}

/// Every exception of an inventory, by kind.
pub fn of(inventory: &Inventory, schema: &Schema) -> Vec<Suppressions> {
    KINDS
        .into_iter()
        .map(|(kind, title)| {
            let populations: Vec<_> = inventory.of_kind(kind).map(|(_, found)| found).collect();
            let known = schema.kind(kind).into_iter();
            let names: Vec<&'static str> = known
                .flat_map(|kind| kind.fields.iter().map(|field| field.name))
                .collect();
            let resources = || populations.iter().flat_map(|found| &found.resources);
            let members: Vec<Suppression> = resources()
                .map(|resource| {
                    let facts = names.iter().copied().zip(&resource.fields);
                    Suppression {
                        resource: resource.arn.clone(),
                        name: resource.name.clone(),
                        account: resource.account.clone(),
                        region: resource.region.clone(),
                        facts: facts
                            .map(|(name, field)| (name, value::of(&field.fact, inventory)))
                            .collect(),
                        call: resource
                            .fields
                            .iter()
                            .find_map(|field| field.source.clone()),
                    }
                })
                .collect();
            Suppressions {
                kind,
                title,
                asked: !populations.is_empty(),
                discovered: members.len() as u64,
                complete: populations.iter().all(|found| found.gaps.is_empty()),
                members,
            }
        })
        .collect()
}
