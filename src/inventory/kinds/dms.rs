//! What the Database Migration Service tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Endpoint::kind(), Instance::kind(), Task::kind()]
}

kind! {
    /// An endpoint: a database that data is moved from or to.
    "dms.endpoint" as endpoint: Endpoint, listed by ["dms:DescribeEndpoints"] {
        /// Identifier.
        name: String,
        /// `source` or `target`.
        side: String,
        /// `postgres`, `mysql`, `oracle`, `mongodb`, `redis`, `s3` …
        engine: String,
        /// `none`, `require`, `verify-ca` or `verify-full`. Engines that AWS hosts behind HTTPS have `none`.
        ssl_mode: String,
        /// `plaintext` or `ssl-encryption`; none: it is no Redis.
        redis_protocol: Option<String>,
        /// Whether it logs in to Neptune by IAM; none: it is no Neptune.
        neptune_iam: Option<bool>,
        /// `no` or `password`; none: it is no MongoDB, or a secret holds user and password.
        mongodb_auth: Option<String>,
    }
}

kind! {
    /// A replication instance: the machine that moves data.
    "dms.instance" as instance: Instance, listed by ["dms:DescribeReplicationInstances"] {
        /// Identifier.
        name: String,
        /// Version of the engine.
        engine_version: String,
        /// Whether it has a public address.
        public: bool,
        /// Whether a standby waits in another zone.
        multi_az: bool,
        /// Whether minor versions are installed in the maintenance window.
        auto_minor_upgrade: bool,
    }
}

kind! {
    /// A replication task.
    "dms.task" as task: Task, listed by ["dms:DescribeReplicationTasks"] {
        /// Identifier.
        name: String,
        /// `full-load`, `cdc` or `full-load-and-cdc`.
        migration: String,
        /// `running`, `stopped`, `failed` …
        status: String,
        /// Components that write to CloudWatch Logs, at the default severity or more: `SOURCE_UNLOAD`, `SOURCE_CAPTURE`,
        /// `TARGET_LOAD`, `TARGET_APPLY` …; empty: nothing is logged.
        logs: Vec<String>,
    }
}
