//! What becomes of a population, or of what is known of a region as a whole, whose service has no host there: where AWS says
//! that the region does not have the service, there are none of its things and nothing to know; where it does not say so,
//! nothing is known of them.

use crate::aws::{Site, offered};
use crate::inventory::Gap;
use crate::inventory::intake::Intake;

/// Looks at what a collector left, once it has come to its end. `global` is where AWS is asked, once a service and run.
pub(super) async fn settle(global: &Site, site: &Site, service: &str, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let hostless = |gap: &Gap| gap.service == service && offered::hostless(&gap.message);
    let populations = intake.unread(account, region, service, hostless);
    let facts = intake.unread_facts(account, region, hostless);
    if populations.is_empty() && facts.is_empty() {
        return;
    }
    // Not told: the gap of the host stands, and the ledger counts the other.
    let Ok(regions) = offered::regions(global, service).await else {
        return;
    };
    if regions.value.iter().any(|offered| **offered == **region) {
        return;
    }
    for place in &populations {
        intake.empty(place, &regions.source);
    }
    for (place, field) in &facts {
        intake.not_offered(place, field, &regions.source);
    }
}
