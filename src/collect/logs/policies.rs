//! Resource policies of CloudWatch Logs: who else may write into the log groups of a region.

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::statements;
use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::logs::ResourcePolicy;

pub(super) const API: Api = Api::new(
    "logs",
    Protocol::Json {
        version: "1.1",
        target: "Logs_20140328",
    },
);

/// Reads the policies of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<ResourcePolicy, Policies>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell(&API, "DescribeResourcePolicies", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for policy in &page.value.policies {
                let fields = ResourcePolicy {
                    name: page.fact(policy.name.clone()),
                    policy: page.read(|_| statements(&policy.document)),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    // AWS gives these policies no ARN of their own.
                    arn: format!(
                        "arn:{partition}:logs:{region}:{account}:resource-policy:{}",
                        policy.name
                    ),
                    name: policy.name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ResourcePolicy.html>
#[derive(Debug, Deserialize)]
struct Policies {
    #[serde(rename = "resourcePolicies")]
    policies: Vec<Policy>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// A policy of a region or of the account: both have this form.
#[derive(Debug, Deserialize)]
pub(super) struct Policy {
    #[serde(rename = "policyName")]
    pub(super) name: String,
    #[serde(rename = "policyDocument")]
    pub(super) document: String,
}
