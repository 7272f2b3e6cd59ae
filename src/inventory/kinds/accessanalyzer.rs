//! What IAM Access Analyzer tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Analyzer::kind(),
        ArchiveRule::kind(),
        Finding::kind(),
        PublicFinding::kind(),
    ]
}

kind! {
    /// An analyzer: it looks for access from outside, or for access that nobody uses.
    "accessanalyzer.analyzer" as analyzer: Analyzer, listed by ["accessanalyzer:ListAnalyzers"] {
        /// Name.
        name: String,
        /// `ACCOUNT` or `ORGANIZATION` for access from outside, `…_UNUSED_ACCESS`, `…_INTERNAL_ACCESS`.
        r#type: String,
        /// Whether it is at work.
        active: bool,
    }
}

kind! {
    /// A finding that is neither archived nor resolved.
    "accessanalyzer.finding" as finding: Finding, listed by ["accessanalyzer:ListAnalyzers", "accessanalyzer:ListFindingsV2"] {
        /// `ExternalAccess`, `InternalAccess`, `UnusedIAMRole`, `UnusedIAMUserAccessKey`, `UnusedIAMUserPassword` or
        /// `UnusedPermission`.
        r#type: String,
        /// ARN of what is open or unused; none: AWS does not say.
        resource_arn: Option<String>,
        /// When it was found.
        created: Timestamp,
    }
}

kind! {
    /// A finding of something open to everyone that is neither archived nor resolved.
    "accessanalyzer.public_finding" as public: PublicFinding, listed by ["accessanalyzer:ListAnalyzers", "accessanalyzer:ListFindings"] {
        /// `AWS::S3::Bucket`, `AWS::SQS::Queue`, `AWS::IAM::Role` …
        resource_type: String,
        /// ARN of what is open; none: AWS does not say.
        resource_arn: Option<String>,
    }
}

kind! {
    /// A rule that archives findings as they come.
    "accessanalyzer.archive_rule" as archive_rule: ArchiveRule, listed by ["accessanalyzer:ListAnalyzers", "accessanalyzer:ListArchiveRules"] {
        /// Name.
        name: String,
        /// Name of the analyzer it stands at.
        analyzer: String,
        /// When it was last changed.
        updated: Timestamp,
    }
}
