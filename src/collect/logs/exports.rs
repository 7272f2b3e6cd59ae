//! Export tasks: log events that left their group for a bucket.

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::types::ExportTask as Described;
use jiff::Timestamp;

use crate::ask;
use crate::aws::{Missing, Site, Turn, list, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::logs::ExportTask;

/// Reads the tasks of one region.
pub(super) async fn collect(site: &Site, logs: &Client, intake: &Intake) {
    list::<ExportTask, _>(
        site,
        intake,
        async |token| {
            let describe = logs.describe_export_tasks().set_next_token(token);
            ask!(site, "logs:DescribeExportTasks", describe)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            let tasks = page.value.export_tasks.as_ref();
            for task in tasks.ok_or(missing("exportTasks"))? {
                let (identity, fields) = one_task(site, page, task)?;
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

fn one_task<T>(
    site: &Site,
    page: &Told<T>,
    task: &Described,
) -> Result<(Identity, ExportTask), Missing> {
    let id = task.task_id().ok_or(missing("taskId"))?;
    let text = |value: Option<&str>, member: &str| value.map(str::to_owned).ok_or(missing(member));
    let fields = ExportTask {
        id: page.fact(id.to_owned()),
        log_group: page.read(|_| text(task.log_group_name(), "logGroupName")),
        bucket: page.read(|_| text(task.destination(), "destination")),
        status: page.read(|_| {
            let code = task.status().and_then(|status| status.code());
            text(code.map(|code| code.as_str()), "status.code")
        }),
        created: page.read(|_| {
            let info = task.execution_info();
            let milliseconds = info.and_then(|info| info.creation_time());
            milliseconds
                .map(Timestamp::from_millisecond)
                .transpose()
                .map_err(|_| Missing("the answer holds an impossible time".to_owned()))
        }),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    // AWS has no ARN for it; ours follows the form of the others.
    let identity = Identity {
        arn: format!("arn:{partition}:logs:{region}:{account}:export-task:{id}"),
        name: task.task_name().unwrap_or(id).to_owned(),
    };
    Ok((identity, fields))
}
