//! How many resources of each account break the tag policies of the organization.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::Seen;
use crate::aws::{Api, Protocol, Question, Reply, Turn, gather};
use crate::inventory::{Read, Told};

/// AWS answers in one region of a partition, and of others than the first we do not know in which.
/// <https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetComplianceSummary.html>
const TAGGING: Api = Api::new(
    "resourcegroupstaggingapi",
    Protocol::Json {
        version: "1.1",
        target: "ResourceGroupsTaggingAPI_20170126",
    },
)
.alone(&[("aws", "tagging.us-east-1.amazonaws.com", "us-east-1")]);

/// Numbers by account; none where AWS does not say: only the management account is told, and only of an organization
/// whose tag policies report.
pub(super) async fn breaches(seen: &Seen<'_>) -> Read<Option<BTreeMap<String, i64>>> {
    let nothing = |source| {
        Ok(Told {
            value: None,
            source,
        })
    };
    if !seen.manages() || *seen.site.partition != *"aws" {
        return nothing(seen.source.clone());
    }
    let first = match summary(seen, None).await {
        Reply::Absent(source) => return nothing(source),
        first @ (Reply::Told(_) | Reply::Gap(_)) => first,
    };
    let first = std::cell::Cell::new(Some(first));
    let rows = gather(
        async |token| match first.take() {
            Some(first) => first,
            None => summary(seen, token).await,
        },
        |page| Turn::to(page.token.as_deref()),
        |page| Ok(page.rows.clone()),
    )
    .await?;
    Ok(rows.map(|rows| {
        let mut found = BTreeMap::new();
        for row in rows {
            let count: &mut i64 = found.entry(row.target).or_insert(0);
            *count = count.saturating_add(row.breaking);
        }
        Some(found)
    }))
}

async fn summary(seen: &Seen<'_>, token: Option<String>) -> Reply<Page> {
    let input = json!({ "GroupBy": ["TARGET_ID"], "MaxResults": 100, "PaginationToken": token });
    seen.site
        .tell(&TAGGING, "GetComplianceSummary", Question::json(input), "")
        .await
}

#[derive(Debug, Deserialize)]
struct Page {
    #[serde(rename = "SummaryList")]
    rows: Vec<Row>,
    /// Empty text on the last page.
    #[serde(rename = "PaginationToken")]
    token: Option<String>,
}

/// <https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_Summary.html>
#[derive(Debug, Clone, Deserialize)]
struct Row {
    #[serde(rename = "TargetId")]
    target: String,
    #[serde(rename = "NonCompliantResources")]
    breaking: i64,
}
