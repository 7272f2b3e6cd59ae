//! What GuardDuty tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Detector::kind(),
        Finding::kind(),
        MalwarePlan::kind(),
        MalwareScan::kind(),
        Suppression::kind(),
    ]
}

kind! {
    /// A GuardDuty detector: what watches a region. A region has one at most.
    "guardduty.detector" as detector: Detector, listed by ["guardduty:ListDetectors"] {
        /// Id.
        id: String,
        /// Whether it is at work; a detector can be suspended.
        enabled: bool => ["guardduty:GetDetector"],
        /// Protection plans that are on: `S3_DATA_EVENTS`, `EKS_AUDIT_LOGS`, `EBS_MALWARE_PROTECTION`,
        /// `RDS_LOGIN_EVENTS`, `LAMBDA_NETWORK_LOGS`, `RUNTIME_MONITORING` …
        features: Vec<String> => ["guardduty:GetDetector"],
        /// Places that findings are exported to and that take them; empty: none.
        exports: Vec<String> => ["guardduty:ListPublishingDestinations"],
    }
}

kind! {
    /// A finding that nobody has archived, of medium severity or above.
    "guardduty.finding" as finding: Finding, listed by ["guardduty:ListDetectors", "guardduty:ListFindings", "guardduty:GetFindings"] {
        /// What it is about: `UnauthorizedAccess:EC2/SSHBruteForce`.
        r#type: String,
        /// From 1 to 10; 7 and above is high, 4 and above medium.
        severity: f64,
        /// When it was first made.
        created: Timestamp,
        /// When it was last seen again.
        updated: Timestamp,
    }
}

kind! {
    /// A filter that archives findings as they come.
    "guardduty.suppression" as suppression: Suppression, listed by ["guardduty:ListDetectors", "guardduty:ListFilters", "guardduty:GetFilter"] {
        /// Name.
        name: String,
        /// What is said of it; none: nobody said.
        description: Option<String>,
    }
}

kind! {
    /// A plan that scans what is put into a bucket for malware.
    "guardduty.malware_plan" as plan: MalwarePlan, listed by ["guardduty:ListMalwareProtectionPlans"] {
        /// Id.
        id: String,
        /// Name of the bucket.
        bucket: String => ["guardduty:GetMalwareProtectionPlan"],
        /// Whether it scans; it may lack permissions.
        active: bool => ["guardduty:GetMalwareProtectionPlan"],
    }
}

kind! {
    /// A scan of an instance's disks for malware, of the last ninety days.
    "guardduty.malware_scan" as scan: MalwareScan, listed by ["guardduty:ListDetectors", "guardduty:DescribeMalwareScans"] {
        /// Id.
        id: String,
        /// `RUNNING`, `COMPLETED`, `FAILED` or `SKIPPED`.
        status: String,
        /// When it began.
        started: Timestamp,
        /// ARN of the instance; none: AWS does not say.
        instance_arn: Option<String>,
        /// `CLEAN` or `INFECTED`; none: it has not come to an end, or was skipped.
        result: Option<String>,
    }
}
