//! What CodeCommit tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![PullRequest::kind(), Repository::kind()]
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

kind! {
    /// A pull request that was closed, merged or not, within the last ninety days; of the two hundred newest of a
    /// repository.
    "codecommit.pull_request" as request: PullRequest, listed by ["codecommit:ListRepositories", "codecommit:BatchGetRepositories", "codecommit:ListPullRequests", "codecommit:GetPullRequest"] {
        /// Number of it.
        number: String,
        /// Its repository.
        repository: String,
        /// Its title.
        title: String,
        /// ARN of who asked for it.
        author: String,
        /// Branch it was for: `main`.
        branch: String,
        /// Whether it was merged.
        merged: bool,
        /// When it was last touched.
        last_activity: Timestamp,
        /// ARNs of those who approve what it was at last, other than its author.
        approved_by: Vec<String> => ["codecommit:GetPullRequestApprovalStates"],
    }
}
