//! ElastiCache: replication groups and the clusters they and others are made of, with the updates that wait for them.

mod clusters;
mod groups;
mod serverless;
mod updates;

use crate::aws::{Api, Protocol, Site};
use crate::inventory::intake::Intake;

/// <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "elasticache",
    Protocol::Query {
        version: "2015-02-02",
    },
);

/// Reads the caches of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        groups::collect(site, intake),
        clusters::collect(site, intake),
        serverless::collect(site, intake),
    );
}
