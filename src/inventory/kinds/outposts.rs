//! What Outposts tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Outpost::kind()]
}

kind! {
    /// An Outpost: racks or servers of AWS in the customer's own building.
    "outposts.outpost" as outpost: Outpost, listed by ["outposts:ListOutposts"] {
        /// Id.
        id: String,
        /// Account that owns it.
        owner: String,
        /// Id of the site it stands at.
        site: String,
        /// `ACTIVE`, `PENDING`, `INSTALLING` …
        status: String,
    }
}
