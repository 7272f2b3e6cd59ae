//! What Security Hub tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind};

/// Its kinds, and its facet of a region.
pub fn kinds() -> Vec<Kind> {
    vec![
        Hub::kind(),
        AutomationRule::kind(),
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
        /// Whether the account has Security Hub on here; none: AWS does not offer it in the region.
        security_hub: Option<bool> => ["securityhub:DescribeHub"],
        /// Products whose findings Security Hub takes in: `aws/guardduty`, `aws/inspector` …; empty: none, or it is off.
        security_hub_sources: Vec<String> => ["securityhub:DescribeHub", "securityhub:ListEnabledProductsForImport"],
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
        /// When its product last updated it. What somebody does with a finding is no such update.
        updated: Timestamp,
        /// When it was resolved, the last time; none: Security Hub keeps no such change, which it does for ninety days.
        settled: Option<Timestamp> => ["securityhub:GetFindingHistory"],
        /// ARN of who resolved it then, a person, a role or a product; none: no such change is kept.
        settled_by: Option<String> => ["securityhub:GetFindingHistory"],
    }
}

kind! {
    /// A rule that takes findings out of sight as they come: it suppresses or resolves them, or changes their severity. Rules
    /// are the administrator's, for its members too: a member has none of its own.
    "securityhub.automation_rule" as rule: AutomationRule, listed by ["securityhub:DescribeHub", "securityhub:GetAdministratorAccount", "securityhub:ListAutomationRules", "securityhub:BatchGetAutomationRules"] {
        /// Name.
        name: String,
        /// Whether it is in force.
        enabled: bool,
        /// What is said of it; none: nobody said.
        description: Option<String>,
        /// State that it gives findings: `SUPPRESSED`, `RESOLVED` …; none: it leaves that as it is.
        workflow: Option<String>,
        /// Severity that it gives them: `LOW` …; none: it leaves that as it is.
        severity: Option<String>,
        /// When it was last changed.
        updated: Timestamp,
        /// ARN of who made it; none: Security Hub does not say.
        created_by: Option<String>,
    }
}
