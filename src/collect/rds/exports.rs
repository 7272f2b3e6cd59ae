//! Exports of snapshots and clusters: data that left its database for a bucket.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::ExportTask as Described;

use super::text;
use crate::ask;
use crate::aws::{Missing, Site, Turn, instant, list, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::rds::ExportTask;

/// Reads the exports of one region.
pub(super) async fn collect(site: &Site, rds: &Client, intake: &Intake) {
    list::<ExportTask, _>(
        site,
        intake,
        async |marker| {
            let describe = rds.describe_export_tasks().set_marker(marker);
            ask!(site, "rds:DescribeExportTasks", describe)
        },
        |page| Turn::to(page.marker()),
        async |page| {
            let tasks = page.value.export_tasks.as_ref();
            for task in tasks.ok_or(missing("ExportTasks"))? {
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
    let name = text(task.export_task_identifier(), "ExportTaskIdentifier")?;
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    // RDS has no ARN for it; ours follows the form of the others.
    let identity = Identity {
        arn: format!("arn:{partition}:rds:{region}:{account}:export-task:{name}"),
        name: name.clone(),
    };
    let fields = ExportTask {
        name: page.fact(name),
        source_arn: page.read(|_| text(task.source_arn(), "SourceArn")),
        bucket: page.read(|_| text(task.s3_bucket(), "S3Bucket")),
        status: page.read(|_| text(task.status(), "Status")),
        started: page.read(|_| task.task_start_time().map(instant).transpose()),
    };
    Ok((identity, fields))
}
