//! What AWS Backup tells.

mod audit;
mod restore;

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

pub use audit::{Framework, ReportPlan};
pub use restore::{RestoreJob, RestoreTestingPlan};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        CopyJob::kind(),
        Framework::kind(),
        Job::kind(),
        Plan::kind(),
        ProtectedResource::kind(),
        ReportPlan::kind(),
        RestoreJob::kind(),
        RestoreTestingPlan::kind(),
        Vault::kind(),
    ]
}

record! {
    /// A further copy of each recovery point that a rule makes.
    pub struct Copy {
        /// ARN of the vault it goes to.
        vault_arn: String,
        /// Whether that vault is in another region or account than the plan.
        elsewhere: bool,
        /// Days until the copy is deleted; none: it is kept for ever.
        keep_days: Option<i64>,
    }
}

record! {
    /// One rule of a plan: when it backs up, and for how long it keeps.
    pub struct PlanRule {
        /// Name.
        name: String,
        /// Cron expression; none: AWS's default schedule, daily at five in the morning UTC.
        schedule: Option<String>,
        /// Vault it fills.
        vault: String,
        /// Days until a recovery point is deleted; none: it is kept for ever.
        keep_days: Option<i64>,
        /// Whether it allows restoring to any moment.
        continuous: bool,
        /// Copies it makes.
        copies: Vec<Copy>,
    }
}

kind! {
    /// A backup plan.
    "backup.plan" as plan: Plan, listed by ["backup:ListBackupPlans"] {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// When it last ran; none: never.
        last_run: Option<Timestamp>,
        /// Its rules.
        rules: Vec<PlanRule> => ["backup:GetBackupPlan"],
        /// Names of its selections, which assign resources to it; empty: it backs up nothing.
        selections: Vec<String> => ["backup:ListBackupSelections"],
    }
}

kind! {
    /// A backup vault.
    "backup.vault" as vault: Vault, listed by ["backup:ListBackupVaults"] {
        /// Name.
        name: String,
        /// `BACKUP_VAULT`, `LOGICALLY_AIR_GAPPED_BACKUP_VAULT` or `RESTORE_ACCESS_BACKUP_VAULT`.
        r#type: String,
        /// ARN of the KMS key that encrypts it; none: AWS names none.
        kms_key: Option<String>,
        /// How many recovery points it holds.
        recovery_points: i64,
        /// Whether Vault Lock holds: recovery points outlive every attempt to delete them early.
        locked: bool,
        /// When the lock can no longer be taken off, by anyone; none: a privileged user still can.
        lock_date: Option<Timestamp>,
        /// Days that the lock makes every recovery point last at the least; none: it sets no such limit.
        min_days: Option<i64>,
        /// Days that the lock lets a recovery point last at the most; none: it sets no such limit.
        max_days: Option<i64>,
        /// ARNs of its recovery points that are not encrypted; empty: all are.
        unencrypted: Vec<String> => ["backup:ListRecoveryPointsByBackupVault"],
        /// Statements of its access policy; empty where there is none.
        policy: Vec<Statement> => ["backup:GetBackupVaultAccessPolicy"],
        /// Events it tells a topic about: `BACKUP_JOB_FAILED`; empty where there is none.
        notifies_of: Vec<String> => ["backup:GetBackupVaultNotifications"],
        /// ARN of that topic; none: it tells nobody.
        topic_arn: Option<String> => ["backup:GetBackupVaultNotifications"],
    }
}

kind! {
    /// A resource that AWS Backup holds a recovery point of. Its ARN is the resource's own.
    "backup.protected_resource" as protected: ProtectedResource, listed by ["backup:ListProtectedResources"] {
        /// `EBS`, `RDS`, `S3`, `DynamoDB` …
        r#type: String,
        /// When it was last backed up; none: AWS does not say.
        last_backup: Option<Timestamp>,
    }
}

kind! {
    /// A backup job of the last thirty days, which is as long as AWS lists them.
    "backup.job" as job: Job, listed by ["backup:ListBackupJobs"] {
        /// Id.
        id: String,
        /// ARN of what it backs up.
        resource_arn: String,
        /// `EBS`, `RDS`, `S3`, `DynamoDB` …
        resource_type: String,
        /// `CREATED`, `PENDING`, `RUNNING`, `ABORTING`, `ABORTED`, `COMPLETED`, `FAILED`, `EXPIRED` or `PARTIAL`.
        state: String,
        /// When it was created.
        created: Timestamp,
        /// When the next job of the same resource was created that completed; none: there is none.
        next_completed: Option<Timestamp>,
        /// What AWS says of its state; none: nothing.
        message: Option<String>,
    }
}

kind! {
    /// A job of the last thirty days that copies a recovery point to another vault, seen from where it copies from.
    "backup.copy_job" as job: CopyJob, listed by ["backup:ListCopyJobs"] {
        /// Id.
        id: String,
        /// ARN of the resource whose recovery point it copies.
        resource_arn: String,
        /// ARN of the vault it copies to.
        vault_arn: String,
        /// `CREATED`, `RUNNING`, `COMPLETED`, `FAILED` or `PARTIAL`.
        state: String,
        /// When it was created.
        created: Timestamp,
        /// What AWS says of its state; none: nothing.
        message: Option<String>,
    }
}
