//! What Security Hub tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind};

/// Its kinds, and its facet of a region.
pub fn kinds() -> Vec<Kind> {
    vec![Hub::kind(), Standard::kind(), Finding::kind()]
}

facet! {
    /// Whether Security Hub watches a region.
    of "region": Hub {
        /// Whether the account has Security Hub on here.
        security_hub: bool => ["securityhub:DescribeHub"],
    }
}

kind! {
    /// A standard that Security Hub holds the region against.
    "securityhub.standard" as standard: Standard, listed by ["securityhub:DescribeHub", "securityhub:GetEnabledStandards"] {
        /// ARN of the standard: `…:standards/aws-foundational-security-best-practices/v/1.0.0`.
        standard_arn: String,
        /// Whether its controls are in force; a standard may be on its way in or out, or have failed.
        ready: bool,
    }
}

kind! {
    /// A finding of critical, high or medium severity that stands and that nobody has resolved or suppressed.
    "securityhub.finding" as finding: Finding, listed by ["securityhub:DescribeHub", "securityhub:GetFindings"] {
        /// What it says.
        title: String,
        /// `CRITICAL`, `HIGH` or `MEDIUM`.
        severity: String,
        /// When it was made.
        created: Timestamp,
    }
}
