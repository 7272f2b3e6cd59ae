//! Replication tasks, with what they log.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Missing, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::dms::Task;

/// The severities at which a component's log says less than it does by itself.
/// <https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.Logging.html>
const QUIET: [&str; 2] = ["LOGGER_SEVERITY_ERROR", "LOGGER_SEVERITY_WARNING"];

/// Reads the tasks.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Task, Tasks>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "Marker": token }));
            site.tell(&API, "DescribeReplicationTasks", question, "")
                .await
        },
        |page| Turn::to(page.marker.as_deref()),
        async |page| {
            for task in &page.value.replication_tasks {
                let fields = Task {
                    name: page.fact(task.replication_task_identifier.clone()),
                    migration: page.fact(task.migration_type.clone()),
                    status: page.fact(task.status.clone()),
                    logs: page.read(|_| logged(&task.replication_task_settings)),
                };
                let identity = Identity {
                    arn: task.replication_task_arn.clone(),
                    name: task.replication_task_identifier.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// The components whose log is on and as talkative as by default, or more.
fn logged(settings: &str) -> Result<Vec<String>, Missing> {
    let settings: Settings = serde_json::from_str(settings)
        .map_err(|error| Missing(format!("the task's settings are malformed: {error}")))?;
    let logging = settings.logging;
    let heard = logging
        .log_components
        .into_iter()
        .filter(|one| logging.enable_logging && !QUIET.contains(&one.severity.as_str()));
    Ok(heard.map(|one| one.id).collect())
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tasks {
    replication_tasks: Vec<Described>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    replication_task_identifier: String,
    replication_task_arn: String,
    migration_type: String,
    status: String,
    replication_task_settings: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Settings {
    logging: Logging,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Logging {
    enable_logging: bool,
    /// Left out, or empty, where nobody has set any.
    #[serde(default)]
    log_components: Vec<Component>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Component {
    id: String,
    severity: String,
}

#[cfg(test)]
mod tests {
    use super::logged;

    #[test]
    fn a_component_is_heard_where_logging_is_on_and_it_is_not_quiet() {
        let settings = |on: bool| {
            format!(
                r#"{{"Logging":{{"EnableLogging":{on},"LogComponents":[
                {{"Id":"SOURCE_UNLOAD","Severity":"LOGGER_SEVERITY_DEFAULT"}},
                {{"Id":"SOURCE_CAPTURE","Severity":"LOGGER_SEVERITY_ERROR"}},
                {{"Id":"TARGET_LOAD","Severity":"LOGGER_SEVERITY_DETAILED_DEBUG"}}]}}}}"#
            )
        };
        assert_eq!(
            logged(&settings(true)).unwrap(),
            ["SOURCE_UNLOAD", "TARGET_LOAD"]
        );
        assert!(logged(&settings(false)).unwrap().is_empty());
        assert!(logged("{}").is_err());
        assert!(logged("").is_err());
    }
}
