//! EMR: clusters that run, and what keeps any cluster of a region off the internet.

mod security;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, each, gather, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::emr::{BlockPublicAccess, Cluster};
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/emr/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "emr",
    Protocol::Json {
        version: "1.1",
        target: "ElasticMapReduce",
    },
)
.at("elasticmapreduce", "elasticmapreduce");

/// Reads EMR in one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(block(site, intake), clusters(site, intake));
}

async fn block(site: &Site, intake: &Intake) {
    let question = Question::json(json!({}));
    let told: Reply<Block> = site
        .tell(&API, "GetBlockPublicAccessConfiguration", question, "")
        .await;
    let fields = BlockPublicAccess {
        emr_blocks_public_access: told.read(|b| Ok(Some(b.configuration.blocks))),
        emr_public_ports: told.read(|b| {
            let ranges = b.configuration.permitted.iter();
            // A range without an end is the one port.
            let ranges = ranges.map(|range| match range.max {
                Some(max) if max != range.min => format!("{}-{max}", range.min),
                Some(_) | None => range.min.to_string(),
            });
            Ok(ranges.collect())
        }),
    };
    intake.facet(&site.account, &site.region, fields);
}

/// <https://docs.aws.amazon.com/emr/latest/APIReference/API_BlockPublicAccessConfiguration.html>
#[derive(Debug, Deserialize)]
struct Block {
    #[serde(rename = "BlockPublicAccessConfiguration")]
    configuration: BlockConfiguration,
}

#[derive(Debug, Deserialize)]
struct BlockConfiguration {
    #[serde(rename = "BlockPublicSecurityGroupRules")]
    blocks: bool,
    /// Left out where there is no exception.
    #[serde(rename = "PermittedPublicSecurityGroupRuleRanges", default)]
    permitted: Vec<Range>,
}

#[derive(Debug, Deserialize)]
struct Range {
    #[serde(rename = "MinRange")]
    min: i64,
    #[serde(rename = "MaxRange")]
    max: Option<i64>,
}

async fn clusters(site: &Site, intake: &Intake) {
    list::<Cluster, Clusters>(
        site,
        intake,
        async |token| {
            // Those that have ended are listed for two months, and nothing can be done about them.
            let input = json!({
                "ClusterStates": ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING"],
                "Marker": token,
            });
            site.tell(&API, "ListClusters", Question::json(input), "")
                .await
        },
        |page| Turn::to(page.marker.as_deref()),
        async |page| {
            each(&page.value.clusters, async |cluster| {
                one_cluster(site, intake, page, cluster).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_cluster(site: &Site, intake: &Intake, page: &Told<Clusters>, cluster: &Summary) {
    let about = format!("cluster={}", cluster.id);
    let question = Question::json(json!({ "ClusterId": cluster.id }));
    let (described, public): (Reply<Answer>, _) = futures::join!(
        site.tell(&API, "DescribeCluster", question, &about),
        public_primary(site, &cluster.id, &about),
    );
    let security = security::of(site, &described, &about).await;
    let fields = Cluster {
        id: page.fact(cluster.id.clone()),
        name: page.fact(cluster.name.clone()),
        logs_to: described.read(|d| Ok(d.cluster.log_uri.clone())),
        kerberos: described.read(|d| Ok(d.cluster.kerberos_attributes.is_some())),
        encrypts_at_rest: security.at_rest,
        encrypts_in_transit: security.in_transit,
        primary_is_public: public,
    };
    let identity = Identity {
        arn: cluster.cluster_arn.clone(),
        name: cluster.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Clusters {
    clusters: Vec<Summary>,
    marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    id: String,
    name: String,
    cluster_arn: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    cluster: Described,
}

/// <https://docs.aws.amazon.com/emr/latest/APIReference/API_Cluster.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    /// Always there: an answer without it is none.
    #[serde(rename = "Id")]
    _id: String,
    /// Left out where logs stay on the cluster.
    log_uri: Option<String>,
    /// Left out where nothing is encrypted.
    security_configuration: Option<String>,
    /// Left out where users do not sign in.
    kerberos_attributes: Option<IgnoredAny>,
}

/// Whether a primary node has an address on the internet.
async fn public_primary(site: &Site, id: &str, about: &str) -> Read<bool> {
    let nodes = gather(
        async |token| {
            let input = json!({
                "ClusterId": id,
                "InstanceGroupTypes": ["MASTER"],
                "InstanceStates": ["AWAITING_FULFILLMENT", "PROVISIONING", "BOOTSTRAPPING", "RUNNING"],
                "Marker": token,
            });
            site.tell::<Nodes>(&API, "ListInstances", Question::json(input), about)
                .await
        },
        |page| Turn::to(page.marker.as_deref()),
        |page| Ok(page.instances.iter().map(Node::is_public).collect()),
    )
    .await?;
    Ok(nodes.map(|public| public.contains(&true)))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Nodes {
    instances: Vec<Node>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/emr/latest/APIReference/API_Instance.html>
#[derive(Debug, Deserialize)]
struct Node {
    /// Always there: an answer without it is none.
    #[serde(rename = "Id")]
    _id: String,
    /// Left out, or empty, where there is none.
    #[serde(rename = "PublicIpAddress")]
    public: Option<String>,
}

impl Node {
    fn is_public(&self) -> bool {
        self.public.as_ref().is_some_and(|ip| !ip.is_empty())
    }
}
