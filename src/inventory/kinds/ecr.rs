//! What ECR tells.

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Repository::kind()]
}

kind! {
    /// A private repository of container images.
    "ecr.repository" as repository: Repository, listed by ["ecr:DescribeRepositories"] {
        /// Name.
        name: String,
        /// When it was created.
        created: Timestamp,
        /// Whether a tag, once given, stays with its image; there may be patterns of tags that are excepted.
        immutable_tags: bool,
        /// ARN of the KMS key that encrypts it; none: keys of Amazon S3 do.
        kms_key: Option<String>,
        /// When images are scanned for weaknesses, by the rules of the registry or the repository's own: `SCAN_ON_PUSH`,
        /// `CONTINUOUS_SCAN` or `MANUAL`.
        scan: String => ["ecr:BatchGetRepositoryScanningConfiguration"],
        /// Statements of its policy; empty where it has none.
        policy: Vec<Statement> => ["ecr:GetRepositoryPolicy"],
        /// Other accounts that the policy allows something, each once.
        policy_accounts: Vec<String> => ["ecr:GetRepositoryPolicy"],
        /// Whether a lifecycle policy removes images.
        removes_images: bool => ["ecr:GetLifecyclePolicy"],
    }
}
