//! What Cognito's user pools tell.

use std::collections::BTreeMap;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![UserPool::kind()]
}

kind! {
    /// A pool of users who sign in to an application.
    "cognito-idp.user_pool" as pool: UserPool, listed by ["cognito-idp:ListUserPools"] {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// Whether users give a second factor: `ON` (all of them), `OPTIONAL` (who has set one up) or `OFF`.
        mfa: String => ["cognito-idp:DescribeUserPool"],
        /// Least number of characters of a password.
        min_password_length: i64 => ["cognito-idp:DescribeUserPool"],
        /// Whether users are made by administrators alone; if not, anyone on the internet can register.
        made_by_administrators: bool => ["cognito-idp:DescribeUserPool"],
        /// Protection against stolen passwords and strange sign-ins: `ENFORCED`, `AUDIT` (it looks on) or `OFF`.
        threat_protection: String => ["cognito-idp:DescribeUserPool"],
        /// Whether it refuses to be deleted.
        deletion_protection: bool => ["cognito-idp:DescribeUserPool"],
        /// Tags.
        tags: BTreeMap<String, String> => ["cognito-idp:DescribeUserPool"],
    }
}
