//! What Inspector tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind};

/// Its kinds, and its facet of a region.
pub fn kinds() -> Vec<Kind> {
    vec![
        Scanning::kind(),
        Coverage::kind(),
        Finding::kind(),
        Suppression::kind(),
    ]
}

facet! {
    /// What Inspector scans in a region.
    of "region": Scanning {
        /// Whether instances are scanned; none: AWS does not offer Inspector in the region.
        inspector_instances: Option<bool> => ["inspector2:BatchGetAccountStatus"],
        /// Whether container images are scanned; none: AWS does not offer Inspector in the region.
        inspector_images: Option<bool> => ["inspector2:BatchGetAccountStatus"],
        /// Whether functions are scanned; none: AWS does not offer Inspector in the region.
        inspector_functions: Option<bool> => ["inspector2:BatchGetAccountStatus"],
    }
}

kind! {
    /// A resource that Inspector knows of, scanned or not.
    "inspector2.coverage" as covered: Coverage, listed by ["inspector2:ListCoverage"] {
        /// Id or ARN of the resource.
        resource_id: String,
        /// The same as the service of the resource has it: of a function without its version.
        resource: String,
        /// `AWS_EC2_INSTANCE`, `AWS_ECR_REPOSITORY`, `AWS_ECR_CONTAINER_IMAGE`, `AWS_LAMBDA_FUNCTION` …
        resource_type: String,
        /// Whether it is scanned.
        active: bool,
        /// Why it is not, or how it stands: `UNMANAGED_EC2_INSTANCE`, `SUCCESSFUL` …
        reason: String,
        /// In how many tasks of ECS and pods of EKS an image runs; none: it is no image, or AWS does not say.
        running: Option<i64>,
    }
}

kind! {
    /// A finding of critical, high or medium severity that is neither suppressed nor closed.
    "inspector2.finding" as finding: Finding, listed by ["inspector2:ListFindings"] {
        /// What it says.
        title: String,
        /// `CRITICAL`, `HIGH` or `MEDIUM`.
        severity: String,
        /// When it was first seen.
        first_observed: Timestamp,
        /// `YES`, `NO` or `PARTIAL`; none: AWS does not say.
        fix_available: Option<String>,
        /// Resources it is about.
        resources: Vec<String>,
    }
}

kind! {
    /// A rule that hides findings as they come.
    "inspector2.suppression" as suppression: Suppression, listed by ["inspector2:ListFilters"] {
        /// Name.
        name: String,
        /// Why it hides them, or else what is said of it; none: nobody said.
        reason: Option<String>,
        /// When it was last changed.
        updated: Timestamp,
    }
}
