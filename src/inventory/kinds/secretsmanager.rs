//! What Secrets Manager tells. Never a secret.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Secret::kind()]
}

kind! {
    /// A secret in Secrets Manager that is not about to be deleted.
    "secretsmanager.secret" as secret: Secret, listed by ["secretsmanager:ListSecrets"] {
        /// Name.
        name: String,
        /// When it was created.
        created: Timestamp,
        /// When anything of it was last changed: its value, tags, description, rotation; none: never since it was made.
        changed: Option<Timestamp>,
        /// The day on which somebody last read it in this region, at midnight UTC; none: never.
        read: Option<Timestamp>,
        /// ARN of the KMS key that encrypts it; none: the key `aws/secretsmanager`. Either way it is encrypted.
        kms_key: Option<String>,
        /// The AWS service that made it and looks after it: `rds`, `events`; none: it is the account's own.
        owner: Option<String>,
        /// The region it is copied from, where its rotation is set; none: it is no copy.
        replica_of: Option<String>,
        /// Whether it rotates by itself.
        rotates: bool,
        /// Days between two rotations; none: it has no schedule.
        rotation_days: Option<i64>,
        /// When it was last rotated with success; none: never.
        rotated: Option<Timestamp>,
        /// When it is rotated next, at the latest; none: rotation is off.
        rotates_next: Option<Timestamp>,
        /// Statements of its resource policy; empty: it has none.
        policy: Vec<Statement> => ["secretsmanager:GetResourcePolicy"],
        /// Accounts other than its own that `policy` allows something, in order of number; everyone (`*`) is none of
        /// them.
        policy_accounts: Vec<String> => ["secretsmanager:GetResourcePolicy"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}
