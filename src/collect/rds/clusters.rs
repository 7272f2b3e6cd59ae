//! Database clusters.

use std::collections::BTreeMap;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::DbCluster;

use super::maintenance::Waiting;
use super::parameters::Groups;
use super::release::release;
use super::{tags, text};
use crate::ask;
use crate::aws::{Missing, Site, Turn, each, instant, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::rds::{Cluster, Maintenance};
use crate::inventory::{Read, Told};

/// Reads the clusters.
pub(super) async fn collect(site: &Site, rds: &Client, waiting: &Waiting, intake: &Intake) {
    let groups = Groups::default();
    let listing = pages(
        async |marker| {
            let describe = rds.describe_db_clusters().set_marker(marker);
            ask!(site, "rds:DescribeDBClusters", describe)
        },
        |page| Turn::to(page.marker()),
        async |page| {
            intake.listed::<Cluster>(&site.account, &site.region, &page.source);
            let clusters = page
                .value
                .db_clusters
                .as_ref()
                .ok_or(missing("DBClusters"))?;
            let named = clusters.iter().map(|cluster| {
                let identity = Identity {
                    arn: text(cluster.db_cluster_arn(), "DBClusterArn")?,
                    name: text(cluster.db_cluster_identifier(), "DBClusterIdentifier")?,
                };
                Ok((identity, cluster))
            });
            each(
                named.collect::<Result<Vec<_>, Missing>>()?,
                async |(identity, cluster)| {
                    let parameters = parameters(site, rds, &groups, page, cluster).await;
                    let pending = waiting.of(site, rds, &identity.arn).await;
                    let fields = one_cluster(page, cluster, parameters, pending);
                    intake.add(&site.account, &site.region, identity, fields);
                },
            )
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Cluster>(&site.account, &site.region, gap);
    }
}

async fn parameters<T>(
    site: &Site,
    rds: &Client,
    groups: &Groups,
    page: &Told<T>,
    cluster: &DbCluster,
) -> Read<BTreeMap<String, String>> {
    let group = page.read(|_| {
        text(
            cluster.db_cluster_parameter_group(),
            "DBClusterParameterGroup",
        )
    })?;
    groups.of_clusters(site, rds, &group.value).await
}

fn one_cluster<T>(
    page: &Told<T>,
    cluster: &DbCluster,
    parameters: Read<BTreeMap<String, String>>,
    pending: Read<Vec<Maintenance>>,
) -> Cluster {
    let flag = |flag: Option<bool>, member: &str| page.read(|_| flag.ok_or(missing(member)));
    Cluster {
        name: page.read(|_| text(cluster.db_cluster_identifier(), "DBClusterIdentifier")),
        engine: page.read(|_| text(cluster.engine(), "Engine")),
        engine_version: page.read(|_| text(cluster.engine_version(), "EngineVersion")),
        release: page.read(|_| release(cluster.engine(), cluster.engine_version())),
        status: page.read(|_| text(cluster.status(), "Status")),
        encrypted: flag(cluster.storage_encrypted(), "StorageEncrypted"),
        kms_key: page.fact(cluster.kms_key_id().map(str::to_owned)),
        multi_az: flag(cluster.multi_az(), "MultiAZ"),
        backup_retention_days: page.read(|_| {
            let days = cluster.backup_retention_period();
            days.map(i64::from).ok_or(missing("BackupRetentionPeriod"))
        }),
        latest_restorable: page.read(|_| cluster.latest_restorable_time().map(instant).transpose()),
        deletion_protection: flag(cluster.deletion_protection(), "DeletionProtection"),
        iam_authentication: flag(
            cluster.iam_database_authentication_enabled(),
            "IAMDatabaseAuthenticationEnabled",
        ),
        // Left out, like the tags, where it is empty.
        log_exports: page.fact(cluster.enabled_cloudwatch_logs_exports().to_vec()),
        copies_tags: flag(cluster.copy_tags_to_snapshot(), "CopyTagsToSnapshot"),
        managed_password: page.fact(cluster.master_user_secret().is_some()),
        pending,
        parameters,
        tags: page.read(|_| tags(cluster.tag_list())),
    }
}
