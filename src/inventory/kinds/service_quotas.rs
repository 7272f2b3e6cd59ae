//! What Service Quotas tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind};

/// Its kinds, and its facet of a region.
pub fn kinds() -> Vec<Kind> {
    vec![Management::kind(), Quota::kind(), Request::kind()]
}

facet! {
    /// Whether AWS itself watches a region's quotas for the account.
    of "region": Management {
        /// Whether Service Quotas tells, or raises a quota by itself, before one is full; none: AWS does not offer it in the
        /// region.
        quotas_managed: Option<bool> => ["service-quotas:GetAutoManagementConfiguration"],
    }
}

kind! {
    /// A limit on how many of a thing there may be at once, of which CloudWatch measures how many there are. Those of the
    /// services that a growing system runs into: EC2, EBS, VPC, load balancers, ECS, EKS, Fargate, Lambda, RDS, DynamoDB,
    /// Kinesis and Auto Scaling.
    "service-quotas.quota" as quota: Quota, listed by ["service-quotas:ListServiceQuotas"] {
        /// The service: `ec2`.
        service: String,
        /// What is limited, in AWS's words.
        name: String,
        /// Code: `L-1216C47A`.
        code: String,
        /// The limit.
        value: f64,
        /// Whether AWS raises it when asked.
        adjustable: bool,
        /// The most that was in use at once in the last thirty days; none: nothing was.
        peak: Option<f64> => ["cloudwatch:GetMetricData"],
    }
}

kind! {
    /// A quota that somebody asked to have raised.
    "service-quotas.request" as request: Request, listed by ["service-quotas:ListRequestedServiceQuotaChangeHistory"] {
        /// The service: `ec2`.
        service: String,
        /// What is limited, in AWS's words.
        quota: String,
        /// The limit that was asked for.
        wanted: f64,
        /// `PENDING`, `CASE_OPENED`, `APPROVED`, `DENIED`, `CASE_CLOSED`, `NOT_APPROVED` or `INVALID_REQUEST`.
        status: String,
        /// When it was asked for.
        created: Timestamp,
    }
}
