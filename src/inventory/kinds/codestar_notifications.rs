//! What the notification rules of the developer tools tell.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Rule::kind()]
}

kind! {
    /// A notification rule on a repository, build project, application or pipeline.
    "codestar-notifications.rule" as rule: Rule, listed by ["codestar-notifications:ListNotificationRules"] {
        /// Id.
        id: String,
        /// Name.
        name: String => ["codestar-notifications:DescribeNotificationRule"],
        /// ARN of what it is about.
        resource_arn: String => ["codestar-notifications:DescribeNotificationRule"],
        /// Whether it is in force.
        enabled: bool => ["codestar-notifications:DescribeNotificationRule"],
        /// What it tells of: `codepipeline-pipeline-pipeline-execution-failed`.
        events: Vec<String> => ["codestar-notifications:DescribeNotificationRule"],
        /// ARNs of the topics and chat channels that take what it tells; empty: nobody hears of it.
        reaches: Vec<String> => ["codestar-notifications:DescribeNotificationRule"],
    }
}
