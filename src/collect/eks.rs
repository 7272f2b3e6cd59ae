//! EKS: clusters, who reaches and administers them, and the groups of nodes beneath.

mod nodes;
mod versions;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::aws::{Api, Moment, Protocol, Question, Reply, Site, Turn, each, gather, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::eks::{Cluster, NodeGroup};
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/eks/latest/APIReference/Welcome.html>
const API: Api = Api::new("eks", Protocol::RestJson);

/// The access policy of EKS that lets do everything.
/// <https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html>
const ADMIN_POLICY: &str = "AmazonEKSClusterAdminPolicy";

/// Reads the clusters of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |token| {
            let question = Question::get("/clusters").with("nextToken", token);
            site.tell::<Clusters>(&API, "ListClusters", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<Cluster>(account, region, &page.source);
            intake.listed::<NodeGroup>(account, region, &page.source);
            if page.value.clusters.is_empty() {
                return Ok(());
            }
            let versions = versions::read(site).await;
            each(&page.value.clusters, async |name| {
                futures::join!(
                    one_cluster(site, intake, page, name, &versions),
                    nodes::collect(site, intake, name),
                );
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Cluster>(account, region, gap.clone());
        intake.incomplete::<NodeGroup>(account, region, gap);
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Clusters {
    clusters: Vec<String>,
    next_token: Option<String>,
}

async fn one_cluster(
    site: &Site,
    intake: &Intake,
    page: &Told<Clusters>,
    name: &str,
    versions: &Read<versions::Versions>,
) {
    let path = format!("/clusters/{}", part(name));
    let about = format!("cluster={name}");
    let described: Reply<Described> = site
        .tell(&API, "DescribeCluster", Question::get(&path), &about)
        .await;
    let admins = admins(site, &described, &path, &about).await;
    let fields = Cluster {
        name: page.fact(name.to_owned()),
        created: described.read(|d| Ok(d.cluster.created_at.0)),
        version: described.read(|d| Ok(d.cluster.version.clone())),
        supported_until: supported_until(&described, versions),
        public_endpoint: described.read(|d| Ok(d.cluster.network.endpoint_public_access)),
        private_endpoint: described.read(|d| Ok(d.cluster.network.endpoint_private_access)),
        public_ranges: described.read(|d| Ok(d.cluster.network.public_access_cidrs.clone())),
        secrets_key: described.read(|d| Ok(d.cluster.secrets_key())),
        logs: described.read(|d| {
            let on = d
                .cluster
                .logging
                .cluster_logging
                .iter()
                .filter(|one| one.enabled);
            Ok(on.flat_map(|one| one.types.iter().cloned()).collect())
        }),
        deletion_protection: described.read(|d| Ok(d.cluster.deletion_protection)),
        authentication: described.read(|d| Ok(d.cluster.authentication())),
        admins,
        tags: described.read(|d| Ok(d.cluster.tags.clone())),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:eks:{region}:{account}:cluster/{name}"),
        name: name.to_owned(),
    };
    intake.add(account, region, identity, fields);
}

/// Until when the cluster's version is in standard support, as the list of versions tells.
fn supported_until(
    described: &Reply<Described>,
    versions: &Read<versions::Versions>,
) -> Read<Option<jiff::Timestamp>> {
    let version = described.read(|d| Ok(d.cluster.version.clone()))?;
    let versions = versions.as_ref().map_err(Clone::clone)?;
    versions.fact(versions.value.get(&version.value).copied())
}

/// Who administers the cluster. One that keeps its rights in a config map alone has no access entries, and refuses to be asked
/// for them.
async fn admins(
    site: &Site,
    described: &Reply<Described>,
    path: &str,
    about: &str,
) -> Read<Vec<String>> {
    let authentication = described.read(|d| Ok(d.cluster.authentication()))?;
    if authentication.value.as_deref() == Some("CONFIG_MAP") {
        return authentication.fact(Vec::new());
    }
    let policy = format!(
        "arn:{}:eks::aws:cluster-access-policy/{ADMIN_POLICY}",
        site.partition
    );
    gather(
        async |token| {
            let question = Question::get(format!("{path}/access-entries"))
                .with("associatedPolicyArn", Some(&policy))
                .with("nextToken", token);
            site.tell::<Entries>(&API, "ListAccessEntries", question, about)
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        |page| Ok(page.access_entries.clone()),
    )
    .await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entries {
    access_entries: Vec<String>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Described {
    cluster: Description,
}

/// <https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    created_at: Moment,
    version: String,
    #[serde(rename = "resourcesVpcConfig")]
    network: Network,
    logging: Logging,
    /// Left out where no key was named.
    #[serde(default)]
    encryption_config: Vec<Encryption>,
    /// Left out of clusters on outposts, and of those older than access entries.
    access_config: Option<Access>,
    /// Left out of clusters older than the setting, which is then off.
    #[serde(default)]
    deletion_protection: bool,
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Network {
    endpoint_public_access: bool,
    endpoint_private_access: bool,
    /// Left out where the API does not answer from the internet.
    #[serde(default)]
    public_access_cidrs: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Logging {
    cluster_logging: Vec<Logs>,
}

#[derive(Debug, Deserialize)]
struct Logs {
    types: Vec<String>,
    enabled: bool,
}

#[derive(Debug, Deserialize)]
struct Encryption {
    resources: Vec<String>,
    provider: Provider,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Provider {
    key_arn: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Access {
    authentication_mode: Option<String>,
}

impl Description {
    fn secrets_key(&self) -> Option<String> {
        let of_secrets = |one: &&Encryption| one.resources.iter().any(|of| of == "secrets");
        let found = self.encryption_config.iter().find(of_secrets)?;
        Some(found.provider.key_arn.clone())
    }

    fn authentication(&self) -> Option<String> {
        self.access_config.as_ref()?.authentication_mode.clone()
    }
}
