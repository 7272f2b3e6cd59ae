//! What MSK Connect tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Connector::kind()]
}

kind! {
    /// A connector of MSK Connect.
    "kafkaconnect.connector" as connector: Connector, listed by ["kafkaconnect:ListConnectors"] {
        /// Name.
        name: String,
        /// Whether it talks to its cluster over TLS.
        uses_tls: bool,
        /// Whether its workers' logs are delivered anywhere.
        logs: bool,
    }
}
