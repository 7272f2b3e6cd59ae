//! Database instances.

use std::collections::BTreeMap;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::DbInstance;

use super::maintenance::Waiting;
use super::parameters::Groups;
use super::release::release;
use super::{storage, tags, text};
use crate::ask;
use crate::aws::{Missing, Site, Turn, each, instant, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::rds::{Instance, Maintenance};
use crate::inventory::{Read, Told};

/// Reads the instances.
pub(super) async fn collect(site: &Site, rds: &Client, waiting: &Waiting, intake: &Intake) {
    let groups = Groups::default();
    let listing = pages(
        async |marker| {
            let describe = rds.describe_db_instances().set_marker(marker);
            ask!(site, "rds:DescribeDBInstances", describe)
        },
        |page| Turn::to(page.marker()),
        async |page| {
            intake.listed::<Instance>(&site.account, &site.region, &page.source);
            let instances = page
                .value
                .db_instances
                .as_ref()
                .ok_or(missing("DBInstances"))?;
            let named = instances.iter().map(|instance| {
                let identity = Identity {
                    arn: text(instance.db_instance_arn(), "DBInstanceArn")?,
                    name: text(instance.db_instance_identifier(), "DBInstanceIdentifier")?,
                };
                Ok((identity, instance))
            });
            let named = named.collect::<Result<Vec<_>, Missing>>()?;
            let free = free_storage(site, page, &named).await;
            each(named, async |(identity, instance)| {
                let (parameters, pending) = futures::join!(
                    parameters(site, rds, &groups, page, instance),
                    waiting.of(site, rds, &identity.arn),
                );
                let fields = one_instance(page, instance, (parameters, pending, &free));
                intake.add(&site.account, &site.region, identity, fields);
            })
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Instance>(&site.account, &site.region, gap);
    }
}

/// An instance has one parameter group, and none where its engine knows no parameters.
async fn parameters<T>(
    site: &Site,
    rds: &Client,
    groups: &Groups,
    page: &Told<T>,
    instance: &DbInstance,
) -> Read<BTreeMap<String, String>> {
    match instance.db_parameter_groups() {
        [] => page.fact(BTreeMap::new()),
        [group, ..] => {
            let name =
                page.read(|_| text(group.db_parameter_group_name(), "DBParameterGroupName"))?;
            groups.of_instances(site, rds, &name.value).await
        }
    }
}

/// The least free storage of the instances of a page. Those of Aurora and its kin have no storage of their own.
async fn free_storage<T>(
    site: &Site,
    page: &Told<T>,
    named: &[(Identity, &DbInstance)],
) -> Read<BTreeMap<String, f64>> {
    let own = named
        .iter()
        .filter(|(_, instance)| instance.db_cluster_identifier().is_none());
    let names: Vec<&str> = own.map(|(identity, _)| identity.name.as_str()).collect();
    if names.is_empty() {
        return page.fact(BTreeMap::new());
    }
    storage::least_free(site, &names).await
}

/// What other calls tell of an instance: its parameters, what waits for it, and how full disks were.
type Others<'a> = (
    Read<BTreeMap<String, String>>,
    Read<Vec<Maintenance>>,
    &'a Read<BTreeMap<String, f64>>,
);

fn one_instance<T>(
    page: &Told<T>,
    instance: &DbInstance,
    (parameters, pending, free): Others<'_>,
) -> Instance {
    let name = instance.db_instance_identifier();
    let flag = |flag: Option<bool>, member: &str| page.read(|_| flag.ok_or(missing(member)));
    let optional = |text: Option<&str>| page.fact(text.map(str::to_owned));
    Instance {
        name: page.read(|_| text(instance.db_instance_identifier(), "DBInstanceIdentifier")),
        engine: page.read(|_| text(instance.engine(), "Engine")),
        engine_version: page.read(|_| text(instance.engine_version(), "EngineVersion")),
        release: page.read(|_| release(instance.engine(), instance.engine_version())),
        status: page.read(|_| text(instance.db_instance_status(), "DBInstanceStatus")),
        cluster: optional(instance.db_cluster_identifier()),
        replica_of: optional(
            instance
                .read_replica_source_db_instance_identifier()
                .or(instance.read_replica_source_db_cluster_identifier()),
        ),
        created: page.read(|_| instance.instance_create_time().map(instant).transpose()),
        encrypted: flag(instance.storage_encrypted(), "StorageEncrypted"),
        kms_key: optional(instance.kms_key_id()),
        allocated_gib: page.read(|_| {
            let gib = instance.allocated_storage();
            gib.map(i64::from).ok_or(missing("AllocatedStorage"))
        }),
        max_allocated_gib: page.fact(instance.max_allocated_storage().map(i64::from)),
        least_free_gib: match free {
            Err(gap) => Err(gap.clone()),
            Ok(told) => told.fact(name.and_then(|name| told.value.get(name)).copied()),
        },
        public: flag(instance.publicly_accessible(), "PubliclyAccessible"),
        multi_az: flag(instance.multi_az(), "MultiAZ"),
        backup_retention_days: page.read(|_| {
            let days = instance.backup_retention_period();
            days.map(i64::from).ok_or(missing("BackupRetentionPeriod"))
        }),
        latest_restorable: page
            .read(|_| instance.latest_restorable_time().map(instant).transpose()),
        deletion_protection: flag(instance.deletion_protection(), "DeletionProtection"),
        iam_authentication: flag(
            instance.iam_database_authentication_enabled(),
            "IAMDatabaseAuthenticationEnabled",
        ),
        // Left out, like the tags, where it is empty.
        log_exports: page.fact(instance.enabled_cloudwatch_logs_exports().to_vec()),
        auto_minor_upgrade: flag(
            instance.auto_minor_version_upgrade(),
            "AutoMinorVersionUpgrade",
        ),
        ca: optional(instance.ca_certificate_identifier()),
        certificate_ends: page.read(|_| {
            let certificate = instance.certificate_details();
            let ends = certificate.and_then(|certificate| certificate.valid_till());
            ends.map(instant).transpose()
        }),
        monitoring_interval: page.read(|_| {
            let seconds = instance.monitoring_interval();
            seconds.map(i64::from).ok_or(missing("MonitoringInterval"))
        }),
        copies_tags: flag(instance.copy_tags_to_snapshot(), "CopyTagsToSnapshot"),
        managed_password: page.fact(instance.master_user_secret().is_some()),
        pending,
        parameters,
        tags: page.read(|_| tags(instance.tag_list())),
    }
}
