//! The Tagging API: how many resources carry which tag.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Tag, Turn, gather, tags};
use crate::inventory::intake::Intake;
use crate::inventory::kinds::resourcegroupstaggingapi::Tagging;

/// <https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "resourcegroupstaggingapi",
    Protocol::Json {
        version: "1.1",
        target: "ResourceGroupsTaggingAPI_20170126",
    },
)
.at("tagging", "tagging");

/// Counts the tags of one region. The resources themselves are the other services' to tell.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let keys = gather(
        async |token| {
            let input = json!({ "ResourcesPerPage": 100, "PaginationToken": token });
            site.tell::<Page>(&API, "GetResources", Question::json(input), "")
                .await
        },
        |page| Turn::to(page.token.as_deref()),
        |page| {
            let all = page.resources.iter();
            Ok(all
                .map(|one| tags(&one.tags).into_keys().collect())
                .collect::<Vec<Vec<String>>>())
        },
    )
    .await;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let fields = Tagging {
        taggable: match &keys {
            Ok(told) => told.fact(count(told.value.len())),
            Err(gap) => Err(gap.clone()),
        },
        tagged: keys.map(|told| {
            told.map(|all| {
                let mut counted: BTreeMap<String, i64> = BTreeMap::new();
                for key in all.into_iter().flatten() {
                    let number = counted.entry(key).or_default();
                    *number = number.saturating_add(1);
                }
                counted
            })
        }),
    };
    intake.facet(&site.account, &site.region, fields);
}

/// <https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html>
#[derive(Debug, Deserialize)]
struct Page {
    #[serde(rename = "ResourceTagMappingList")]
    resources: Vec<Resource>,
    /// Empty text on the last page.
    #[serde(rename = "PaginationToken")]
    token: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Resource {
    /// Always there: an answer without it is none.
    #[serde(rename = "ResourceARN")]
    _arn: String,
    #[serde(rename = "Tags")]
    tags: Vec<Tag>,
}
