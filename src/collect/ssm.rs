//! Systems Manager: the machines it manages with their patches, what is run on them and when, documents, parameters
//! without their values, and how sessions are held.

mod associations;
mod documents;
mod instances;
mod ops_items;
mod parameters;
mod sessions;
mod software;
mod windows;

use crate::aws::{Api, Protocol, Site};
use crate::inventory::intake::Intake;

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "ssm",
    Protocol::Json {
        version: "1.1",
        target: "AmazonSSM",
    },
);

/// The most that one call lists. Most operations of Systems Manager list ten unless they are asked for more.
const PAGE: usize = 50;

/// Reads what Systems Manager knows of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        associations::collect(site, intake),
        documents::collect(site, intake),
        instances::collect(site, intake),
        ops_items::collect(site, intake),
        parameters::collect(site, intake),
        sessions::collect(site, intake),
        windows::collect(site, intake),
    );
}

/// Systems Manager answers ARNs of few things.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html>
fn arn(site: &Site, rest: &str) -> String {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    format!("arn:{partition}:ssm:{region}:{account}:{rest}")
}
