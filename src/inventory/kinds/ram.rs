//! What Resource Access Manager tells.

use std::collections::BTreeMap;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![ResourceShare::kind()]
}

kind! {
    /// A share of the account's own by which others use some of its resources.
    "ram.resource_share" as share: ResourceShare, listed by ["ram:GetResourceShares"] {
        /// Name.
        name: String,
        /// Whether it may be given to accounts outside the organization.
        allows_outsiders: bool,
        /// Who has it: account numbers, ARNs of an organization, of units, roles or users, or names of services.
        principals: Vec<String> => ["ram:ListPrincipals"],
        /// Numbers of the accounts among them, or that their roles and users belong to.
        accounts: Vec<String> => ["ram:ListPrincipals"],
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}
