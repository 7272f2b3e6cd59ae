//! What Compute Optimizer tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Recommendation::kind()]
}

kind! {
    /// How the size of an instance fits its load of the last two weeks. Its ARN is the instance's own. There is none where the
    /// account has not opted in.
    "compute-optimizer.recommendation" as recommendation: Recommendation,
        listed by ["compute-optimizer:GetEnrollmentStatus", "compute-optimizer:GetEC2InstanceRecommendations"] {
        /// Instance type it has.
        instance_type: String,
        /// `UNDER_PROVISIONED`, `OVER_PROVISIONED`, `OPTIMIZED` …, as AWS spells it in this answer.
        finding: String,
        /// Whether the instance is too small for its load.
        too_small: bool,
    }
}
