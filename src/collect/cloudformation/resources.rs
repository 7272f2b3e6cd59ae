//! What the stacks of a region hold.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, gather};
use crate::inventory::intake::Intake;
use crate::inventory::kinds::cloudformation::StackResources;
use crate::inventory::{Read, Told};

/// Counts the resources of a region's stacks, by their type. All or nothing: one stack that could not be read may hold any.
pub(super) async fn collect(site: &Site, intake: &Intake, stacks: Read<Vec<String>>) {
    // A call for each stack: nothing to make in vain.
    if !site.plans_any(&["cloudformation:ListStackResources"]) {
        return;
    }
    let fields = StackResources {
        stack_resources: count(site, stacks).await,
    };
    intake.facet(&site.account, &site.region, fields);
}

/// Told by the last of the calls, as whoever adds up is done with the last number.
async fn count(site: &Site, stacks: Read<Vec<String>>) -> Read<BTreeMap<String, i64>> {
    let stacks = stacks?;
    let mut source = stacks.source;
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for stack in &stacks.value {
        let types = types(site, stack).await?;
        for one in types.value {
            let number = counted.entry(one).or_default();
            *number = number.saturating_add(1);
        }
        source = types.source;
    }
    Ok(Told {
        value: counted,
        source,
    })
}

async fn types(site: &Site, stack: &str) -> Read<Vec<String>> {
    let name = stack.rsplit(":stack/").next().unwrap_or(stack);
    let about = format!("stack={}", name.split('/').next().unwrap_or(name));
    gather(
        async |token| {
            let question = Question::form()
                .with("StackName", Some(stack))
                .with("NextToken", token);
            site.tell::<Page>(&API, "ListStackResources", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            let there = page.resources.iter().filter(|one| one.is_there());
            Ok(there.map(|one| one.kind.clone()).collect())
        },
    )
    .await
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html>
#[derive(Debug, Deserialize)]
struct Page {
    #[serde(rename = "StackResourceSummaries")]
    resources: Vec<Summary>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceSummary.html>
#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "ResourceType")]
    kind: String,
    #[serde(rename = "ResourceStatus")]
    status: String,
}

impl Summary {
    /// Whether there is such a resource: not one that was never made or is gone, or that the stack has let go of.
    fn is_there(&self) -> bool {
        !matches!(
            self.status.as_str(),
            "CREATE_FAILED" | "CREATE_IN_PROGRESS" | "DELETE_COMPLETE" | "DELETE_SKIPPED"
        )
    }
}
