//! Snapshots, and the accounts that may restore them.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbClusterSnapshot, DbSnapshot};

use super::{tags, text};
use crate::ask;
use crate::aws::{Missing, Site, Turn, each, instant, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::rds::{ClusterSnapshot, Snapshot};
use crate::inventory::{Read, Told};

/// The type of those that somebody took, the only ones that can be shared.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html>
const MANUAL: &str = "manual";

/// The attribute that lists who may restore; AWS leaves it out or empty where nobody else may.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSnapshotAttribute.html>
const RESTORE: &str = "restore";

/// Reads the snapshots of instances that this account owns, of every type.
pub(super) async fn of_instances(site: &Site, rds: &Client, intake: &Intake) {
    let listing = pages(
        async |marker| {
            let describe = rds.describe_db_snapshots().set_marker(marker);
            ask!(site, "rds:DescribeDBSnapshots", describe)
        },
        |page| Turn::to(page.marker()),
        async |page| {
            intake.listed::<Snapshot>(&site.account, &site.region, &page.source);
            let snapshots = page
                .value
                .db_snapshots
                .as_ref()
                .ok_or(missing("DBSnapshots"))?;
            let named = snapshots.iter().map(|snapshot| {
                let identity = Identity {
                    arn: text(snapshot.db_snapshot_arn(), "DBSnapshotArn")?,
                    name: text(snapshot.db_snapshot_identifier(), "DBSnapshotIdentifier")?,
                };
                Ok((identity, snapshot))
            });
            each(
                named.collect::<Result<Vec<_>, Missing>>()?,
                async |(identity, snapshot)| {
                    let fields = one(site, rds, page, snapshot, &identity.name).await;
                    intake.add(&site.account, &site.region, identity, fields);
                },
            )
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Snapshot>(&site.account, &site.region, gap);
    }
}

async fn one<T>(
    site: &Site,
    rds: &Client,
    page: &Told<T>,
    snapshot: &DbSnapshot,
    name: &str,
) -> Snapshot {
    Snapshot {
        name: page.fact(name.to_owned()),
        instance: page.read(|_| text(snapshot.db_instance_identifier(), "DBInstanceIdentifier")),
        r#type: page.read(|_| text(snapshot.snapshot_type(), "SnapshotType")),
        created: page.read(|_| snapshot.snapshot_create_time().map(instant).transpose()),
        encrypted: page.read(|_| snapshot.encrypted().ok_or(missing("Encrypted"))),
        shared_with: sharing(site, rds, page, snapshot.snapshot_type(), name).await,
        tags: page.read(|_| tags(snapshot.tag_list())),
    }
}

/// RDS tells whom snapshots are shared with one snapshot at a time.
async fn sharing<T>(
    site: &Site,
    rds: &Client,
    page: &Told<T>,
    kind: Option<&str>,
    name: &str,
) -> Read<Vec<String>> {
    if page.read(|_| kind.ok_or(missing("SnapshotType")))?.value != MANUAL {
        return page.fact(Vec::new());
    }
    let describe = rds
        .describe_db_snapshot_attributes()
        .db_snapshot_identifier(name);
    let about = format!("snapshot={name}");
    ask!(site, "rds:DescribeDBSnapshotAttributes", describe, about).read(|answer| {
        let result = answer.db_snapshot_attributes_result();
        let attributes = result.and_then(|result| result.db_snapshot_attributes.as_ref());
        let attributes = attributes.ok_or(missing("DBSnapshotAttributes"))?.iter();
        let restore = attributes.filter(|attribute| attribute.attribute_name() == Some(RESTORE));
        Ok(restore
            .flat_map(|attribute| attribute.attribute_values())
            .cloned()
            .collect())
    })
}

/// Reads the snapshots of clusters that this account owns, of every type.
pub(super) async fn of_clusters(site: &Site, rds: &Client, intake: &Intake) {
    let listing = pages(
        async |marker| {
            let describe = rds.describe_db_cluster_snapshots().set_marker(marker);
            ask!(site, "rds:DescribeDBClusterSnapshots", describe)
        },
        |page| Turn::to(page.marker()),
        async |page| {
            intake.listed::<ClusterSnapshot>(&site.account, &site.region, &page.source);
            let snapshots = page.value.db_cluster_snapshots.as_ref();
            let named = snapshots
                .ok_or(missing("DBClusterSnapshots"))?
                .iter()
                .map(|snapshot| {
                    let name = snapshot.db_cluster_snapshot_identifier();
                    let identity = Identity {
                        arn: text(snapshot.db_cluster_snapshot_arn(), "DBClusterSnapshotArn")?,
                        name: text(name, "DBClusterSnapshotIdentifier")?,
                    };
                    Ok((identity, snapshot))
                });
            each(
                named.collect::<Result<Vec<_>, Missing>>()?,
                async |(identity, snapshot)| {
                    let fields = one_of_cluster(site, rds, page, snapshot, &identity.name).await;
                    intake.add(&site.account, &site.region, identity, fields);
                },
            )
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<ClusterSnapshot>(&site.account, &site.region, gap);
    }
}

async fn one_of_cluster<T>(
    site: &Site,
    rds: &Client,
    page: &Told<T>,
    snapshot: &DbClusterSnapshot,
    name: &str,
) -> ClusterSnapshot {
    ClusterSnapshot {
        name: page.fact(name.to_owned()),
        cluster: page.read(|_| text(snapshot.db_cluster_identifier(), "DBClusterIdentifier")),
        r#type: page.read(|_| text(snapshot.snapshot_type(), "SnapshotType")),
        created: page.read(|_| snapshot.snapshot_create_time().map(instant).transpose()),
        encrypted: page.read(|_| {
            snapshot
                .storage_encrypted()
                .ok_or(missing("StorageEncrypted"))
        }),
        shared_with: sharing_of_cluster(site, rds, page, snapshot.snapshot_type(), name).await,
        tags: page.read(|_| tags(snapshot.tag_list())),
    }
}

async fn sharing_of_cluster<T>(
    site: &Site,
    rds: &Client,
    page: &Told<T>,
    kind: Option<&str>,
    name: &str,
) -> Read<Vec<String>> {
    if page.read(|_| kind.ok_or(missing("SnapshotType")))?.value != MANUAL {
        return page.fact(Vec::new());
    }
    let describe = rds
        .describe_db_cluster_snapshot_attributes()
        .db_cluster_snapshot_identifier(name);
    let about = format!("snapshot={name}");
    ask!(
        site,
        "rds:DescribeDBClusterSnapshotAttributes",
        describe,
        about
    )
    .read(|answer| {
        let result = answer.db_cluster_snapshot_attributes_result();
        let attributes = result.and_then(|result| result.db_cluster_snapshot_attributes.as_ref());
        let attributes = attributes
            .ok_or(missing("DBClusterSnapshotAttributes"))?
            .iter();
        let restore = attributes.filter(|attribute| attribute.attribute_name() == Some(RESTORE));
        Ok(restore
            .flat_map(|attribute| attribute.attribute_values())
            .cloned()
            .collect())
    })
}
