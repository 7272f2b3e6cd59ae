//! EBS snapshots, and whom they are shared with.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_ec2::operation::describe_snapshots::DescribeSnapshotsOutput;
use aws_sdk_ec2::types::{Snapshot as Described, SnapshotAttributeName};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, Turn, instant, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::Snapshot;
use crate::inventory::{Gap, Read, Source, Told};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let public = Public::list(site).await;
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
    public: &Public,
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
        public: public.has(&id),
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
struct Public {
    /// The public ones, with the page each stands on.
    found: BTreeMap<String, Source>,
    /// The page that ended the listing, which is the evidence of not being in it; or why it did not end.
    end: Result<Source, Arc<Gap>>,
}

impl Public {
    async fn list(site: &Site) -> Self {
        let ec2 = site.ec2();
        let found = Mutex::new(BTreeMap::new());
        let end = pages(
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
            |page: &DescribeSnapshotsOutput| Turn::to(page.next_token()),
            async |page| {
                for snapshot in some(&page.value.snapshots, "Snapshots")? {
                    let id = word(snapshot.snapshot_id(), "SnapshotId")?;
                    found
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .insert(id, page.source.clone());
                }
                Ok(())
            },
        )
        .await;
        Self {
            found: found.into_inner().unwrap_or_else(PoisonError::into_inner),
            end,
        }
    }

    fn has(&self, id: &str) -> Read<bool> {
        match (self.found.get(id), &self.end) {
            (Some(source), _) => Ok(Told {
                value: true,
                source: source.clone(),
            }),
            (None, Ok(source)) => Ok(Told {
                value: false,
                source: source.clone(),
            }),
            (None, Err(gap)) => Err(gap.clone()),
        }
    }
}
