//! What RDS tells. DocumentDB and Neptune answer the same calls; `engine` tells them apart.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Cluster::kind(),
        ClusterSnapshot::kind(),
        ExportTask::kind(),
        Instance::kind(),
        Snapshot::kind(),
    ]
}

record! {
    /// Something that RDS wants to install.
    pub struct Maintenance {
        /// `system-update`, `db-upgrade`, `ca-certificate-rotation` …
        action: String,
        /// From when on RDS does it without asking; none: it waits for somebody.
        due: Option<Timestamp>,
    }
}

kind! {
    /// A database instance, on its own or a member of a cluster.
    "rds.instance" as instance: Instance, listed by ["rds:DescribeDBInstances"] {
        /// Identifier.
        name: String,
        /// `postgres`, `mysql`, `aurora-postgresql`, `sqlserver-se` …
        engine: String,
        /// Version of the engine.
        engine_version: String,
        /// Engine and major version, as AWS ends its support: `rds postgres 13`; none: there is no dated data of that
        /// engine.
        release: Option<String>,
        /// `available`, `stopped`, `creating` …
        status: String,
        /// The cluster it is a member of; none: it stands alone.
        cluster: Option<String>,
        /// The instance it replicates; none: it is no read replica.
        replica_of: Option<String>,
        /// When it was created; none: it is still being created.
        created: Option<Timestamp>,
        /// Whether storage is encrypted.
        encrypted: bool,
        /// ARN of the KMS key; none: not encrypted.
        kms_key: Option<String>,
        /// GiB of storage it has; 1 of members of Aurora clusters, which have none of their own.
        allocated_gib: i64,
        /// GiB that its storage may grow to by itself; none: it does not grow.
        max_allocated_gib: Option<i64>,
        /// The least GiB that were free within the last thirty days; none: CloudWatch has no figures, as of members of clusters.
        least_free_gib: Option<f64> => ["cloudwatch:GetMetricData"],
        /// Whether its name resolves to a public address outside its network.
        public: bool,
        /// Whether a standby waits in another zone. Members of an Aurora cluster have none of their own.
        multi_az: bool,
        /// Days that automated backups are kept; 0: there are none.
        backup_retention_days: i64,
        /// Latest moment it can be restored to; none: there is no automated backup.
        latest_restorable: Option<Timestamp>,
        /// Whether it refuses to be deleted.
        deletion_protection: bool,
        /// Whether IAM users and roles can log in.
        iam_authentication: bool,
        /// Logs sent to CloudWatch Logs: `postgresql`, `audit`; empty: none.
        log_exports: Vec<String>,
        /// Whether minor versions are installed in the maintenance window.
        auto_minor_upgrade: bool,
        /// Certificate authority of its TLS certificate, `rds-ca-rsa2048-g1`; none: AWS names none.
        ca: Option<String>,
        /// When its TLS certificate ends; none: AWS does not say.
        certificate_ends: Option<Timestamp>,
        /// Seconds between the operating system's metrics; 0: enhanced monitoring is off.
        monitoring_interval: i64,
        /// Whether its tags go to its snapshots.
        copies_tags: bool,
        /// Whether Secrets Manager holds and rotates the main user's password.
        managed_password: bool,
        /// What RDS wants to install on it.
        pending: Vec<Maintenance> => ["rds:DescribePendingMaintenanceActions"],
        /// Those parameters of its parameter groups that have a value and are about encrypted connections
        /// (`rds.force_ssl`, `require_secure_transport`, `tls`, `neptune_enforce_ssl`) or what is logged of them
        /// (`log_connections`, `log_disconnections`, `log_statement`, `pgaudit.log`, `server_audit_logging`,
        /// `audit_logs`, `neptune_enable_audit_log`). The engine's own default applies to one that has no value.
        parameters: BTreeMap<String, String> => ["rds:DescribeDBParameters"],
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A database cluster: Aurora, or RDS across three zones.
    "rds.cluster" as cluster: Cluster, listed by ["rds:DescribeDBClusters"] {
        /// Identifier.
        name: String,
        /// `aurora-postgresql`, `aurora-mysql`, `mysql`, `postgres`, `docdb`, `neptune`.
        engine: String,
        /// Version of the engine.
        engine_version: String,
        /// As of an instance.
        release: Option<String>,
        /// `available`, `stopped`, `creating` …
        status: String,
        /// Whether storage is encrypted.
        encrypted: bool,
        /// ARN of the KMS key; none: not encrypted.
        kms_key: Option<String>,
        /// Whether it has instances in more than one zone.
        multi_az: bool,
        /// Days that automated backups are kept; never 0.
        backup_retention_days: i64,
        /// Latest moment it can be restored to; none: AWS does not say.
        latest_restorable: Option<Timestamp>,
        /// Whether it refuses to be deleted.
        deletion_protection: bool,
        /// Whether IAM users and roles can log in.
        iam_authentication: bool,
        /// Logs sent to CloudWatch Logs: `postgresql`, `audit`; empty: none.
        log_exports: Vec<String>,
        /// Whether its tags go to its snapshots.
        copies_tags: bool,
        /// Whether Secrets Manager holds and rotates the main user's password.
        managed_password: bool,
        /// What RDS wants to install on it.
        pending: Vec<Maintenance> => ["rds:DescribePendingMaintenanceActions"],
        /// As of an instance, from the cluster's parameter group.
        parameters: BTreeMap<String, String> => ["rds:DescribeDBClusterParameters"],
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A snapshot of an instance.
    "rds.snapshot" as snapshot: Snapshot, listed by ["rds:DescribeDBSnapshots"] {
        /// Identifier.
        name: String,
        /// The instance it was taken of.
        instance: String,
        /// `manual`, `automated` or `awsbackup`.
        r#type: String,
        /// When it was taken; none: it is still being taken.
        created: Option<Timestamp>,
        /// Whether it is encrypted.
        encrypted: bool,
        /// Accounts that may restore it, `all` for every account. Only manual snapshots can be shared.
        shared_with: Vec<String> => ["rds:DescribeDBSnapshotAttributes"],
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A snapshot of a cluster.
    "rds.cluster_snapshot" as snapshot: ClusterSnapshot, listed by ["rds:DescribeDBClusterSnapshots"] {
        /// Identifier.
        name: String,
        /// The cluster it was taken of.
        cluster: String,
        /// `manual`, `automated` or `awsbackup`.
        r#type: String,
        /// When it was taken; none: it is still being taken.
        created: Option<Timestamp>,
        /// Whether it is encrypted.
        encrypted: bool,
        /// Accounts that may restore it, `all` for every account. Only manual snapshots can be shared.
        shared_with: Vec<String> => ["rds:DescribeDBClusterSnapshotAttributes"],
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// An export of a snapshot or a cluster to a bucket.
    "rds.export_task" as export: ExportTask, listed by ["rds:DescribeExportTasks"] {
        /// Identifier.
        name: String,
        /// ARN of the snapshot or cluster.
        source_arn: String,
        /// The bucket it goes to.
        bucket: String,
        /// `COMPLETE`, `CANCELED`, `FAILED`, `IN_PROGRESS` …
        status: String,
        /// When it began; none: it has not.
        started: Option<Timestamp>,
    }
}
