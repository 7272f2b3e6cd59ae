//! Exports of instances: disks that left the account for a bucket.

use aws_sdk_ec2::operation::describe_export_tasks::DescribeExportTasksOutput;
use aws_sdk_ec2::types::ExportTask as Described;

use super::{identity, list, some, word};
use crate::ask;
use crate::aws::{Missing, Site};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::ExportTask;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    list(
        site,
        intake,
        // Answers everything at once.
        async |_| ask!(site, "ec2:DescribeExportTasks", ec2.describe_export_tasks()),
        |_| None,
        |page| some(&page.export_tasks, "ExportTasks"),
        async |page, described| task(site, page, described),
    )
    .await;
}

fn task(
    site: &Site,
    page: &Told<DescribeExportTasksOutput>,
    described: &Described,
) -> Result<(Identity, ExportTask), Missing> {
    let id = word(described.export_task_id(), "ExportTaskId")?;
    let identity = identity(site, "export-task", &id, &described.tags);
    let instance = described.instance_export_details();
    let bucket = described.export_to_s3_task();
    let fields = ExportTask {
        id: page.fact(id),
        instance: page.fact(instance.and_then(|i| i.instance_id().map(str::to_owned))),
        bucket: page.fact(bucket.and_then(|b| b.s3_bucket().map(str::to_owned))),
        state: page.read(|_| word(described.state(), "State")),
    };
    Ok((identity, fields))
}
