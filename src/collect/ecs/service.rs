//! The services of a cluster.

use std::sync::PoisonError;

use serde::Deserialize;
use serde_json::json;

use super::{API, Use, last_part, uses_unknown};
use crate::aws::{Missing, Question, Reply, Site, Tag, Turn, each, missing, pages, tags};
use crate::inventory::Read;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ecs::{Service, TaskDefinition};

/// Most services that one call describes.
const BATCH: usize = 10;

pub(super) async fn collect(site: &Site, intake: &Intake, cluster: &str, found: &Use) {
    let (account, region) = (&site.account, &site.region);
    let about = format!("cluster={}", last_part(cluster));
    let listing = pages(
        async |token| {
            let input = json!({ "cluster": cluster, "maxResults": 100, "nextToken": token });
            site.tell::<Services>(&API, "ListServices", Question::json(input), &about)
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<Service>(account, region, &page.source);
            intake.listed::<TaskDefinition>(account, region, &page.source);
            each(page.value.service_arns.chunks(BATCH), async |arns| {
                described(site, intake, (cluster, &about), arns, found).await
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Service>(account, region, gap.clone());
        uses_unknown(site, intake, &gap);
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Services {
    service_arns: Vec<String>,
    next_token: Option<String>,
}

async fn described(
    site: &Site,
    intake: &Intake,
    (cluster, about): (&str, &str),
    arns: &[String],
    found: &Use,
) {
    let input = json!({ "cluster": cluster, "services": arns, "include": ["TAGS"] });
    let described: Reply<Described> = site
        .tell(&API, "DescribeServices", Question::json(input), about)
        .await;
    for arn in arns {
        let service = Described::of(&described, arn);
        // What it runs is in use, and so is what it still runs of a deployment before.
        match &service {
            Ok(told) => {
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                let earlier = told
                    .value
                    .deployments
                    .iter()
                    .map(|one| &one.task_definition);
                let all = std::iter::once(&told.value.task_definition).chain(earlier);
                found.definitions.extend(all.cloned());
            }
            Err(gap) => {
                intake.incomplete::<TaskDefinition>(&site.account, &site.region, gap.clone())
            }
        }
        let identity = Identity {
            arn: arn.clone(),
            name: last_part(arn).to_owned(),
        };
        let fields = fields(&service);
        intake.add(&site.account, &site.region, identity, fields);
    }
}

fn fields(service: &Read<Description>) -> Service {
    fn fact<T>(service: &Read<Description>, take: impl FnOnce(&Description) -> T) -> Read<T> {
        let told = service.as_ref().map_err(Clone::clone)?;
        told.fact(take(&told.value))
    }
    let network = |service: &Description| {
        let network = service.network_configuration.as_ref();
        network.and_then(|network| network.awsvpc_configuration.clone())
    };
    Service {
        name: fact(service, |s| s.service_name.clone()),
        cluster_arn: fact(service, |s| s.cluster_arn.clone()),
        status: fact(service, |s| s.status.clone()),
        scheduling: fact(service, |s| s.scheduling_strategy.clone()),
        deployed_by: fact(service, |s| {
            // Left out where it is ECS, which is the default.
            let controller = s.deployment_controller.as_ref();
            controller.map_or_else(|| "ECS".to_owned(), |c| c.kind.clone())
        }),
        wanted: fact(service, |s| s.desired_count),
        running: fact(service, |s| s.running_count),
        task_definition_arn: fact(service, |s| s.task_definition.clone()),
        public_ip: fact(service, |s| {
            network(s).is_some_and(|n| n.assign_public_ip.as_deref() == Some("ENABLED"))
        }),
        subnet_ids: fact(service, |s| network(s).map_or_else(Vec::new, |n| n.subnets)),
        rolls_back: fact(service, |s| s.deployment_configuration.rolls_back()),
        sessions: fact(service, |s| s.enable_execute_command),
        scaling_id: fact(service, |s| {
            format!("service/{}/{}", last_part(&s.cluster_arn), s.service_name)
        }),
        tags: fact(service, |s| tags(&s.tags)),
    }
}

#[derive(Debug, Deserialize)]
struct Described {
    services: Vec<Description>,
}

impl Described {
    fn of(described: &Reply<Self>, arn: &str) -> Read<Description> {
        described.read(|all| -> Result<Description, Missing> {
            let found = all.services.iter().find(|one| one.service_arn == arn);
            found
                .cloned()
                .ok_or_else(|| missing("a service that was listed"))
        })
    }
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html>
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    service_arn: String,
    service_name: String,
    cluster_arn: String,
    status: String,
    scheduling_strategy: String,
    desired_count: i64,
    running_count: i64,
    /// Left out where an external controller deploys.
    #[serde(default)]
    task_definition: String,
    deployment_configuration: Deploying,
    /// Empty where something else than ECS deploys.
    #[serde(default)]
    deployments: Vec<Deployment>,
    deployment_controller: Option<Controller>,
    /// Left out where tasks share the network of their machine.
    network_configuration: Option<Network>,
    enable_execute_command: bool,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deployment {
    task_definition: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Controller {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Network {
    awsvpc_configuration: Option<Interfaces>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Interfaces {
    subnets: Vec<String>,
    /// Left out where it was never said, which means none.
    assign_public_ip: Option<String>,
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html>
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deploying {
    /// Left out where it was never set.
    deployment_circuit_breaker: Option<Switch>,
    /// Left out where there are none.
    alarms: Option<Switch>,
}

#[derive(Debug, Clone, Deserialize)]
struct Switch {
    enable: bool,
    rollback: bool,
}

impl Deploying {
    fn rolls_back(&self) -> bool {
        let ways = [&self.deployment_circuit_breaker, &self.alarms];
        ways.into_iter()
            .flatten()
            .any(|way| way.enable && way.rollback)
    }
}
