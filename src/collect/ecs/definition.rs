//! A task definition.

use serde::Deserialize;
use serde_json::json;

use super::{API, last_part};
use crate::aws::{Missing, Question, Site, looked_like};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ecs::{Container, TaskDefinition};
use crate::inventory::kinds::environment::Variable;

pub(super) async fn collect(site: &Site, intake: &Intake, arn: &str) {
    // Of a service that something else deploys, AWS does not name it.
    if arn.is_empty() {
        return;
    }
    let name = last_part(arn);
    let question = Question::json(json!({ "taskDefinition": arn }));
    let told = site
        .tell::<Described>(
            &API,
            "DescribeTaskDefinition",
            question,
            format!("task-definition={name}"),
        )
        .await;
    let fields = TaskDefinition {
        family: told.read(|d| Ok(d.definition.family.clone())),
        network: told.read(|d| Ok(d.definition.network_mode.clone())),
        shares_processes: told.read(|d| {
            let modes = [&d.definition.pid_mode, &d.definition.ipc_mode];
            Ok(modes.into_iter().flatten().any(|mode| mode == "host"))
        }),
        role_arn: told.read(|d| Ok(d.definition.task_role_arn.clone())),
        containers: told.read(|d| {
            d.definition
                .container_definitions
                .iter()
                .map(container)
                .collect()
        }),
    };
    let identity = Identity {
        arn: arn.to_owned(),
        name: name.to_owned(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "taskDefinition")]
    definition: Definition,
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Definition {
    family: String,
    /// Left out where it is the default of the operating system.
    network_mode: Option<String>,
    /// Left out where the task has processes of its own.
    pid_mode: Option<String>,
    /// Left out where it was never set.
    ipc_mode: Option<String>,
    /// Left out where there is none.
    task_role_arn: Option<String>,
    container_definitions: Vec<Defined>,
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Defined {
    name: String,
    image: String,
    environment: Vec<Pair>,
    /// What follows is left out where it was not set, and is then off or none.
    #[serde(default)]
    privileged: bool,
    #[serde(default, rename = "readonlyRootFilesystem")]
    read_only: bool,
    user: Option<String>,
    log_configuration: Option<Log>,
    #[serde(default)]
    command: Vec<String>,
    #[serde(default)]
    entry_point: Vec<String>,
    health_check: Option<HealthCheck>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    name: String,
    /// Left out where it is empty.
    #[serde(default)]
    value: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    log_driver: String,
}

#[derive(Debug, Deserialize)]
struct HealthCheck {
    command: Vec<String>,
}

fn container(defined: &Defined) -> Result<Container, Missing> {
    let variable = |pair: &Pair| {
        Ok(Variable {
            name: pair.name.clone(),
            looks_like: looked_like(&pair.value)?,
        })
    };
    let environment: Result<Vec<_>, Missing> = defined.environment.iter().map(variable).collect();
    let health = defined.health_check.iter().flat_map(|check| &check.command);
    let words = defined
        .entry_point
        .iter()
        .chain(&defined.command)
        .chain(health);
    let mut commands_look_like = Vec::new();
    for word in words {
        commands_look_like.extend(looked_like(word)?);
    }
    commands_look_like.sort_unstable();
    commands_look_like.dedup();
    Ok(Container {
        name: defined.name.clone(),
        image: defined.image.clone(),
        privileged: defined.privileged,
        user: defined.user.clone().filter(|user| !user.is_empty()),
        read_only: defined.read_only,
        log_driver: defined
            .log_configuration
            .as_ref()
            .map(|log| log.log_driver.clone()),
        environment: environment?,
        commands_look_like,
    })
}
