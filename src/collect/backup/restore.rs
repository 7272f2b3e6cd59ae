//! Restore testing plans, and restore jobs.

use aws_sdk_backup::Client;
use aws_sdk_backup::types::{RestoreJobsListMember, RestoreTestingPlanForList};

use super::{PAGE, arn, days_before, last_part, text};
use crate::ask;
use crate::aws::{Missing, Site, Turn, each, gather, instant, missing, pages, said};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::backup::{RestoreJob, RestoreTestingPlan};
use crate::inventory::{Read, Told};

/// How far back restore jobs are asked for: an audit period.
const JOBS_DAYS: i64 = 365;

/// Reads the restore testing plans.
pub(super) async fn plans(site: &Site, backup: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            let list = backup.list_restore_testing_plans().set_next_token(token);
            ask!(site, "backup:ListRestoreTestingPlans", list)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<RestoreTestingPlan>(&site.account, &site.region, &page.source);
            let named = page.value.restore_testing_plans().iter().map(|plan| {
                let identity = Identity {
                    arn: said(plan.restore_testing_plan_arn(), "RestoreTestingPlanArn")?,
                    name: said(plan.restore_testing_plan_name(), "RestoreTestingPlanName")?,
                };
                Ok((identity, plan))
            });
            let named = named.collect::<Result<Vec<_>, Missing>>()?;
            each(named, async |(identity, plan)| {
                let fields = one_plan(site, backup, page, plan).await;
                intake.add(&site.account, &site.region, identity, fields);
            })
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<RestoreTestingPlan>(&site.account, &site.region, gap);
    }
}

async fn one_plan<T>(
    site: &Site,
    backup: &Client,
    page: &Told<T>,
    plan: &RestoreTestingPlanForList,
) -> RestoreTestingPlan {
    RestoreTestingPlan {
        name: page.fact(plan.restore_testing_plan_name().to_owned()),
        schedule: page.read(|_| said(plan.schedule_expression(), "ScheduleExpression")),
        last_run: page.read(|_| plan.last_execution_time().map(instant).transpose()),
        resource_types: resource_types(site, backup, plan.restore_testing_plan_name()).await,
    }
}

async fn resource_types(site: &Site, backup: &Client, plan: &str) -> Read<Vec<String>> {
    gather(
        async |token| {
            let list = backup
                .list_restore_testing_selections()
                .restore_testing_plan_name(plan)
                .set_next_token(token);
            ask!(
                site,
                "backup:ListRestoreTestingSelections",
                list,
                format!("plan={plan}")
            )
        },
        |page| Turn::to(page.next_token()),
        |page| {
            let selections = page.restore_testing_selections().iter();
            selections
                .map(|one| said(one.protected_resource_type(), "ProtectedResourceType"))
                .collect()
        },
    )
    .await
}

/// Reads the restore jobs.
pub(super) async fn jobs(site: &Site, backup: &Client, intake: &Intake) {
    let since = days_before(site.now(), JOBS_DAYS);
    let listing = pages(
        async |token| {
            let list = backup
                .list_restore_jobs()
                .by_created_after(since)
                .max_results(PAGE)
                .set_next_token(token);
            ask!(
                site,
                "backup:ListRestoreJobs",
                list,
                format!("days={JOBS_DAYS}")
            )
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<RestoreJob>(&site.account, &site.region, &page.source);
            for job in page
                .value
                .restore_jobs
                .as_ref()
                .ok_or(missing("RestoreJobs"))?
            {
                let id = text(job.restore_job_id(), "RestoreJobId")?;
                let identity = Identity {
                    arn: arn(site, "restore-job", &id),
                    // People know a job by what it restores.
                    name: job
                        .source_resource_arn()
                        .map_or_else(|| id.clone(), last_part),
                };
                intake.add(
                    &site.account,
                    &site.region,
                    identity,
                    one_job(page, job, id),
                );
            }
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<RestoreJob>(&site.account, &site.region, gap);
    }
}

fn one_job<T>(page: &Told<T>, job: &RestoreJobsListMember, id: String) -> RestoreJob {
    let creator = job
        .created_by()
        .and_then(|by| by.restore_testing_plan_arn());
    RestoreJob {
        id: page.fact(id),
        resource_type: page.fact(job.resource_type().map(str::to_owned)),
        status: page.read(|_| text(job.status().map(|status| status.as_str()), "Status")),
        created: page.read(|_| instant(job.creation_date().ok_or(missing("CreationDate"))?)),
        recovery_point_created: page.read(|_| {
            let made = job.recovery_point_creation_date();
            made.map(instant).transpose()
        }),
        completed: page.read(|_| job.completion_date().map(instant).transpose()),
        testing_plan: page.fact(creator.map(str::to_owned)),
        validation: page.fact(
            job.validation_status()
                .map(|status| status.as_str().to_owned()),
        ),
    }
}
