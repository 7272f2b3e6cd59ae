//! The account's own policies.

use jiff::Timestamp;

use crate::inventory::kinds::statement::Statement;
use crate::kind;

kind! {
    /// A policy the account wrote: a customer managed one, in its default version, or one that is inline in a user, a
    /// group or a role. AWS has no ARN for an inline policy; here it is its holder's, `#` and its name.
    "iam.policy" as policy: Policy, listed by ["iam:GetAccountAuthorizationDetails"] {
        /// Name, unique in the account if managed, in its holder if inline.
        name: String,
        /// ARN of the user, group or role an inline policy is part of; none: it is managed.
        holder: Option<String>,
        /// When a managed policy was created; none: it is inline.
        created: Option<Timestamp>,
        /// When a managed policy got its newest version; none: it is inline.
        updated: Option<Timestamp>,
        /// To how many users, groups and roles it is attached; an inline policy is to one.
        attached_to: i64,
        /// For how many users and roles it is the permissions boundary.
        boundary_of: i64,
        /// Its statements.
        statements: Vec<Statement>,
        /// Those of them that hold everywhere: no condition, and every resource (`*`), or every one of an account or
        /// every user, group, role or policy in it.
        unscoped: Vec<Statement>,
        /// Whether one of `unscoped` allows every action.
        full_admin: bool,
    }
}
