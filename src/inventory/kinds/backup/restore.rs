//! Restoring: the tests that are planned, and what was restored.

use jiff::Timestamp;

use crate::kind;

kind! {
    /// A restore testing plan: it restores recovery points on a schedule, to see whether they can be.
    "backup.restore_testing_plan" as plan: RestoreTestingPlan, listed by ["backup:ListRestoreTestingPlans"] {
        /// Name.
        name: String,
        /// Cron expression.
        schedule: String,
        /// When it last ran; none: never.
        last_run: Option<Timestamp>,
        /// Types of resource it restores: `EBS`, `RDS`; empty: it restores nothing.
        resource_types: Vec<String> => ["backup:ListRestoreTestingSelections"],
    }
}

kind! {
    /// A restore job of the last year.
    "backup.restore_job" as job: RestoreJob, listed by ["backup:ListRestoreJobs"] {
        /// Id.
        id: String,
        /// `EBS`, `RDS`, `S3` …; none: AWS does not say.
        resource_type: Option<String>,
        /// `PENDING`, `RUNNING`, `COMPLETED`, `ABORTED` or `FAILED`.
        status: String,
        /// When it was created.
        created: Timestamp,
        /// When the recovery point was made that it restores; none: AWS does not say.
        recovery_point_created: Option<Timestamp>,
        /// When it ended; none: it has not.
        completed: Option<Timestamp>,
        /// ARN of the restore testing plan that started it; none: someone else did.
        testing_plan: Option<String>,
        /// `VALIDATING`, `SUCCESSFUL`, `FAILED` or `TIMED_OUT`; none: nothing has validated it.
        validation: Option<String>,
    }
}
