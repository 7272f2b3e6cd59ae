//! What MemoryDB tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Cluster::kind()]
}

kind! {
    /// A MemoryDB cluster. AWS encrypts every one at rest.
    "memorydb.cluster" as cluster: Cluster, listed by ["memorydb:DescribeClusters"] {
        /// Name.
        name: String,
        /// `7.1`, `6.2` …
        engine_version: String,
        /// Whether clients must speak TLS.
        requires_tls: bool,
        /// KMS key of this account that encrypts it; none: MemoryDB's own.
        kms_key: Option<String>,
        /// Its access control list; `open-access` lets everyone in without a password.
        acl: String,
        /// Days that automatic snapshots are kept; 0: there are none.
        snapshot_retention_days: i64,
        /// Whether it has nodes in more than one zone.
        multi_az: bool,
        /// Whether minor versions are installed by AWS.
        auto_minor_upgrade: bool,
    }
}
