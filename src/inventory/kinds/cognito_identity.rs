//! What Cognito's identity pools tell.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Pool::kind()]
}

kind! {
    /// A pool of identities that get AWS credentials.
    "cognito-identity.pool" as pool: Pool, listed by ["cognito-identity:ListIdentityPools"] {
        /// Name.
        name: String,
        /// Whether guests, which is everyone, get credentials too.
        guests: bool => ["cognito-identity:DescribeIdentityPool"],
        /// Whether it still has the classic flow, in which whoever asks chooses the role.
        classic_flow: bool => ["cognito-identity:DescribeIdentityPool"],
        /// ARN of the role that guests get; none: they get none.
        guest_role: Option<String> => ["cognito-identity:GetIdentityPoolRoles"],
    }
}
