//! CloudFormation: stacks with their drift, protection and what their parameters and outputs give away; stack sets.

mod resources;
mod stack;

use std::cell::RefCell;

use serde::Deserialize;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, list, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cloudformation::{Stack, StackSet};

use stack::Described;

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "cloudformation",
    Protocol::Query {
        version: "2010-05-15",
    },
);

/// Reads the stacks and stack sets of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(stacks(site, intake), stack_sets(site, intake));
}

async fn stacks(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let ids = RefCell::new(None);
    let listing = pages(
        async |token| {
            let question = Question::form().with("NextToken", token);
            site.tell::<Stacks>(&API, "DescribeStacks", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Stack>(account, region, &page.source);
            let made: Vec<_> = page
                .value
                .stacks
                .iter()
                .filter(|one| one.is_made())
                .collect();
            let before = ids
                .take()
                .map_or_else(Vec::new, |told: Told<Vec<String>>| told.value);
            let here = made.iter().map(|stack| stack.id.clone());
            ids.replace(Some(Told {
                value: before.into_iter().chain(here).collect(),
                source: page.source.clone(),
            }));
            each(made, async |stack| {
                stack::one(site, intake, page, stack).await
            })
            .await;
            Ok(())
        },
    );
    let all = match (listing.await, ids.into_inner()) {
        (Err(gap), _) => {
            intake.incomplete::<Stack>(account, region, gap.clone());
            Err(gap)
        }
        (Ok(()), Some(told)) => Ok(told),
        (Ok(()), None) => return,
    };
    resources::collect(site, intake, all).await;
}

#[derive(Debug, Deserialize)]
struct Stacks {
    #[serde(rename = "Stacks")]
    stacks: Vec<Described>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

async fn stack_sets(site: &Site, intake: &Intake) {
    list::<StackSet, StackSets>(
        site,
        intake,
        async |token| {
            let question = Question::form()
                .with("Status", Some("ACTIVE"))
                .with("NextToken", token);
            site.tell(&API, "ListStackSets", question, "status=active")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            let (partition, region, account) = (&site.partition, &site.region, &site.account);
            for set in &page.value.sets {
                let fields = StackSet {
                    name: page.fact(set.name.clone()),
                    drift: page.fact(set.drift.clone()),
                    drift_checked: page.fact(set.checked.map(|at| at.0)),
                };
                let id = &set.id;
                let identity = Identity {
                    arn: format!("arn:{partition}:cloudformation:{region}:{account}:stackset/{id}"),
                    name: set.name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct StackSets {
    #[serde(rename = "Summaries")]
    sets: Vec<Summary>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetSummary.html>
#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "StackSetName")]
    name: String,
    #[serde(rename = "StackSetId")]
    id: String,
    #[serde(rename = "DriftStatus")]
    drift: String,
    /// Left out where drift was never looked for.
    #[serde(rename = "LastDriftCheckTimestamp")]
    checked: Option<Moment>,
}
