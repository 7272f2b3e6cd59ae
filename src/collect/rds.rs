//! RDS: instances and clusters with the parameters that matter, and snapshots with whom they are shared.

mod clusters;
mod exports;
mod instances;
mod maintenance;
mod parameters;
mod release;
mod snapshots;
mod storage;

use std::collections::BTreeMap;

use aws_sdk_rds::types::Tag;

use crate::aws::{Missing, Site, missing};
use crate::inventory::intake::Intake;

/// Reads the databases of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let rds = site.rds();
    let waiting = maintenance::Waiting::default();
    futures::join!(
        instances::collect(site, &rds, &waiting, intake),
        clusters::collect(site, &rds, &waiting, intake),
        snapshots::of_instances(site, &rds, intake),
        snapshots::of_clusters(site, &rds, intake),
        exports::collect(site, &rds, intake),
    );
}

fn text(value: Option<&str>, member: &str) -> Result<String, Missing> {
    value.map(str::to_owned).ok_or(missing(member))
}

/// AWS leaves the list out where there are no tags.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html>
fn tags(tags: &[Tag]) -> Result<BTreeMap<String, String>, Missing> {
    let pairs = tags.iter().map(|tag| {
        // A tag may have a key alone.
        let value = tag.value().map_or_else(String::new, str::to_owned);
        Ok((text(tag.key(), "Key of a tag")?, value))
    });
    pairs.collect()
}
