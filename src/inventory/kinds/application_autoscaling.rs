//! What Application Auto Scaling tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Target::kind()]
}

kind! {
    /// Something of ECS or DynamoDB that can be scaled.
    "application-autoscaling.target" as target: Target, listed by ["application-autoscaling:DescribeScalableTargets"] {
        /// What is scaled: `service/cluster/name`, `table/name`, `table/name/index/name`.
        resource_id: String,
        /// Which number of it: `ecs:service:DesiredCount`, `dynamodb:table:ReadCapacityUnits`, …
        dimension: String,
        /// Name of the table that is scaled itself; none: it is something else.
        table: Option<String>,
        /// The least.
        min: i64,
        /// The most.
        max: i64,
        /// Whether nothing is scaled up at present, because somebody has suspended it.
        suspended: bool,
        /// Types of its policies: `TargetTrackingScaling`, …; empty: there are none, and nothing happens.
        scales_by: Vec<String> => ["application-autoscaling:DescribeScalingPolicies"],
    }
}
