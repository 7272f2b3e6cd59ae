//! Layers of this account, version by version, and who may load them.

use serde::Deserialize;

use super::API;
use crate::aws::documents::{other_accounts, statements};
use crate::aws::{Question, Reply, Site, Turn, each, pages, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::lambda::LayerVersion;

/// Reads the layers of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |marker| {
            let question = Question::get("/2018-10-31/layers").with("Marker", marker);
            site.tell::<Layers>(&API, "ListLayers", question, "").await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            intake.listed::<LayerVersion>(account, region, &page.source);
            each(&page.value.layers, async |layer| {
                versions(site, intake, &layer.layer_name).await
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<LayerVersion>(account, region, gap);
    }
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_LayersListItem.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Layers {
    layers: Vec<Layer>,
    next_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Layer {
    layer_name: String,
}

async fn versions(site: &Site, intake: &Intake, layer: &str) {
    let (account, region) = (&site.account, &site.region);
    let path = format!("/2018-10-31/layers/{}/versions", part(layer));
    let about = format!("layer={layer}");
    let listing = pages(
        async |marker| {
            let question = Question::get(&path).with("Marker", marker);
            site.tell::<Versions>(&API, "ListLayerVersions", question, &about)
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            intake.listed::<LayerVersion>(account, region, &page.source);
            each(&page.value.layer_versions, async |version| {
                one(site, intake, page, (layer, version)).await
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<LayerVersion>(account, region, gap);
    }
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_LayerVersionsListItem.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Versions {
    layer_versions: Vec<Version>,
    next_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Version {
    layer_version_arn: String,
    version: i64,
}

async fn one(
    site: &Site,
    intake: &Intake,
    page: &Told<Versions>,
    (layer, version): (&str, &Version),
) {
    let number = version.version;
    let path = format!(
        "/2018-10-31/layers/{}/versions/{number}/policy",
        part(layer)
    );
    let about = format!("layer={layer}:{number}");
    let policy: Reply<Policy> = site
        .tell(&API, "GetLayerVersionPolicy", Question::get(path), about)
        .await;
    let fields = LayerVersion {
        layer: page.fact(layer.to_owned()),
        number: page.fact(number),
        policy: policy.read_or(Vec::new, |told| statements(&told.policy)),
        policy_accounts: policy.read_or(Vec::new, |told| {
            Ok(other_accounts(&statements(&told.policy)?, &site.account))
        }),
    };
    let identity = Identity {
        arn: version.layer_version_arn.clone(),
        name: format!("{layer}:{number}"),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    policy: String,
}
