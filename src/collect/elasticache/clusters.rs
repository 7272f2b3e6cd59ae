//! Cache clusters: the nodes of replication groups, and those that stand alone.

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, list, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::elasticache::Cluster;

/// Reads the clusters.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Cluster, Clusters>(
        site,
        intake,
        async |token| {
            let question = Question::form().with("Marker", token);
            site.tell(&API, "DescribeCacheClusters", question, "").await
        },
        |page| Turn::to(page.marker.as_deref()),
        async |page| {
            for cluster in &page.value.cache_clusters {
                let fields = Cluster {
                    name: page.fact(cluster.cache_cluster_id.clone()),
                    engine: page.fact(cluster.engine.clone()),
                    engine_version: page.fact(cluster.engine_version.clone()),
                    release: page.fact(cluster.release()),
                    replication_group: page.fact(cluster.replication_group_id.clone()),
                    encrypts_in_transit: page.fact(cluster.transit_encryption_enabled),
                    encrypted: page.fact(cluster.at_rest_encryption_enabled),
                    subnet_group: page.fact(cluster.cache_subnet_group_name.clone()),
                    snapshot_retention_days: page.read(|_| {
                        let days = cluster.snapshot_retention_limit;
                        // Memcached keeps nothing, and says nothing.
                        let none = (cluster.engine == "memcached").then_some(0);
                        days.or(none).ok_or(missing("SnapshotRetentionLimit"))
                    }),
                    auto_minor_upgrade: page.fact(cluster.auto_minor_version_upgrade),
                };
                let identity = Identity {
                    arn: cluster.arn.clone(),
                    name: cluster.cache_cluster_id.clone(),
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
struct Clusters {
    cache_clusters: Vec<Described>,
    marker: Option<String>,
}

impl Described {
    /// Support of Redis ends by its major version. AWS publishes no such days of Valkey and Memcached.
    /// <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html>
    fn release(&self) -> Option<String> {
        let major = self.engine_version.split('.').next();
        let redis = major.filter(|_| self.engine == "redis");
        redis.map(|major| format!("elasticache redis {major}"))
    }
}

/// <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    cache_cluster_id: String,
    #[serde(rename = "ARN")]
    arn: String,
    engine: String,
    engine_version: String,
    /// Left out where it belongs to no group.
    replication_group_id: Option<String>,
    transit_encryption_enabled: bool,
    at_rest_encryption_enabled: bool,
    /// Left out outside VPCs.
    cache_subnet_group_name: Option<String>,
    snapshot_retention_limit: Option<i64>,
    auto_minor_version_upgrade: bool,
}
