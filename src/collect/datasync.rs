//! DataSync: tasks that move data, and what they log.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::datasync::Task;

/// <https://docs.aws.amazon.com/datasync/latest/userguide/API_Operations.html>
const API: Api = Api::new(
    "datasync",
    Protocol::Json {
        version: "1.1",
        target: "FmrsService",
    },
);

/// Reads the tasks of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Task, Tasks>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": 100, "NextToken": token }));
            site.tell(&API, "ListTasks", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.tasks, async |task| {
                one_task(site, intake, page, task).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_task(site: &Site, intake: &Intake, page: &Told<Tasks>, task: &Summary) {
    let id = task.task_arn.rsplit('/').next();
    // One without a name goes by its id.
    let name = task.name.as_deref().filter(|name| !name.is_empty()).or(id);
    let name = name.map_or_else(|| task.task_arn.clone(), str::to_owned);
    let question = Question::json(json!({ "TaskArn": task.task_arn }));
    let about = format!("task={name}");
    let described: Reply<Described> = site.tell(&API, "DescribeTask", question, about).await;
    let fields = Task {
        name: page.fact(name.clone()),
        log_group_arn: described.read(|d| Ok(d.cloud_watch_log_group_arn.clone())),
        log_level: described.read(|d| {
            // Left out where it has the default, which logs nothing.
            let level = d.options.log_level.as_deref();
            Ok(level.map_or_else(|| "OFF".to_owned(), str::to_owned))
        }),
    };
    let identity = Identity {
        arn: task.task_arn.clone(),
        name,
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tasks {
    tasks: Vec<Summary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    task_arn: String,
    name: Option<String>,
}

/// <https://docs.aws.amazon.com/datasync/latest/userguide/API_DescribeTask.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    /// Left out where there is none.
    cloud_watch_log_group_arn: Option<String>,
    options: Options,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Options {
    log_level: Option<String>,
}
