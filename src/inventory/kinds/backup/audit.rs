//! Backup Audit Manager: what holds the backups against rules, and reports on it.

use jiff::Timestamp;

use crate::kind;

kind! {
    /// A framework: a set of controls that backups are held to.
    "backup.framework" as framework: Framework, listed by ["backup:ListFrameworks"] {
        /// Name.
        name: String,
        /// How its making went: `COMPLETED`, `CREATE_IN_PROGRESS`, `UPDATE_IN_PROGRESS`, `DELETE_IN_PROGRESS` or `FAILED`.
        deployment: String,
    }
}

kind! {
    /// A report plan: it writes a report of backups to a bucket, every day.
    "backup.report_plan" as report: ReportPlan, listed by ["backup:ListReportPlans"] {
        /// Name.
        name: String,
        /// What it reports: `BACKUP_JOB_REPORT`, `RESOURCE_COMPLIANCE_REPORT`, `RESTORE_JOB_REPORT`, …
        template: String,
        /// When it last wrote a report; none: never.
        last_success: Option<Timestamp>,
    }
}
