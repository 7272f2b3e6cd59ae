//! Database Migration Service: replication instances, endpoints and tasks.

mod endpoints;
mod instances;
mod tasks;

use crate::aws::{Api, Protocol, Site};
use crate::inventory::intake::Intake;

/// <https://docs.aws.amazon.com/dms/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "dms",
    Protocol::Json {
        version: "1.1",
        target: "AmazonDMSv20160101",
    },
);

/// Reads what migrates in one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        instances::collect(site, intake),
        endpoints::collect(site, intake),
        tasks::collect(site, intake),
    );
}
