//! Snapshots that somebody took. Automated ones end with their cluster's retention, and cannot be shared.
//! <https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html>

use serde::Deserialize;

use super::API;
use crate::aws::{Moment, Question, Site, Tag, Turn, list, tags};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::redshift::Snapshot;

/// Reads the manual snapshots.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Snapshot, Snapshots>(
        site,
        intake,
        async |token| {
            let question = Question::form()
                .with("SnapshotType", Some("manual"))
                .with("Marker", token);
            site.tell(&API, "DescribeClusterSnapshots", question, "")
                .await
        },
        |page| Turn::to(page.marker.as_deref()),
        async |page| {
            for snapshot in &page.value.snapshots {
                let accounts = snapshot.accounts_with_restore_access.iter();
                let fields = Snapshot {
                    name: page.fact(snapshot.snapshot_identifier.clone()),
                    cluster: page.fact(snapshot.cluster_identifier.clone()),
                    created: page.fact(snapshot.snapshot_create_time.0),
                    encrypted: page.fact(snapshot.encrypted),
                    shared_with: page.fact(accounts.map(|who| who.account_id.clone()).collect()),
                    tags: page.fact(tags(&snapshot.tags)),
                };
                let identity = Identity {
                    arn: snapshot.snapshot_arn.clone(),
                    name: snapshot.snapshot_identifier.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Snapshots {
    snapshots: Vec<Described>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/redshift/latest/APIReference/API_Snapshot.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    snapshot_identifier: String,
    snapshot_arn: String,
    cluster_identifier: String,
    snapshot_create_time: Moment,
    encrypted: bool,
    /// Left out where it is shared with nobody.
    #[serde(default)]
    accounts_with_restore_access: Vec<Restorer>,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Restorer {
    account_id: String,
}
