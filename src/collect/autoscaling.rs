//! EC2 Auto Scaling: groups with how they scale and heal, and launch configurations.

use std::collections::BTreeMap;

use serde::Deserialize;
use tokio::sync::OnceCell;

use crate::aws::{
    Api, Moment, Protocol, Question, Site, Tag, Turn, gather, list, looked_like, tags,
};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::autoscaling::{Group, LaunchConfiguration};
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html>
const API: Api = Api::new(
    "autoscaling",
    Protocol::Query {
        version: "2011-01-01",
    },
);

/// Reads the groups of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(groups(site, intake), launches(site, intake));
}

/// The types of policies that are switched on, by the name of the group.
type Policies = BTreeMap<String, Vec<String>>;

async fn groups(site: &Site, intake: &Intake) {
    let policies = OnceCell::new();
    list::<Group, Groups>(
        site,
        intake,
        async |token| {
            let question = Question::form().with("NextToken", token);
            site.tell(&API, "DescribeAutoScalingGroups", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            if page.value.auto_scaling_groups.is_empty() {
                return Ok(());
            }
            let policies = policies.get_or_init(|| read_policies(site)).await;
            for group in &page.value.auto_scaling_groups {
                one_group(site, intake, page, group, policies);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Groups {
    auto_scaling_groups: Vec<Description>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AutoScalingGroup.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description {
    auto_scaling_group_name: String,
    #[serde(rename = "AutoScalingGroupARN")]
    arn: String,
    created_time: Moment,
    min_size: i64,
    max_size: i64,
    desired_capacity: i64,
    availability_zones: Vec<String>,
    health_check_type: String,
    /// Left out where it uses a launch template.
    launch_configuration_name: Option<String>,
    /// What follows is left out where there are none.
    #[serde(default)]
    load_balancer_names: Vec<String>,
    #[serde(default, rename = "TargetGroupARNs")]
    target_groups: Vec<String>,
    #[serde(default)]
    suspended_processes: Vec<Suspended>,
    #[serde(default)]
    instances: Vec<Instance>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Suspended {
    process_name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Instance {
    lifecycle_state: String,
    health_status: String,
}

fn one_group(
    site: &Site,
    intake: &Intake,
    page: &Told<Groups>,
    group: &Description,
    policies: &Read<Policies>,
) {
    let name = &group.auto_scaling_group_name;
    let healthy = group
        .instances
        .iter()
        .filter(|one| one.lifecycle_state == "InService" && one.health_status == "Healthy");
    let balancers = group.target_groups.iter().chain(&group.load_balancer_names);
    let fields = Group {
        name: page.fact(name.clone()),
        created: page.fact(group.created_time.0),
        min: page.fact(group.min_size),
        max: page.fact(group.max_size),
        wanted: page.fact(group.desired_capacity),
        healthy: page.fact(healthy.map(|_| 1).sum()),
        zones: page.fact(group.availability_zones.clone()),
        health_checks: page.fact({
            let named = group.health_check_type.split(',');
            named.map(|name| name.trim().to_owned()).collect()
        }),
        balancers: page.fact(balancers.cloned().collect()),
        launch_configuration: page.fact(group.launch_configuration_name.clone()),
        suspended: page.fact({
            let suspended = group.suspended_processes.iter();
            suspended.map(|one| one.process_name.clone()).collect()
        }),
        scales_by: policies.as_ref().map_err(Clone::clone).and_then(|all| {
            let of_group = all.value.get(name);
            all.fact(of_group.map_or_else(Vec::new, Clone::clone))
        }),
        tags: page.fact(tags(&group.tags)),
    };
    let identity = Identity {
        arn: group.arn.clone(),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// One listing for all groups.
async fn read_policies(site: &Site) -> Read<Policies> {
    let all = gather(
        async |token| {
            let question = Question::form().with("NextToken", token);
            site.tell::<PolicyPage>(&API, "DescribePolicies", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        |page| {
            // Where it is not said, as of old policies, it is on.
            let on = page
                .scaling_policies
                .iter()
                .filter(|one| one.enabled != Some(false));
            Ok(on
                .map(|one| (one.auto_scaling_group_name.clone(), one.policy_type.clone()))
                .collect())
        },
    )
    .await?;
    Ok(all.map(|all| {
        let mut policies = Policies::new();
        for (group, kind) in all {
            policies.entry(group).or_default().push(kind);
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

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    auto_scaling_group_name: String,
    policy_type: String,
    enabled: Option<bool>,
}

async fn launches(site: &Site, intake: &Intake) {
    list::<LaunchConfiguration, Launches>(
        site,
        intake,
        async |token| {
            let question = Question::form().with("NextToken", token);
            site.tell(&API, "DescribeLaunchConfigurations", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for launch in &page.value.launch_configurations {
                let fields = LaunchConfiguration {
                    name: page.fact(launch.launch_configuration_name.clone()),
                    imdsv2: page.fact({
                        let options = launch.metadata_options.as_ref();
                        let off = |o: &Metadata| o.http_endpoint.as_deref() == Some("disabled");
                        let tokens = |o: &Metadata| o.http_tokens.as_deref() == Some("required");
                        options.is_some_and(|options| tokens(options) || off(options))
                    }),
                    public_ip: page.fact(launch.associate_public_ip_address),
                    user_data_looks_like: page
                        .read(|_| launch.user_data.as_deref().map_or(Ok(None), looked_like)),
                };
                let identity = Identity {
                    arn: launch.arn.clone(),
                    name: launch.launch_configuration_name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Launches {
    launch_configurations: Vec<Launch>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchConfiguration.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Launch {
    launch_configuration_name: String,
    #[serde(rename = "LaunchConfigurationARN")]
    arn: String,
    /// Left out where there are none.
    user_data: Option<String>,
    /// Left out where the subnet decides.
    associate_public_ip_address: Option<bool>,
    /// Left out where it is AWS's default for launch configurations, which asks for no token.
    metadata_options: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata {
    http_tokens: Option<String>,
    http_endpoint: Option<String>,
}
