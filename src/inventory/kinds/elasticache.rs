//! What ElastiCache tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Cluster::kind(),
        ReplicationGroup::kind(),
        ServerlessCache::kind(),
    ]
}

record! {
    /// An update that AWS offers.
    pub struct Update {
        /// Name: `elasticache-20260302-001`.
        name: String,
        /// `critical`, `important`, `medium` or `low`.
        severity: String,
        /// `not-applied`, `waiting-to-start`, `in-progress`, `stopping`, `stopped`, `complete`, `scheduling` or `scheduled`.
        status: String,
        /// By when AWS recommends to install it; none: it names no date.
        apply_by: Option<Timestamp>,
    }
}

kind! {
    /// A cache cluster, on its own or a node of a replication group.
    "elasticache.cluster" as cluster: Cluster, listed by ["elasticache:DescribeCacheClusters"] {
        /// Id.
        name: String,
        /// `redis`, `valkey` or `memcached`.
        engine: String,
        /// Version of the engine.
        engine_version: String,
        /// Engine and major version, as AWS ends its support: `elasticache redis 6`; none: there is no dated data of that
        /// engine.
        release: Option<String>,
        /// The replication group it is a node of; none: it stands alone.
        replication_group: Option<String>,
        /// Whether connections can be encrypted.
        encrypts_in_transit: bool,
        /// Whether what it writes to disk is encrypted.
        encrypted: bool,
        /// Its subnet group; none: it is in no VPC.
        subnet_group: Option<String>,
        /// Days that automatic snapshots are kept; 0: there are none.
        snapshot_retention_days: i64,
        /// Whether minor versions are installed by AWS.
        auto_minor_upgrade: bool,
    }
}

kind! {
    /// A replication group of Redis or Valkey.
    "elasticache.replication_group" as group: ReplicationGroup, listed by ["elasticache:DescribeReplicationGroups"] {
        /// Id.
        name: String,
        /// Whether what it writes to disk is encrypted.
        encrypted: bool,
        /// KMS key that encrypts it; none: ElastiCache's own, or none.
        kms_key: Option<String>,
        /// Whether connections in clear text are refused.
        requires_tls: bool,
        /// Whether clients must know a password that all share.
        auth_token: bool,
        /// Groups of users it lets in, each with a password and rights of its own; empty: it knows no users.
        user_groups: Vec<String>,
        /// Whether a replica takes over by itself.
        automatic_failover: bool,
        /// Whether its nodes are in more than one zone.
        multi_az: bool,
        /// Days that automatic snapshots are kept; 0: there are none.
        snapshot_retention_days: i64,
        /// Logs that are delivered: `slow-log`, `engine-log`; empty: none.
        logs: Vec<String>,
        /// Updates that AWS offers for it now.
        updates: Vec<Update> => ["elasticache:DescribeUpdateActions"],
    }
}

kind! {
    /// A serverless cache. AWS encrypts every one, at rest and on the way, and keeps it in several zones.
    "elasticache.serverless_cache" as cache: ServerlessCache, listed by ["elasticache:DescribeServerlessCaches"] {
        /// Name.
        name: String,
        /// `redis`, `valkey` or `memcached`.
        engine: String,
        /// The group of users it lets in; none: it knows no users.
        user_group: Option<String>,
        /// Days that automatic snapshots are kept; 0: there are none.
        snapshot_retention_days: i64,
    }
}
