//! The Kubernetes versions that EKS runs, and how long it supports each. AWS itself is the list.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, gather};
use crate::inventory::Read;

/// The end of standard support, by version.
pub(super) type Versions = BTreeMap<String, Timestamp>;

/// Reads them all: those in standard and in extended support, and those that no longer are.
pub(super) async fn read(site: &Site) -> Read<Versions> {
    let all = gather(
        async |token| {
            let question = Question::get("/cluster-versions")
                .with("includeAll", Some(true))
                .with("nextToken", token);
            site.tell::<Page>(&API, "DescribeClusterVersions", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        |page| {
            let known = page.cluster_versions.iter();
            Ok(known
                .map(|one| {
                    (
                        one.cluster_version.clone(),
                        one.end_of_standard_support_date.0,
                    )
                })
                .collect())
        },
    )
    .await?;
    Ok(all.map(|all| all.into_iter().collect()))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    cluster_versions: Vec<Version>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/eks/latest/APIReference/API_ClusterVersionInformation.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    cluster_version: String,
    end_of_standard_support_date: Moment,
}
