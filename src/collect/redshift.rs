//! Redshift: clusters with their parameters and audit logs, and snapshots with whom they are shared.

mod clusters;
mod snapshots;

use crate::aws::{Api, Protocol, Site};
use crate::inventory::intake::Intake;

/// <https://docs.aws.amazon.com/redshift/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "redshift",
    Protocol::Query {
        version: "2012-12-01",
    },
);

/// Reads the clusters and snapshots of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        clusters::collect(site, intake),
        snapshots::collect(site, intake),
    );
}
