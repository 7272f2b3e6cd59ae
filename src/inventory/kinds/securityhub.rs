//! What Security Hub tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind};

/// Its kinds, and its facet of a region.
pub fn kinds() -> Vec<Kind> {
    vec![
        Hub::kind(),
        Standard::kind(),
        DisabledControl::kind(),
        Finding::kind(),
        Resolution::kind(),
        Suppression::kind(),
    ]
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

kind! {
    /// A finding of critical, high or medium severity that stands and that somebody suppressed.
    "securityhub.suppression" as suppression: Suppression, listed by ["securityhub:DescribeHub", "securityhub:GetFindings"] {
        /// What it says.
        title: String,
        /// `CRITICAL`, `HIGH` or `MEDIUM`.
        severity: String,
        /// The note on it; none: nobody wrote one.
        note: Option<String>,
        /// When the note was last changed; none: there is no note.
        noted: Option<Timestamp>,
        /// Who wrote the note; none: there is no note.
        noted_by: Option<String>,
    }
}

kind! {
    /// A control of a standard that somebody switched off.
    "securityhub.disabled_control" as control: DisabledControl, listed by ["securityhub:DescribeHub", "securityhub:GetEnabledStandards", "securityhub:DescribeStandardsControls"] {
        /// Its id in the standard: `S3.1`.
        control: String,
        /// `CRITICAL`, `HIGH`, `MEDIUM` or `LOW`.
        severity: String,
        /// Why; none: nobody said.
        reason: Option<String>,
    }
}

kind! {
    /// A finding of critical or high severity that was resolved within the last ninety days, or updated since.
    "securityhub.resolution" as resolution: Resolution, listed by ["securityhub:DescribeHub", "securityhub:GetFindings"] {
        /// What it says.
        title: String,
        /// `CRITICAL` or `HIGH`.
        severity: String,
        /// When it was made.
        created: Timestamp,
        /// When it was last updated: at its resolution, or since.
        updated: Timestamp,
    }
}
