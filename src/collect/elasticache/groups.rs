//! Replication groups: Redis and Valkey with replicas, or encrypted.

use serde::Deserialize;

use super::API;
use super::updates::Updates;
use crate::aws::{Question, Site, Turn, each, list, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::elasticache::ReplicationGroup;

/// Reads the replication groups.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let updates = Updates::default();
    list::<ReplicationGroup, Groups>(
        site,
        intake,
        async |token| {
            let question = Question::form().with("Marker", token);
            site.tell(&API, "DescribeReplicationGroups", question, "")
                .await
        },
        |page| Turn::to(page.marker.as_deref()),
        async |page| {
            each(&page.value.replication_groups, async |group| {
                one_group(site, intake, page, group, &updates).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_group(
    site: &Site,
    intake: &Intake,
    page: &Told<Groups>,
    group: &Described,
    updates: &Updates,
) {
    let logs = group.log_delivery_configurations.iter();
    let logs = logs.filter(|log| log.status == "active");
    let fields = ReplicationGroup {
        name: page.fact(group.replication_group_id.clone()),
        encrypted: page.fact(group.at_rest_encryption_enabled),
        kms_key: page.fact(group.kms_key_id.clone()),
        requires_tls: page.fact(group.requires_tls()),
        auth_token: page.fact(group.auth_token_enabled),
        user_groups: page.fact(group.user_group_ids.clone()),
        automatic_failover: page.fact(group.automatic_failover == "enabled"),
        multi_az: page.read(|_| {
            let says = group.multi_az.as_ref().ok_or(missing("MultiAZ"))?;
            Ok(says == "enabled")
        }),
        snapshot_retention_days: page.read(|_| {
            let days = group.snapshot_retention_limit;
            days.ok_or(missing("SnapshotRetentionLimit"))
        }),
        logs: page.fact(logs.map(|log| log.log_type.clone()).collect()),
        updates: updates.of_group(site, &group.replication_group_id).await,
    };
    let identity = Identity {
        arn: group.arn.clone(),
        name: group.replication_group_id.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Groups {
    replication_groups: Vec<Described>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    replication_group_id: String,
    #[serde(rename = "ARN")]
    arn: String,
    at_rest_encryption_enabled: bool,
    /// Left out where ElastiCache's own key encrypts, or none.
    kms_key_id: Option<String>,
    transit_encryption_enabled: bool,
    /// Left out where nothing is encrypted on the way.
    transit_encryption_mode: Option<String>,
    auth_token_enabled: bool,
    /// Left out where there are none.
    #[serde(default)]
    user_group_ids: Vec<String>,
    automatic_failover: String,
    #[serde(rename = "MultiAZ")]
    multi_az: Option<String>,
    snapshot_retention_limit: Option<i64>,
    /// Left out where nothing is delivered.
    #[serde(default)]
    log_delivery_configurations: Vec<Log>,
}

impl Described {
    /// Where encryption is on, it is required, unless the mode says that clear text is taken too.
    /// <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html>
    fn requires_tls(&self) -> bool {
        self.transit_encryption_enabled
            && self.transit_encryption_mode.as_deref() != Some("preferred")
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Log {
    log_type: String,
    status: String,
}
