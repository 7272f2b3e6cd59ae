//! Application Auto Scaling: what of ECS and DynamoDB scales, between which numbers, and by what.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::OnceCell;

use crate::aws::{Api, Protocol, Question, Site, Turn, gather, list};
use crate::inventory::Read;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::application_autoscaling::Target;

/// <https://docs.aws.amazon.com/autoscaling/application/APIReference/Welcome.html>
const API: Api = Api::new(
    "application-autoscaling",
    Protocol::Json {
        version: "1.1",
        target: "AnyScaleFrontendService",
    },
);

/// What is read; an answer is of one alone.
const NAMESPACES: &[&str] = &["dynamodb", "ecs"];

/// Reads what scales in one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    for namespace in NAMESPACES {
        targets(site, intake, namespace).await;
    }
}

async fn targets(site: &Site, intake: &Intake, namespace: &str) {
    let about = format!("namespace={namespace}");
    let policies = OnceCell::new();
    list::<Target, Targets>(
        site,
        intake,
        async |token| {
            let input = json!({ "ServiceNamespace": namespace, "NextToken": token });
            site.tell(&API, "DescribeScalableTargets", Question::json(input), &about)
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            if page.value.scalable_targets.is_empty() {
                return Ok(());
            }
            let policies = policies
                .get_or_init(|| read_policies(site, namespace, &about))
                .await;
            for target in &page.value.scalable_targets {
                let (id, dimension) = (&target.resource_id, &target.scalable_dimension);
                let suspended = target.suspended_state.as_ref();
                let fields = Target {
                    resource_id: page.fact(id.clone()),
                    dimension: page.fact(dimension.clone()),
                    table: page.fact({
                        let table = id.strip_prefix("table/");
                        table.filter(|name| !name.contains('/')).map(str::to_owned)
                    }),
                    min: page.fact(target.min_capacity),
                    max: page.fact(target.max_capacity),
                    suspended: page.fact(suspended.is_some_and(|s| s.scaling_out)),
                    scales_by: policies.as_ref().map_err(Clone::clone).and_then(|all| {
                        let key = (id.clone(), dimension.clone());
                        all.fact(all.value.get(&key).map_or_else(Vec::new, Clone::clone))
                    }),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    // Targets of before AWS gave them ARNs have none; ours says what it is.
                    arn: format!(
                        "arn:{partition}:application-autoscaling:{region}:{account}:scalable-target/{id}/{dimension}"
                    ),
                    name: id.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Targets {
    scalable_targets: Vec<Description>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description {
    resource_id: String,
    scalable_dimension: String,
    min_capacity: i64,
    max_capacity: i64,
    /// Left out where nothing was ever suspended.
    suspended_state: Option<Suspended>,
}

#[derive(Debug, Deserialize)]
struct Suspended {
    /// Left out where it was never said, which means not.
    #[serde(rename = "DynamicScalingOutSuspended", default)]
    scaling_out: bool,
}

/// The types of policies, by what they scale.
type Policies = BTreeMap<(String, String), Vec<String>>;

async fn read_policies(site: &Site, namespace: &str, about: &str) -> Read<Policies> {
    let all = gather(
        async |token| {
            let input = json!({ "ServiceNamespace": namespace, "NextToken": token });
            site.tell::<PolicyPage>(
                &API,
                "DescribeScalingPolicies",
                Question::json(input),
                about,
            )
            .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        |page| Ok(page.scaling_policies.clone()),
    )
    .await?;
    Ok(all.map(|all| {
        let mut policies = Policies::new();
        for policy in all {
            let key = (policy.resource_id, policy.scalable_dimension);
            policies.entry(key).or_default().push(policy.policy_type);
        }
        policies
    }))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyPage {
    scaling_policies: Vec<Policy>,
    next_token: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    resource_id: String,
    scalable_dimension: String,
    policy_type: String,
}
