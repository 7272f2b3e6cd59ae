//! Backup jobs and copy jobs of the last thirty days.

use std::collections::BTreeMap;

use aws_sdk_backup::Client;
use aws_sdk_backup::types::{BackupJob, BackupJobState, CopyJob as Copied};
use futures::lock::Mutex;
use jiff::Timestamp;

use super::{PAGE, arn, days_before, last_part, text};
use crate::ask;
use crate::aws::{Missing, Site, Turn, instant, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::backup::{CopyJob, Job};
use crate::inventory::{Read, Source, Told};

/// Jobs are listed for thirty days after they end.
/// <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupJobs.html>
const DAYS: i64 = 30;

/// Reads the backup jobs. Which came next is known when all are.
pub(super) async fn backups(site: &Site, backup: &Client, intake: &Intake) {
    let since = days_before(site.now(), DAYS);
    let all = Mutex::new(Vec::new());
    let listing = pages(
        async |token| {
            let list = backup
                .list_backup_jobs()
                .by_created_after(since)
                .max_results(PAGE)
                .set_next_token(token);
            ask!(site, "backup:ListBackupJobs", list, format!("days={DAYS}"))
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<Job>(&site.account, &site.region, &page.source);
            let jobs = page.value.backup_jobs.as_ref();
            let mut all = all.lock().await;
            for job in jobs.ok_or(missing("BackupJobs"))? {
                let id = text(job.backup_job_id(), "BackupJobId")?;
                all.push((id, job.clone(), page.source.clone()));
            }
            Ok(())
        },
    )
    .await;
    let all = all.into_inner();
    let last = all.last().map(|(.., source)| source.clone());
    let completed = match (&listing, last) {
        // What came next of a job may be on a page that was not read.
        (Err(gap), _) => Some(Err(gap.clone())),
        (Ok(()), Some(source)) => Some(completed(&all, source)),
        (Ok(()), None) => None,
    };
    if let Some(completed) = completed {
        for (id, job, source) in &all {
            one_backup(site, intake, (id, job, source), &completed);
        }
    }
    if let Err(gap) = listing {
        intake.incomplete::<Job>(&site.account, &site.region, gap);
    }
}

/// When jobs that completed were created, by what they back up, the earliest first.
type Completed = BTreeMap<String, Vec<Timestamp>>;

fn completed(all: &[(String, BackupJob, Source)], source: Source) -> Read<Completed> {
    let told = Told { value: (), source };
    told.read(|()| {
        let mut completed = Completed::new();
        for (_, job, _) in all {
            if job.state() == Some(&BackupJobState::Completed) {
                let of = text(job.resource_arn(), "ResourceArn")?;
                completed.entry(of).or_default().push(created(job)?);
            }
        }
        completed.values_mut().for_each(|times| times.sort());
        Ok(completed)
    })
}

fn created(job: &BackupJob) -> Result<Timestamp, Missing> {
    instant(job.creation_date().ok_or(missing("CreationDate"))?)
}

fn one_backup(
    site: &Site,
    intake: &Intake,
    (id, job, source): (&str, &BackupJob, &Source),
    completed: &Read<Completed>,
) {
    let page = Told {
        value: (),
        source: source.clone(),
    };
    let identity = Identity {
        arn: arn(site, "backup-job", id),
        // People know a job by what it backs up.
        name: match (job.resource_name(), job.resource_arn()) {
            (Some(name), _) if !name.is_empty() => name.to_owned(),
            (_, Some(arn)) => last_part(arn),
            (_, None) => id.to_owned(),
        },
    };
    let fields = Job {
        id: page.fact(id.to_owned()),
        resource_arn: page.read(|()| text(job.resource_arn(), "ResourceArn")),
        resource_type: page.read(|()| text(job.resource_type(), "ResourceType")),
        state: page.read(|()| text(job.state().map(BackupJobState::as_str), "State")),
        created: page.read(|()| created(job)),
        next_completed: completed.as_ref().map_err(Clone::clone).and_then(|told| {
            told.read(|all| {
                let of = text(job.resource_arn(), "ResourceArn")?;
                let created = created(job)?;
                let times = all.get(&of).into_iter().flatten();
                Ok(times.copied().find(|time| *time > created))
            })
        }),
        message: page.fact(job.status_message().map(str::to_owned)),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// Reads the copy jobs, in the region that they copy from.
pub(super) async fn copies(site: &Site, backup: &Client, intake: &Intake) {
    let since = days_before(site.now(), DAYS);
    let listing = pages(
        async |token| {
            let list = backup
                .list_copy_jobs()
                .by_created_after(since)
                .max_results(PAGE)
                .set_next_token(token);
            ask!(site, "backup:ListCopyJobs", list, format!("days={DAYS}"))
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<CopyJob>(&site.account, &site.region, &page.source);
            let jobs = page.value.copy_jobs.as_ref();
            for job in jobs.ok_or(missing("CopyJobs"))? {
                let id = text(job.copy_job_id(), "CopyJobId")?;
                let identity = Identity {
                    arn: arn(site, "copy-job", &id),
                    name: job.resource_arn().map_or_else(|| id.clone(), last_part),
                };
                let fields = one_copy(page, job, id);
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<CopyJob>(&site.account, &site.region, gap);
    }
}

fn one_copy<T>(page: &Told<T>, job: &Copied, id: String) -> CopyJob {
    let vault = job.destination_backup_vault_arn();
    CopyJob {
        id: page.fact(id),
        resource_arn: page.read(|_| text(job.resource_arn(), "ResourceArn")),
        vault_arn: page.read(|_| text(vault, "DestinationBackupVaultArn")),
        state: page.read(|_| text(job.state().map(|state| state.as_str()), "State")),
        created: page.read(|_| instant(job.creation_date().ok_or(missing("CreationDate"))?)),
        message: page.fact(job.status_message().map(str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;
    use crate::inventory::intake::example_source;

    #[test]
    fn what_completed_is_told_by_resource_and_in_order() {
        let source = example_source("111122223333", "eu-west-1");
        let job = |of: &str, state: BackupJobState, at: i64| {
            let job = BackupJob::builder()
                .resource_arn(of)
                .state(state)
                .creation_date(DateTime::from_secs(at));
            (of.to_owned(), job.build(), source.clone())
        };
        let all = [
            job("orders", BackupJobState::Completed, 300),
            job("orders", BackupJobState::Failed, 200),
            job("orders", BackupJobState::Completed, 100),
            job("web", BackupJobState::Completed, 50),
        ];
        let told = completed(&all, source.clone()).unwrap().value;
        let seconds = |of: &str| -> Vec<i64> {
            told.get(of)
                .map(|times| times.iter().map(|time| time.as_second()).collect())
                .unwrap_or_default()
        };
        assert_eq!(seconds("orders"), [100, 300]);
        assert_eq!(seconds("web"), [50]);
    }
}
