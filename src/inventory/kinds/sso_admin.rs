//! What IAM Identity Center tells of permissions: what may be done, and who may do it where.

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Assignment::kind(), PermissionSet::kind()]
}

kind! {
    /// What people may do in the accounts that it is assigned in. Read in the account that owns the Identity Center.
    "sso-admin.permission_set" as set: PermissionSet, listed by ["sso-admin:ListInstances", "sso-admin:ListPermissionSets"] {
        /// Name.
        name: String => ["sso-admin:DescribePermissionSet"],
        /// Minutes until somebody who signed in has to do so again.
        session_minutes: i64 => ["sso-admin:DescribePermissionSet"],
        /// ARNs of AWS's managed policies in it.
        managed_policies: Vec<String> => ["sso-admin:ListManagedPoliciesInPermissionSet"],
        /// Statements of its inline policy; empty: it has none.
        inline_policy: Vec<Statement> => ["sso-admin:GetInlinePolicyForPermissionSet"],
        /// Numbers of the accounts that it is assigned in.
        accounts: Vec<String> => ["sso-admin:ListAccountsForProvisionedPermissionSet"],
        /// User names of those it is assigned to in any account, the members of groups among them, in order. Of a user that is
        /// gone, the id.
        people: Vec<String> => [
            "sso-admin:ListAccountsForProvisionedPermissionSet", "sso-admin:ListAccountAssignments",
            "identitystore:ListGroups", "identitystore:ListGroupMemberships", "identitystore:ListUsers"
        ],
    }
}

kind! {
    /// That a user or group has a permission set in an account. AWS has no ARN for it: it goes by the permission set's, the
    /// account and the principal.
    "sso-admin.assignment" as assignment: Assignment, listed by [
        "sso-admin:ListInstances", "sso-admin:ListPermissionSets", "sso-admin:ListAccountsForProvisionedPermissionSet",
        "sso-admin:ListAccountAssignments"
    ] {
        /// The account.
        account: String,
        /// `USER` or `GROUP`.
        principal_type: String,
        /// Id of the user or group.
        principal_id: String,
        /// Name of the user or group; none: it is gone, and the assignment is left over.
        principal: Option<String> => ["identitystore:ListUsers", "identitystore:ListGroups"],
        /// Name of the permission set.
        permission_set: String => ["sso-admin:DescribePermissionSet"],
    }
}
