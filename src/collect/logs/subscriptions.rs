//! Subscription filters: where the events of a log group go as they come, or those of every group of the account.

use serde::Deserialize;
use serde_json::json;

use super::policies::{API, Policy};
use crate::aws::{Missing, Question, Site, Turn, list, missing, pages};
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
                    destination_account: page.read(|_| owner(&filter.destination)),
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

/// Reads the subscription filters that the account has for all its groups of one region.
pub(super) async fn of_account(site: &Site, intake: &Intake) {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    list::<Subscription, Policies>(
        site,
        intake,
        async |token| {
            let input = json!({ "policyType": KIND, "nextToken": token });
            site.tell(&API, "DescribeAccountPolicies", Question::json(input), "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for policy in &page.value.policies {
                let name = &policy.name;
                let destination = || -> Result<String, Missing> {
                    let document: Document = serde_json::from_str(&policy.document)
                        .map_err(|error| Missing(format!("{name} is no subscription: {error}")))?;
                    Ok(document.destination)
                };
                let fields = Subscription {
                    name: page.fact(name.clone()),
                    log_group: page.fact(EVERY.to_owned()),
                    destination_arn: page.read(|_| destination()),
                    destination_account: page.read(|_| owner(&destination()?)),
                };
                let identity = Identity {
                    // AWS gives these policies no ARN of their own.
                    arn: format!(
                        "arn:{partition}:logs:{region}:{account}:account-policy:{KIND}:{name}"
                    ),
                    name: format!("{name} of every log group"),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// The policies of an account that are about subscriptions.
const KIND: &str = "SUBSCRIPTION_FILTER_POLICY";

/// Stands for every log group.
const EVERY: &str = "*";

/// The account that a destination is in.
fn owner(destination: &str) -> Result<String, Missing> {
    let owner = account_of(destination).ok_or_else(|| missing("the account of a destination"))?;
    Ok(owner.to_owned())
}

/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeAccountPolicies.html>
#[derive(Debug, Deserialize)]
struct Policies {
    #[serde(rename = "accountPolicies")]
    policies: Vec<Policy>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html>
#[derive(Debug, Deserialize)]
struct Document {
    #[serde(rename = "DestinationArn")]
    destination: String,
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
