//! Subscription filters: where the events of a log group go as they come.

use serde::Deserialize;
use serde_json::json;

use super::policies::API;
use crate::aws::{Question, Site, Turn, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::logs::Subscription;
use crate::inventory::kinds::statement::account_of;

/// Reads the subscription filters of one log group.
pub(super) async fn collect(site: &Site, intake: &Intake, group: &str) {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let about = format!("group={group}");
    let listing = pages(
        async |token| {
            let input = json!({ "logGroupName": group, "nextToken": token });
            let question = Question::json(input);
            site.tell::<Filters>(&API, "DescribeSubscriptionFilters", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Subscription>(account, region, &page.source);
            for filter in &page.value.filters {
                let name = &filter.name;
                let fields = Subscription {
                    name: page.fact(name.clone()),
                    log_group: page.fact(group.to_owned()),
                    destination_arn: page.fact(filter.destination.clone()),
                    destination_account: page.read(|_| {
                        let owner = account_of(&filter.destination);
                        let owner = owner.ok_or_else(|| missing("the account of a destination"))?;
                        Ok(owner.to_owned())
                    }),
                };
                let identity = Identity {
                    // AWS gives these filters no ARN of their own.
                    arn: format!(
                        "arn:{partition}:logs:{region}:{account}:log-group:{group}:subscription-filter:{name}"
                    ),
                    name: format!("{name} of {group}"),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Subscription>(account, region, gap);
    }
}

/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_SubscriptionFilter.html>
#[derive(Debug, Deserialize)]
struct Filters {
    #[serde(rename = "subscriptionFilters")]
    filters: Vec<Filter>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Filter {
    #[serde(rename = "filterName")]
    name: String,
    #[serde(rename = "destinationArn")]
    destination: String,
}
