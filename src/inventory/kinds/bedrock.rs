//! What Bedrock tells.

use crate::facet;
use crate::inventory::schema::{Fields, Kind};

/// What it knows of a region.
pub fn kinds() -> Vec<Kind> {
    vec![Invocations::kind()]
}

facet! {
    /// Calls of Bedrock's models.
    of "region": Invocations {
        /// Calls of Bedrock's models in the last thirty days.
        bedrock_calls: f64 => ["cloudwatch:GetMetricData"],
        /// Whether Bedrock logs what its models are asked and what they answer. Not asked, and false, where none was called.
        bedrock_logs_calls: bool => ["cloudwatch:GetMetricData", "bedrock:GetModelInvocationLoggingConfiguration"],
    }
}
