//! The Tagging API: how many resources carry which tag, and whom they name as their owners.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Tag, Turn, gather, tags};
use crate::inventory::Read;
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

/// The key of the tags that name an owner.
const OWNER: &str = "owner";

/// Counts the tags of one region. The resources themselves are the other services' to tell.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let all_tags = gather(
        async |token| {
            let input = json!({ "ResourcesPerPage": 100, "PaginationToken": token });
            site.tell::<Page>(&API, "GetResources", Question::json(input), "")
                .await
        },
        |page| Turn::to(page.token.as_deref()),
        |page| {
            let all = page.resources.iter();
            Ok(all.map(|one| tags(&one.tags)).collect::<Vec<_>>())
        },
    )
    .await;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let fields = Tagging {
        taggable: read(&all_tags, |all| count(all.len())),
        tagged: read(&all_tags, |all| {
            let mut counted: BTreeMap<String, i64> = BTreeMap::new();
            for key in all.iter().flat_map(BTreeMap::keys) {
                let number = counted.entry(key.clone()).or_default();
                *number = number.saturating_add(1);
            }
            counted
        }),
        owners: read(&all_tags, |all| {
            let named = all.iter().flatten();
            let owners = named.filter(|(key, _)| key.eq_ignore_ascii_case(OWNER));
            let once: BTreeSet<&String> = owners.map(|(_, value)| value).collect();
            once.into_iter().cloned().collect()
        }),
    };
    intake.facet(&site.account, &site.region, fields);
}

/// The tags of every resource of a region.
type All = Vec<BTreeMap<String, String>>;

fn read<T>(all: &Read<All>, fact: impl FnOnce(&All) -> T) -> Read<T> {
    let all = all.as_ref().map_err(Clone::clone)?;
    all.fact(fact(&all.value))
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
