//! What DataSync tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Task::kind()]
}

kind! {
    /// A task that moves data.
    "datasync.task" as task: Task, listed by ["datasync:ListTasks"] {
        /// Name; of one without a name, its id.
        name: String,
        /// ARN of the log group it logs to; none: it logs nowhere.
        log_group_arn: Option<String> => ["datasync:DescribeTask"],
        /// How much it logs: `OFF`, `BASIC` (what failed) or `TRANSFER` (each file).
        log_level: String => ["datasync:DescribeTask"],
    }
}
