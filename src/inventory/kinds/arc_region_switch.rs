//! What Region switch, of the Application Recovery Controller, tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Execution::kind(), Plan::kind()]
}

kind! {
    /// A plan by which an application leaves a region, and comes back. Every region of the plan shows it.
    "arc-region-switch.plan" as plan: Plan, listed by ["arc-region-switch:ListPlansInRegion"] {
        /// Name.
        name: String,
        /// Regions that it is about.
        regions: Vec<String>,
    }
}

kind! {
    /// An execution of such a plan: a region was left, or entered.
    "arc-region-switch.execution" as execution: Execution, listed by ["arc-region-switch:ListPlansInRegion", "arc-region-switch:ListPlanExecutions"] {
        /// Id.
        id: String,
        /// ARN of its plan.
        plan_arn: String,
        /// `inProgress`, `pausedByFailedStep`, `pausedByOperator`, `completed`, `completedWithExceptions`, `canceled`,
        /// `planExecutionTimedOut` or `pendingManualApproval`.
        state: String,
        /// When it began.
        started: Timestamp,
        /// When it came to its end; none: it has not.
        ended: Option<Timestamp>,
    }
}
