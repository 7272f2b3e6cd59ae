//! The managed groups of nodes of a cluster.

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Reply, Site, Turn, each, list, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::eks::NodeGroup;

pub(super) async fn collect(site: &Site, intake: &Intake, cluster: &str) {
    let path = format!("/clusters/{}/node-groups", part(cluster));
    list::<NodeGroup, Groups>(
        site,
        intake,
        async |token| {
            let question = Question::get(&path).with("nextToken", token);
            site.tell(
                &API,
                "ListNodegroups",
                question,
                format!("cluster={cluster}"),
            )
            .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.nodegroups, async |name| {
                one_group(site, intake, page, (cluster, name), &path).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Groups {
    nodegroups: Vec<String>,
    next_token: Option<String>,
}

async fn one_group(
    site: &Site,
    intake: &Intake,
    page: &Told<Groups>,
    (cluster, name): (&str, &str),
    path: &str,
) {
    let question = Question::get(format!("{path}/{}", part(name)));
    let described: Reply<Described> = site
        .tell(
            &API,
            "DescribeNodegroup",
            question,
            format!("nodegroup={cluster}/{name}"),
        )
        .await;
    let fields = NodeGroup {
        name: page.fact(name.to_owned()),
        cluster_name: page.fact(cluster.to_owned()),
        status: described.read(|d| Ok(d.nodegroup.status.clone())),
        version: described.read(|d| Ok(d.nodegroup.version.clone())),
        issues: described.read(|d| {
            let issues = d.nodegroup.health.issues.iter();
            Ok(issues.map(|issue| issue.code.clone()).collect())
        }),
        ssh_key: described.read(|d| Ok(d.nodegroup.remote_access.ec2_ssh_key.clone())),
        ssh_from: described.read(|d| Ok(d.nodegroup.remote_access.source_security_groups.clone())),
    };
    // The last part of a group's ARN is known to AWS alone.
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:eks:{region}:{account}:nodegroup/{cluster}/{name}"),
        name: format!("{cluster}/{name}"),
    };
    intake.add(account, region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Described {
    nodegroup: Description,
}

/// <https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    status: String,
    /// Left out where a launch template names the image.
    version: Option<String>,
    health: Health,
    /// Left out where nobody may log in.
    #[serde(default)]
    remote_access: RemoteAccess,
}

#[derive(Debug, Deserialize)]
struct Health {
    issues: Vec<Issue>,
}

#[derive(Debug, Deserialize)]
struct Issue {
    code: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RemoteAccess {
    ec2_ssh_key: Option<String>,
    #[serde(default)]
    source_security_groups: Vec<String>,
}
