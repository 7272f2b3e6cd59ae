//! What Redshift tells of its clusters.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Cluster::kind(), Snapshot::kind()]
}

kind! {
    /// A Redshift cluster.
    "redshift.cluster" as cluster: Cluster, listed by ["redshift:DescribeClusters"] {
        /// Identifier.
        name: String,
        /// `available`, `paused`, `creating` …
        status: String,
        /// Version of the engine: `1.0`.
        version: String,
        /// Whether it has a public address.
        public: bool,
        /// Whether it is encrypted at rest.
        encrypted: bool,
        /// ARN of the KMS key; none: KMS does not encrypt it.
        kms_key: Option<String>,
        /// Days that automated snapshots are kept; 0: there are none.
        snapshot_retention_days: i64,
        /// Region that its snapshots are copied to; none: they stay.
        copies_snapshots_to: Option<String>,
        /// Whether what it loads and unloads goes through its VPC, where groups, endpoints and flow logs count.
        enhanced_vpc_routing: bool,
        /// Whether new versions of the engine are installed in the maintenance window.
        upgrades_itself: bool,
        /// Whether a second zone stands ready.
        multi_az: bool,
        /// Name of the main user.
        admin: String,
        /// Name of the database it was made with.
        database: String,
        /// Whether Secrets Manager holds and rotates the main user's password.
        managed_password: bool,
        /// Whether connections and changes of users are logged.
        logged: bool => ["redshift:DescribeLoggingStatus"],
        /// When a log was last delivered; none: never, or AWS does not say.
        log_delivered: Option<Timestamp> => ["redshift:DescribeLoggingStatus"],
        /// When a log last could not be delivered; none: never.
        log_failed: Option<Timestamp> => ["redshift:DescribeLoggingStatus"],
        /// Those of its parameters `require_ssl` and `enable_user_activity_logging` that have a value: `true` or `false`.
        parameters: BTreeMap<String, String> => ["redshift:DescribeClusterParameters"],
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A snapshot of a cluster that somebody took. It stays until it is deleted, also after its cluster.
    "redshift.snapshot" as snapshot: Snapshot, listed by ["redshift:DescribeClusterSnapshots"] {
        /// Identifier.
        name: String,
        /// The cluster it was taken of.
        cluster: String,
        /// When it was taken.
        created: Timestamp,
        /// Whether it is encrypted.
        encrypted: bool,
        /// Accounts that may restore it; empty: this one only.
        shared_with: Vec<String>,
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}
