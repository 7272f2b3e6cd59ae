//! How many resources of each type AWS Config has found.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::config::ResourceCount;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<ResourceCount, Counts>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "limit": 100, "nextToken": token }));
            site.tell(&API, "GetDiscoveredResourceCounts", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for count in &page.value.resource_counts {
                let r#type = &count.resource_type;
                let service = r#type.split("::").nth(1);
                let fields = ResourceCount {
                    r#type: page.fact(r#type.clone()),
                    service: page.fact(service.map_or_else(|| r#type.clone(), str::to_owned)),
                    count: page.fact(count.count),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    // A type has no ARN; this follows the form of Config's own.
                    arn: format!(
                        "arn:{partition}:config:{region}:{account}:resource-count/{}",
                        count.resource_type
                    ),
                    name: r#type.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_GetDiscoveredResourceCounts.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    resource_counts: Vec<Count>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Count {
    resource_type: String,
    count: i64,
}
