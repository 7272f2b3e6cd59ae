//! CodeDeploy: deployment groups with what they do when a deployment goes wrong, and what was deployed.

mod deployments;

use std::cell::Cell;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, each, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codedeploy::{Deployment, Group};
use crate::inventory::{Gap, Told};

/// <https://docs.aws.amazon.com/codedeploy/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "codedeploy",
    Protocol::Json {
        version: "1.1",
        target: "CodeDeploy_20141006",
    },
);

/// Most groups that one call of `BatchGetDeploymentGroups` describes.
const BATCH: usize = 100;

/// Reads the deployment groups of one region, and its deployments where there is an application at all.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let used = Cell::new(false);
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell::<Applications>(&API, "ListApplications", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Group>(&site.account, &site.region, &page.source);
            intake.listed::<Deployment>(&site.account, &site.region, &page.source);
            used.set(used.get() || !page.value.names.is_empty());
            each(&page.value.names, async |application| {
                groups(site, intake, application).await
            })
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Group>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Deployment>(&site.account, &site.region, gap);
    }
    if used.get() {
        deployments::collect(site, intake).await;
    }
}

async fn groups(site: &Site, intake: &Intake, application: &str) {
    let about = format!("application={application}");
    let listing = pages(
        async |token| {
            let input = json!({ "applicationName": application, "nextToken": token });
            site.tell::<GroupNames>(&API, "ListDeploymentGroups", Question::json(input), &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Group>(&site.account, &site.region, &page.source);
            for names in page.value.names.chunks(BATCH) {
                if let Err(gap) = described(site, intake, application, names).await {
                    intake.incomplete::<Group>(&site.account, &site.region, gap);
                }
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Group>(&site.account, &site.region, gap);
    }
}

async fn described(
    site: &Site,
    intake: &Intake,
    application: &str,
    names: &[String],
) -> Result<(), Arc<Gap>> {
    let input = json!({ "applicationName": application, "deploymentGroupNames": names });
    let about = format!("application={application}");
    let told: Told<Groups> = site
        .tell(
            &API,
            "BatchGetDeploymentGroups",
            Question::json(input),
            about,
        )
        .await
        .told()?;
    intake.listed::<Group>(&site.account, &site.region, &told.source);
    for group in &told.value.groups {
        let (partition, region, account) = (&site.partition, &site.region, &site.account);
        let name = format!("{application}/{}", group.name);
        let identity = Identity {
            arn: format!("arn:{partition}:codedeploy:{region}:{account}:deploymentgroup:{name}"),
            name,
        };
        intake.add(account, region, identity, fields(&told, group));
    }
    told.value
        .whole(names)
        .map_err(|missing| told.lacks(missing))
}

fn fields(told: &Told<Groups>, group: &Described) -> Group {
    let rollback = group.rollback.as_ref();
    let alarms = group.alarms.as_ref();
    Group {
        name: told.fact(group.name.clone()),
        application: told.fact(group.application.clone()),
        platform: told.fact(group.platform.clone()),
        rolls_back_on: told.fact(
            rollback
                .filter(|rollback| rollback.enabled)
                .map_or_else(Vec::new, |rollback| rollback.events.clone()),
        ),
        alarms: told.fact(
            alarms
                .filter(|alarms| alarms.enabled)
                .map_or_else(Vec::new, |alarms| {
                    alarms
                        .alarms
                        .iter()
                        .filter_map(|alarm| alarm.name.clone())
                        .collect()
                }),
        ),
        notifies: told.fact(group.triggers.iter().map(|one| one.topic.clone()).collect()),
    }
}

#[derive(Debug, Deserialize)]
struct Applications {
    #[serde(rename = "applications")]
    names: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct GroupNames {
    #[serde(rename = "deploymentGroups")]
    names: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Groups {
    #[serde(rename = "deploymentGroupsInfo")]
    groups: Vec<Described>,
}

impl Groups {
    /// Every group that was asked about is described.
    fn whole(&self, names: &[String]) -> Result<(), Missing> {
        let lacks = names
            .iter()
            .find(|name| !self.groups.iter().any(|group| group.name == **name));
        lacks.map_or(Ok(()), |name| {
            Err(missing(&format!("deployment group {name}")))
        })
    }
}

/// <https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentGroupInfo.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "deploymentGroupName")]
    name: String,
    #[serde(rename = "applicationName")]
    application: String,
    #[serde(rename = "computePlatform")]
    platform: String,
    /// Left out where nobody set it up.
    #[serde(rename = "autoRollbackConfiguration")]
    rollback: Option<Rollback>,
    /// Left out where nobody set it up.
    #[serde(rename = "alarmConfiguration")]
    alarms: Option<Alarms>,
    /// Left out where there are none.
    #[serde(
        rename = "triggerConfigurations",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    triggers: Vec<Trigger>,
}

#[derive(Debug, Deserialize)]
struct Rollback {
    enabled: bool,
    /// Left out where it is off.
    #[serde(default, deserialize_with = "crate::aws::empty_if_null")]
    events: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Alarms {
    enabled: bool,
    /// Left out where it is off.
    #[serde(default, deserialize_with = "crate::aws::empty_if_null")]
    alarms: Vec<Alarm>,
}

#[derive(Debug, Deserialize)]
struct Alarm {
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Trigger {
    #[serde(rename = "triggerTargetArn")]
    topic: String,
}
