//! CloudTrail Lake: event data stores, what they take in and how long they keep it.

use aws_sdk_cloudtrail::types::EventDataStoreStatus;

use super::{selectors, text};
use crate::ask;
use crate::aws::{Missing, Site, Turn, each, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cloudtrail::EventDataStore;

/// Reads the stores of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let cloudtrail = site.cloudtrail();
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |token| {
            let list = cloudtrail.list_event_data_stores().set_next_token(token);
            ask!(site, "cloudtrail:ListEventDataStores", list)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<EventDataStore>(account, region, &page.source);
            let stores = page.value.event_data_stores.as_ref();
            let stores = stores.ok_or(missing("EventDataStores"))?;
            let named = stores.iter().map(|store| {
                let arn = text(store.event_data_store_arn(), "EventDataStoreArn")?;
                Ok((arn, text(store.name(), "Name")?))
            });
            let named = named.collect::<Result<Vec<_>, Missing>>()?;
            each(named, async |(arn, name)| {
                let store = ask!(
                    site,
                    "cloudtrail:GetEventDataStore",
                    cloudtrail.get_event_data_store().event_data_store(&arn),
                    format!("store={name}")
                );
                let fields = EventDataStore {
                    name: page.fact(name.clone()),
                    enabled: store.read(|s| {
                        let status = s.status().ok_or(missing("Status"))?;
                        Ok(*status == EventDataStoreStatus::Enabled)
                    }),
                    multi_region: store.read(|s| {
                        s.multi_region_enabled()
                            .ok_or(missing("MultiRegionEnabled"))
                    }),
                    organization: store.read(|s| {
                        s.organization_enabled()
                            .ok_or(missing("OrganizationEnabled"))
                    }),
                    retention_days: store.read(|s| {
                        let days = s.retention_period().ok_or(missing("RetentionPeriod"))?;
                        Ok(i64::from(days))
                    }),
                    management: store
                        .read(|s| selectors::management_of(s.advanced_event_selectors())),
                };
                let identity = Identity { arn, name };
                intake.add(account, region, identity, fields);
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<EventDataStore>(account, region, gap);
    }
}
