//! AWS Backup: plans, vaults, what they protect, the jobs of the last month, and restoring.

mod audit;
mod jobs;
mod plans;
mod restore;
mod vaults;

use aws_sdk_backup::Client;
use aws_sdk_backup::types::ProtectedResource as Listed;
use aws_smithy_types::DateTime;
use jiff::{SignedDuration, Timestamp};

use crate::ask;
use crate::aws::{Missing, Site, Turn, instant, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::backup::ProtectedResource;

/// The most that AWS Backup lists at once.
const PAGE: i32 = 1000;

/// Reads the backups of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let backup = site.backup();
    futures::join!(
        plans::collect(site, &backup, intake),
        vaults::collect(site, &backup, intake),
        protected(site, &backup, intake),
        jobs::backups(site, &backup, intake),
        jobs::copies(site, &backup, intake),
        audit::frameworks(site, &backup, intake),
        audit::reports(site, &backup, intake),
        restore::plans(site, &backup, intake),
        restore::jobs(site, &backup, intake),
    );
}

async fn protected(site: &Site, backup: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            let list = backup
                .list_protected_resources()
                .max_results(PAGE)
                .set_next_token(token);
            ask!(site, "backup:ListProtectedResources", list)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<ProtectedResource>(&site.account, &site.region, &page.source);
            for resource in page.value.results.as_ref().ok_or(missing("Results"))? {
                let arn = text(resource.resource_arn(), "ResourceArn")?;
                let name = resource
                    .resource_name()
                    .map_or_else(|| last_part(&arn), str::to_owned);
                let fields = one_protected(page, resource);
                intake.add(&site.account, &site.region, Identity { arn, name }, fields);
            }
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<ProtectedResource>(&site.account, &site.region, gap);
    }
}

fn one_protected<T>(page: &Told<T>, resource: &Listed) -> ProtectedResource {
    ProtectedResource {
        r#type: page.read(|_| text(resource.resource_type(), "ResourceType")),
        last_backup: page.read(|_| resource.last_backup_time().map(instant).transpose()),
    }
}

/// The moment some days before the run began: the same in a replay.
fn days_before(now: Timestamp, days: i64) -> DateTime {
    let since = now.as_second() - SignedDuration::from_hours(24 * days).as_secs();
    DateTime::from_secs(since)
}

/// AWS answers no ARN for jobs.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html>
fn arn(site: &Site, thing: &str, id: &str) -> String {
    format!(
        "arn:{}:backup:{}:{}:{thing}:{id}",
        site.partition, site.region, site.account
    )
}

/// `vol-1` of `arn:aws:ec2:…:volume/vol-1`, `orders` of `arn:aws:rds:…:db:orders`.
fn last_part(arn: &str) -> String {
    arn.rsplit(['/', ':']).next().unwrap_or(arn).to_owned()
}

fn text(value: Option<&str>, member: &str) -> Result<String, Missing> {
    value.map(str::to_owned).ok_or(missing(member))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_reaches_back_whole_days() {
        let now: Timestamp = "2026-01-31T12:00:00Z".parse().unwrap();
        let since = instant(&days_before(now, 30)).unwrap();
        assert_eq!(since.to_string(), "2026-01-01T12:00:00Z");
    }

    #[test]
    fn names_are_the_last_part_of_an_arn() {
        for (arn, name) in [
            ("arn:aws:ec2:eu-west-1:111122223333:volume/vol-1", "vol-1"),
            ("arn:aws:rds:eu-west-1:111122223333:db:orders", "orders"),
            ("arn:aws:s3:::acme-hr", "acme-hr"),
        ] {
            assert_eq!(last_part(arn), name);
        }
    }
}
