//! DynamoDB Accelerator: clusters.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::dax::Cluster;

/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Accelerator_(DAX).html>
const API: Api = Api::new(
    "dax",
    Protocol::Json {
        version: "1.1",
        target: "AmazonDAXV3",
    },
);

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
                let at_rest = cluster.encryption.as_ref();
                let mut zones: Vec<&str> = cluster.nodes.iter().map(Node::zone).collect();
                zones.sort_unstable();
                zones.dedup();
                let fields = Cluster {
                    name: page.fact(cluster.cluster_name.clone()),
                    encrypted: page
                        .fact(at_rest.is_some_and(|at_rest| at_rest.status == "ENABLED")),
                    requires_tls: page.fact(cluster.endpoint_encryption.as_deref() == Some("TLS")),
                    zones: page.fact(zones.into_iter().map(str::to_owned).collect()),
                };
                let identity = Identity {
                    arn: cluster.cluster_arn.clone(),
                    name: cluster.cluster_name.clone(),
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

/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_dax_Cluster.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    cluster_name: String,
    cluster_arn: String,
    nodes: Vec<Node>,
    /// Left out of clusters from before DAX could encrypt.
    #[serde(rename = "SSEDescription")]
    encryption: Option<AtRest>,
    /// Left out of clusters from before DAX knew TLS.
    #[serde(rename = "ClusterEndpointEncryptionType")]
    endpoint_encryption: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AtRest {
    status: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Node {
    availability_zone: String,
}

impl Node {
    fn zone(&self) -> &str {
        &self.availability_zone
    }
}
