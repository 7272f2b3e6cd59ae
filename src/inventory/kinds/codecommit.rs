//! What CodeCommit tells.

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Repository::kind()]
}

record! {
    /// A rule that pull requests must satisfy before they are merged.
    pub struct ApprovalRule {
        /// Name of its template.
        name: String,
        /// How many have to approve; of several statements the most.
        approvals: i64,
        /// Branches that it guards; empty: every one.
        branches: Vec<String>,
    }
}

kind! {
    /// A repository.
    "codecommit.repository" as repository: Repository, listed by ["codecommit:ListRepositories", "codecommit:BatchGetRepositories"] {
        /// Name.
        name: String,
        /// The branch that changes are merged into unless somebody says otherwise; none: nothing is in it yet.
        default_branch: Option<String>,
        /// The rules that every pull request gets by a template; empty: none.
        approval_rules: Vec<ApprovalRule> => ["codecommit:ListAssociatedApprovalRuleTemplatesForRepository", "codecommit:GetApprovalRuleTemplate"],
    }
}
