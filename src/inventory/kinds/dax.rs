//! What DynamoDB Accelerator tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Cluster::kind()]
}

kind! {
    /// A DAX cluster: a cache of DynamoDB tables.
    "dax.cluster" as cluster: Cluster, listed by ["dax:DescribeClusters"] {
        /// Name.
        name: String,
        /// Whether what it holds is encrypted at rest.
        encrypted: bool,
        /// Whether clients must speak TLS.
        requires_tls: bool,
        /// Zones that its nodes are in, each once.
        zones: Vec<String>,
    }
}
