//! What IAM Identity Center's directory tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![User::kind()]
}

kind! {
    /// A person in the directory of IAM Identity Center. Read in the account that owns it.
    "identitystore.user" as user: User, listed by ["sso-admin:ListInstances", "identitystore:ListUsers"] {
        /// Id that no other user gets.
        id: String,
        /// The name to sign in with.
        name: String,
        /// Whether they can sign in.
        enabled: bool,
        /// When they were added; none: AWS does not say.
        created: Option<Timestamp>,
        /// E-mail addresses.
        emails: Vec<String>,
        /// Identity providers that sent them; empty: somebody made them by hand.
        issuers: Vec<String>,
    }
}
