//! Clusters.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::API;
use crate::aws::{Moment, Question, Site, Tag, Turn, each, gather, list, missing, tags};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::redshift::Cluster;
use crate::inventory::{Read, Told};

/// Of the parameters that a group has, those that say what a connection must be and what is logged of it.
const ASKED_FOR: &[&str] = &["enable_user_activity_logging", "require_ssl"];

/// Reads the clusters.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Cluster, Clusters>(
        site,
        intake,
        async |token| {
            let question = Question::form().with("Marker", token);
            site.tell(&API, "DescribeClusters", question, "").await
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

async fn one_cluster(site: &Site, intake: &Intake, page: &Told<Clusters>, cluster: &Described) {
    let name = &cluster.cluster_identifier;
    let about = format!("cluster={name}");
    let question = Question::form().with("ClusterIdentifier", Some(name));
    let (logging, parameters) = futures::join!(
        site.tell::<Logging>(&API, "DescribeLoggingStatus", question, about),
        parameters(site, page, cluster),
    );
    let fields = Cluster {
        name: page.fact(name.clone()),
        status: page.fact(cluster.cluster_status.clone()),
        version: page.fact(cluster.cluster_version.clone()),
        public: page.fact(cluster.publicly_accessible),
        encrypted: page.fact(cluster.encrypted),
        kms_key: page.fact(cluster.kms_key_id.clone().filter(|key| !key.is_empty())),
        snapshot_retention_days: page.fact(cluster.automated_snapshot_retention_period),
        copies_snapshots_to: page.fact(
            cluster
                .cluster_snapshot_copy_status
                .as_ref()
                .map(|copy| copy.destination_region.clone()),
        ),
        enhanced_vpc_routing: page.fact(cluster.enhanced_vpc_routing),
        upgrades_itself: page.fact(cluster.allow_version_upgrade),
        multi_az: page.read(|_| {
            let says = cluster.multi_az.as_ref().ok_or(missing("MultiAZ"))?;
            Ok(says.eq_ignore_ascii_case("enabled"))
        }),
        admin: page.fact(cluster.master_username.clone()),
        database: page.read(|_| cluster.db_name.clone().ok_or(missing("DBName"))),
        managed_password: page.fact(cluster.master_password_secret_arn.is_some()),
        logged: logging.read(|l| Ok(l.logging_enabled)),
        log_delivered: logging.read(|l| Ok(l.last_successful_delivery_time.map(|at| at.0))),
        log_failed: logging.read(|l| Ok(l.last_failure_time.map(|at| at.0))),
        parameters,
        tags: page.fact(tags(&cluster.tags)),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:redshift:{region}:{account}:cluster:{name}"),
        name: name.clone(),
    };
    intake.add(account, region, identity, fields);
}

/// A cluster has one parameter group.
async fn parameters(
    site: &Site,
    page: &Told<Clusters>,
    cluster: &Described,
) -> Read<BTreeMap<String, String>> {
    let group = page.read(|_| {
        let group = cluster.cluster_parameter_groups.first();
        group
            .map(|group| group.parameter_group_name.clone())
            .ok_or(missing("ClusterParameterGroups"))
    })?;
    let listed = gather(
        async |token| {
            let question = Question::form()
                .with("ParameterGroupName", Some(&group.value))
                .with("Marker", token);
            let about = format!("group={}", group.value);
            site.tell::<Parameters>(&API, "DescribeClusterParameters", question, about)
                .await
        },
        |page| Turn::to(page.marker.as_deref()),
        |page| {
            let asked = page.parameters.iter();
            let asked = asked.filter(|one| ASKED_FOR.contains(&one.parameter_name.as_str()));
            Ok(asked
                .filter_map(|one| Some((one.parameter_name.clone(), one.parameter_value.clone()?)))
                .collect())
        },
    )
    .await?;
    listed.read(|values: &Vec<(String, String)>| Ok(values.iter().cloned().collect()))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Clusters {
    clusters: Vec<Described>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    cluster_identifier: String,
    cluster_status: String,
    cluster_version: String,
    publicly_accessible: bool,
    encrypted: bool,
    /// Left out where it is not encrypted by KMS.
    kms_key_id: Option<String>,
    automated_snapshot_retention_period: i64,
    /// Left out where snapshots stay in the region.
    cluster_snapshot_copy_status: Option<Copies>,
    enhanced_vpc_routing: bool,
    allow_version_upgrade: bool,
    #[serde(rename = "MultiAZ")]
    multi_az: Option<String>,
    master_username: String,
    #[serde(rename = "DBName")]
    db_name: Option<String>,
    /// Left out where Secrets Manager does not hold the password.
    master_password_secret_arn: Option<String>,
    cluster_parameter_groups: Vec<Group>,
    tags: Vec<Tag>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Copies {
    destination_region: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Group {
    parameter_group_name: String,
}

/// <https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeLoggingStatus.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Logging {
    logging_enabled: bool,
    /// Left out before the first delivery.
    last_successful_delivery_time: Option<Moment>,
    /// Left out where none has failed.
    last_failure_time: Option<Moment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Parameters {
    parameters: Vec<Parameter>,
    marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Parameter {
    parameter_name: String,
    /// Left out where it has none.
    parameter_value: Option<String>,
}
