//! What GuardDuty tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Coverage::kind(),
        Destination::kind(),
        Detector::kind(),
        Finding::kind(),
        MalwarePlan::kind(),
        MalwareScan::kind(),
        Suppression::kind(),
        TrustedList::kind(),
    ]
}

kind! {
    /// A GuardDuty detector: what watches a region. A region has one at most.
    "guardduty.detector" as detector: Detector, listed by ["guardduty:ListDetectors"] {
        /// Id.
        id: String,
        /// Region that it watches.
        region: String,
        /// Whether it is at work; a detector can be suspended.
        enabled: bool => ["guardduty:GetDetector"],
        /// Protection plans that are on: `S3_DATA_EVENTS`, `EKS_AUDIT_LOGS`, `EBS_MALWARE_PROTECTION`,
        /// `RDS_LOGIN_EVENTS`, `LAMBDA_NETWORK_LOGS`, `RUNTIME_MONITORING` …
        features: Vec<String> => ["guardduty:GetDetector"],
        /// Where GuardDuty installs the agent of runtime monitoring by itself: `EC2_AGENT_MANAGEMENT`,
        /// `ECS_FARGATE_AGENT_MANAGEMENT`, `EKS_ADDON_MANAGEMENT`; empty: nowhere.
        agents_installed: Vec<String> => ["guardduty:GetDetector"],
        /// Ids of the destinations that findings are exported to and that take them; empty: none.
        exports: Vec<String> => ["guardduty:ListPublishingDestinations"],
    }
}

kind! {
    /// A bucket that a detector exports its findings to.
    "guardduty.destination" as destination: Destination, listed by ["guardduty:ListDetectors", "guardduty:ListPublishingDestinations"] {
        /// Id.
        id: String,
        /// `PUBLISHING`, `PENDING_VERIFICATION`, `UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY` or `STOPPED`.
        status: String,
        /// Name of the bucket.
        bucket_name: String => ["guardduty:DescribePublishingDestination"],
        /// ARN of the KMS key that encrypts what is exported; none: AWS names none.
        kms_key: Option<String> => ["guardduty:DescribePublishingDestination"],
    }
}

kind! {
    /// An instance or a cluster that runtime monitoring watches, or would. While the plan is off there are none.
    "guardduty.coverage" as covered: Coverage, listed by ["guardduty:ListDetectors", "guardduty:ListCoverage"] {
        /// Id of the resource.
        resource: String,
        /// `EC2`, `ECS` or `EKS`.
        r#type: String,
        /// `HEALTHY` (its agent tells what it sees) or `UNHEALTHY`.
        status: String,
        /// What is wrong; none: GuardDuty does not say.
        issue: Option<String>,
    }
}

kind! {
    /// A list of addresses that GuardDuty tells nothing of, in force or about to be.
    "guardduty.trusted_list" as trusted: TrustedList, listed by ["guardduty:ListDetectors", "guardduty:ListIPSets", "guardduty:GetIPSet"] {
        /// Name.
        name: String,
        /// `ACTIVE`, or `ACTIVATING`, `DEACTIVATING`.
        status: String,
        /// Address of the file that holds the list.
        location: String,
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
