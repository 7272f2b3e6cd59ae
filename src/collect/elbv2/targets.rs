//! Target groups and how many of their targets are healthy.

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::elbv2::TargetGroup;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<TargetGroup, Groups>(
        site,
        intake,
        async |token| {
            let question = Question::form().with("Marker", token);
            site.tell(&API, "DescribeTargetGroups", question, "").await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            each(&page.value.target_groups, async |group| {
                one_group(site, intake, page, group).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_group(site: &Site, intake: &Intake, page: &Told<Groups>, group: &Described) {
    let (arn, name) = (&group.target_group_arn, &group.target_group_name);
    let question = Question::form().with("TargetGroupArn", Some(arn));
    let about = format!("target_group={name}");
    let health = site
        .tell::<Health>(&API, "DescribeTargetHealth", question, about)
        .await;
    let fields = TargetGroup {
        name: page.fact(name.clone()),
        r#type: page.fact(group.target_type.clone()),
        protocol: page.fact(group.protocol.clone()),
        load_balancers: page.fact(group.load_balancer_arns.clone()),
        health_check: page.fact(group.health_check_enabled),
        targets: health.read(|h| Ok(count(h, |_| true))),
        healthy: health.read(|h| Ok(count(h, |target| target.target_health.state == "healthy"))),
    };
    let identity = Identity {
        arn: arn.clone(),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

fn count(health: &Health, which: impl Fn(&Target) -> bool) -> i64 {
    let targets = health.target_health_descriptions.iter();
    targets.filter(|target| which(target)).map(|_| 1).sum()
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Groups {
    target_groups: Vec<Described>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    target_group_arn: String,
    target_group_name: String,
    target_type: String,
    /// Left out where the target is a Lambda function.
    protocol: Option<String>,
    #[serde(default)]
    load_balancer_arns: Vec<String>,
    health_check_enabled: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Health {
    target_health_descriptions: Vec<Target>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Target {
    target_health: TargetHealth,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TargetHealth {
    state: String,
}
