//! What becomes of a population whose service has no host in a region: where AWS says that the region does not have the
//! service, there are none of its things; where it does not say so, nothing is known of them.

use crate::aws::{Site, offered};
use crate::inventory::intake::Intake;

/// Looks at what a collector left, once it has come to its end. `global` is where AWS is asked, once a service and run.
pub(super) async fn settle(global: &Site, site: &Site, service: &str, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let hostless = intake.unread(account, region, service, |gap| {
        gap.service == service && offered::hostless(&gap.message)
    });
    if hostless.is_empty() {
        return;
    }
    // Not told: the gap of the host stands, and the ledger counts the other.
    let Ok(regions) = offered::regions(global, service).await else {
        return;
    };
    if !regions.value.iter().any(|offered| **offered == **region) {
        for place in &hostless {
            intake.empty(place, &regions.source);
        }
    }
}
