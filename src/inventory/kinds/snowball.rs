//! What the Snow family tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Job::kind()]
}

kind! {
    /// A job that brings a Snow device to the customer and back.
    "snowball.job" as job: Job, listed by ["snowball:ListJobs"] {
        /// Id.
        id: String,
        /// `New`, `PreparingShipment`, `InTransitToCustomer`, `WithCustomer`, `InTransitToAWS`, `WithAWS`, `InProgress`, `Complete`,
        /// `Cancelled` …
        state: String,
        /// `IMPORT`, `EXPORT` or `LOCAL_USE`.
        r#type: String,
        /// When it was ordered.
        created: Timestamp,
    }
}
