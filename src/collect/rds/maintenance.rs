//! What RDS wants to install: one listing for all instances and clusters of a region, asked for with the first.

use std::collections::BTreeMap;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::ResourcePendingMaintenanceActions;
use tokio::sync::OnceCell;

use super::text;
use crate::ask;
use crate::aws::{Missing, Site, Turn, gather, instant, missing};
use crate::inventory::Read;
use crate::inventory::kinds::rds::Maintenance;

/// What waits, by the ARN of what it waits for.
#[derive(Default)]
pub(super) struct Waiting(OnceCell<Read<BTreeMap<String, Vec<Maintenance>>>>);

impl Waiting {
    /// What waits for an instance or a cluster.
    pub(super) async fn of(&self, site: &Site, rds: &Client, arn: &str) -> Read<Vec<Maintenance>> {
        let all = self.0.get_or_init(async || listed(site, rds).await).await;
        let all = all.as_ref().map_err(Clone::clone)?;
        // What nothing waits for is not in the list.
        let own = all.value.get(arn).map_or_else(Vec::new, Clone::clone);
        all.fact(own)
    }
}

async fn listed(site: &Site, rds: &Client) -> Read<BTreeMap<String, Vec<Maintenance>>> {
    let all = gather(
        async |marker| {
            let describe = rds
                .describe_pending_maintenance_actions()
                .set_marker(marker);
            ask!(site, "rds:DescribePendingMaintenanceActions", describe)
        },
        |page| Turn::to(page.marker()),
        |page| {
            let all = page.pending_maintenance_actions.as_ref();
            let all = all.ok_or(missing("PendingMaintenanceActions"))?.iter();
            all.map(waiting).collect()
        },
    );
    all.await?
        .read(|all: &Vec<_>| Ok(all.iter().cloned().collect()))
}

fn waiting(
    resource: &ResourcePendingMaintenanceActions,
) -> Result<(String, Vec<Maintenance>), Missing> {
    let actions = resource.pending_maintenance_action_details().iter();
    let told = actions.map(|action| {
        // The first date from which AWS does not ask any more.
        let dates = [action.forced_apply_date(), action.auto_applied_after_date()];
        let dates: Result<Vec<_>, _> = dates.into_iter().flatten().map(instant).collect();
        Ok(Maintenance {
            action: text(action.action(), "Action")?,
            due: dates?.into_iter().min(),
        })
    });
    let arn = text(resource.resource_identifier(), "ResourceIdentifier")?;
    Ok((arn, told.collect::<Result<_, Missing>>()?))
}
