//! EC2, with EBS and VPC: instances, disks, images, the network around them, and the defaults of a region.

mod addresses;
mod defaults;
mod exports;
mod firewall;
mod images;
mod instances;
mod network;
mod offers;
mod origin;
mod peering;
mod places;
mod sharing;
mod templates;
mod transit;
mod user_data;
mod volumes;
mod vpn;

use std::collections::BTreeMap;

use aws_sdk_ec2::types::Tag;

use crate::aws::{Missing, Reply, Site, Turn, each, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::schema::Fields;

/// Reads EC2 in one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        defaults::collect(site, intake),
        exports::collect(site, intake),
        instances::collect(site, intake),
        images::collect(site, intake),
        volumes::collect(site, intake),
        sharing::collect(site, intake),
        firewall::collect(site, intake),
        network::collect(site, intake),
        peering::collect(site, intake),
        addresses::collect(site, intake),
        offers::collect(site, intake),
        places::collect(site, intake),
        templates::collect(site, intake),
        transit::collect(site, intake),
        vpn::collect(site, intake),
    );
}

/// How many a page may hold: the most that these operations allow.
const PAGE: i32 = 1000;

/// Lists a kind to its end and takes in every member. A member that cannot be told leaves a gap in the population
/// and does not hide the others.
async fn list<P, I, K: Fields>(
    site: &Site,
    intake: &Intake,
    ask: impl AsyncFn(Option<String>) -> Reply<P>,
    next: impl Fn(&P) -> Option<&str>,
    items: impl Fn(&P) -> Result<&[I], Missing>,
    member: impl AsyncFn(&Told<P>, &I) -> Result<(Identity, K), Missing>,
) {
    let listing = pages(
        ask,
        |page| Turn::to(next(page)),
        async |page| {
            intake.listed::<K>(&site.account, &site.region, &page.source);
            each(items(&page.value)?, async |item| {
                match member(page, item).await {
                    Ok((identity, fields)) => {
                        intake.add(&site.account, &site.region, identity, fields);
                    }
                    Err(missing) => {
                        intake.incomplete::<K>(&site.account, &site.region, page.lacks(missing));
                    }
                }
            })
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<K>(&site.account, &site.region, gap);
    }
}

/// A list that EC2 sends also when it is empty; without it the answer is not whole.
fn some<'a, I>(items: &'a Option<Vec<I>>, member: &str) -> Result<&'a [I], Missing> {
    items.as_deref().ok_or_else(|| missing(member))
}

/// A member that EC2 always sends.
fn need<T>(value: Option<T>, member: &str) -> Result<T, Missing> {
    value.ok_or_else(|| missing(member))
}

/// The same for text and enumerations, as EC2 spells them.
fn word(value: Option<impl AsRef<str>>, member: &str) -> Result<String, Missing> {
    need(value, member).map(|value| value.as_ref().to_owned())
}

/// EC2 leaves the tags out of what has none.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html>
fn tags(tags: &Option<Vec<Tag>>) -> Result<BTreeMap<String, String>, Missing> {
    tags.iter()
        .flatten()
        .map(|tag| Ok((word(tag.key(), "Key")?, word(tag.value(), "Value")?)))
        .collect()
}

/// Who a thing is: by its `Name` tag, or its id where it has none. A tag set that does not read is no reason to
/// lose the thing.
fn identity(site: &Site, kind: &str, id: &str, tags: &Option<Vec<Tag>>) -> Identity {
    // Images and snapshots are the only ones whose ARN names no account.
    // <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-resources-for-iam-policies>
    let account = match kind {
        "image" | "snapshot" => "",
        _ => &site.account,
    };
    let name = tags
        .iter()
        .flatten()
        .find(|tag| tag.key() == Some("Name"))
        .and_then(Tag::value)
        .filter(|name| !name.is_empty())
        .unwrap_or(id);
    Identity {
        arn: format!(
            "arn:{}:ec2:{}:{account}:{kind}/{id}",
            site.partition, site.region
        ),
        name: name.to_owned(),
    }
}
