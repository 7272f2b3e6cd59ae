//! MemoryDB: clusters.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::memorydb::Cluster;

/// <https://docs.aws.amazon.com/memorydb/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "memorydb",
    Protocol::Json {
        version: "1.1",
        target: "AmazonMemoryDB",
    },
)
.at("memory-db", "memorydb");

/// Reads the clusters of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Cluster, Clusters>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "DescribeClusters", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for cluster in &page.value.clusters {
                let fields = Cluster {
                    name: page.fact(cluster.name.clone()),
                    engine_version: page.fact(cluster.engine_version.clone()),
                    requires_tls: page.fact(cluster.tls_enabled),
                    kms_key: page.fact(cluster.kms_key_id.clone()),
                    acl: page.fact(cluster.acl_name.clone()),
                    snapshot_retention_days: page.fact(cluster.snapshot_retention_limit),
                    multi_az: page.fact(cluster.availability_mode.eq_ignore_ascii_case("multiaz")),
                    auto_minor_upgrade: page.fact(cluster.auto_minor_version_upgrade),
                };
                let identity = Identity {
                    arn: cluster.arn.clone(),
                    name: cluster.name.clone(),
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
    clusters: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/memorydb/latest/APIReference/API_Cluster.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    name: String,
    #[serde(rename = "ARN")]
    arn: String,
    engine_version: String,
    #[serde(rename = "TLSEnabled")]
    tls_enabled: bool,
    /// Left out where MemoryDB's own key encrypts.
    kms_key_id: Option<String>,
    #[serde(rename = "ACLName")]
    acl_name: String,
    snapshot_retention_limit: i64,
    availability_mode: String,
    auto_minor_version_upgrade: bool,
}
