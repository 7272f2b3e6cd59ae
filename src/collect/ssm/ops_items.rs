//! What OpsCenter holds that nobody has closed.

use serde::Deserialize;
use serde_json::json;

use super::{API, PAGE, arn};
use crate::aws::{Moment, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ssm::OpsItem;

/// What is not closed. Change requests have other states, and are none of these.
const OPEN: &[&str] = &["Open", "InProgress"];

pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<OpsItem, OpsItems>(
        site,
        intake,
        async |token| {
            let input = json!({
                "OpsItemFilters": [{ "Key": "Status", "Values": OPEN, "Operator": "Equal" }],
                "MaxResults": PAGE,
                "NextToken": token,
            });
            site.tell(
                &API,
                "DescribeOpsItems",
                Question::json(input),
                "status=open",
            )
            .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for item in &page.value.items {
                let fields = OpsItem {
                    id: page.fact(item.id.clone()),
                    status: page.fact(item.status.clone()),
                    source: page.fact(item.source.clone()),
                    category: page.fact(item.category.clone()),
                    severity: page.fact(item.severity.clone()),
                    created: page.fact(item.created.0),
                };
                let identity = Identity {
                    arn: arn(site, &format!("opsitem/{}", item.id)),
                    name: item.title.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct OpsItems {
    #[serde(rename = "OpsItemSummaries")]
    items: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_OpsItemSummary.html>
#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "OpsItemId")]
    id: String,
    #[serde(rename = "Title")]
    title: String,
    #[serde(rename = "Status")]
    status: String,
    #[serde(rename = "Source")]
    source: String,
    /// Left out where nobody said so.
    #[serde(rename = "Category")]
    category: Option<String>,
    /// Left out where nobody said so.
    #[serde(rename = "Severity")]
    severity: Option<String>,
    #[serde(rename = "CreatedTime")]
    created: Moment,
}
