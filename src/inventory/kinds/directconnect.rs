//! What Direct Connect tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Connection::kind()]
}

kind! {
    /// A dedicated or hosted connection to the customer's own network.
    "directconnect.connection" as connection: Connection, listed by ["directconnect:DescribeConnections"] {
        /// Id.
        id: String,
        /// `ordering`, `requested`, `pending`, `available`, `down`, `deleting`, `deleted`, `rejected` or `unknown`.
        state: String,
        /// The data centre where it ends: `EqDC2`.
        location: String,
        /// Whether nothing passes that MACsec has not encrypted.
        encrypted: bool,
    }
}
