//! What Shield tells.

use crate::facet;
use crate::inventory::schema::{Fields, Kind};

/// Its facets.
pub fn kinds() -> Vec<Kind> {
    vec![Shield::kind()]
}

facet! {
    /// Protection against denial of service.
    of "account": Shield {
        /// Whether the account is subscribed to Shield Advanced. Everybody has Shield Standard.
        shield_advanced: bool => ["shield:GetSubscriptionState"],
    }
}
