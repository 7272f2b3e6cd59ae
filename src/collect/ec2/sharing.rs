//! EBS snapshots, and whom they are shared with.

use std::collections::BTreeSet;

use aws_sdk_ec2::operation::describe_snapshots::DescribeSnapshotsOutput;
use aws_sdk_ec2::types::{Snapshot as Described, SnapshotAttributeName};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, Turn, gather, instant};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::Snapshot;
use crate::inventory::{Read, Told};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let public = public(site).await;
    list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeSnapshots",
                ec2.describe_snapshots()
                    .owner_ids("self")
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.snapshots, "Snapshots"),
        async |page, described| snapshot(site, &public, page, described).await,
    )
    .await;
}

async fn snapshot(
    site: &Site,
    public: &Read<BTreeSet<String>>,
    page: &Told<DescribeSnapshotsOutput>,
    described: &Described,
) -> Result<(Identity, Snapshot), Missing> {
    let id = word(described.snapshot_id(), "SnapshotId")?;
    // EC2 lists what is shared with everyone, or with accounts one can name; for accounts one cannot name there is only
    // a call per snapshot.
    let permissions = ask!(
        site,
        "ec2:DescribeSnapshotAttribute",
        site.ec2()
            .describe_snapshot_attribute()
            .snapshot_id(&id)
            .attribute(SnapshotAttributeName::CreateVolumePermission),
        format!("snapshot={id}")
    );
    let identity = identity(site, "snapshot", &id, &described.tags);
    let fields = Snapshot {
        public: match public {
            Ok(listed) => listed.fact(listed.value.contains(&id)),
            Err(gap) => Err(gap.clone()),
        },
        id: page.fact(id),
        volume: page.read(|_| word(described.volume_id(), "VolumeId")),
        state: page.read(|_| word(described.state(), "State")),
        started: page.read(|_| instant(need(described.start_time(), "StartTime")?)),
        encrypted: page.read(|_| need(described.encrypted(), "Encrypted")),
        kms_key: page.fact(described.kms_key_id().map(str::to_owned)),
        shared_with: permissions.read(|answer| {
            Ok(
                some(&answer.create_volume_permissions, "CreateVolumePermissions")?
                    .iter()
                    .filter_map(|permission| permission.user_id())
                    .map(str::to_owned)
                    .collect(),
            )
        }),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

/// The account's own snapshots that everyone may use: one listing tells for all, and is empty where all is well.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html>
async fn public(site: &Site) -> Read<BTreeSet<String>> {
    let ec2 = site.ec2();
    let listed = gather(
        async |token| {
            ask!(
                site,
                "ec2:DescribeSnapshots",
                ec2.describe_snapshots()
                    .owner_ids("self")
                    .restorable_by_user_ids("all")
                    .max_results(PAGE)
                    .set_next_token(token),
                "restorable by=all"
            )
        },
        |page| Turn::to(page.next_token()),
        |page| {
            some(&page.snapshots, "Snapshots")?
                .iter()
                .map(|snapshot| word(snapshot.snapshot_id(), "SnapshotId"))
                .collect()
        },
    )
    .await?;
    Ok(Told {
        value: listed.value.into_iter().collect(),
        source: listed.source,
    })
}
