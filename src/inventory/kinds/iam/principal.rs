//! Who can act: users with their credentials, groups, roles.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::kinds::statement::Statement;
use crate::{kind, record};

kind! {
    /// An IAM user. What concerns its credentials is as of `account.credential_report_time`.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html>
    "iam.user" as user: User, listed by ["iam:GetAccountAuthorizationDetails"] {
        /// Name, unique in the account.
        name: String,
        /// Id that no other user ever gets (`AIDA…`).
        id: String,
        /// Path, `/` at the least.
        path: String,
        /// When it was created.
        created: Timestamp,
        /// Names of the groups it is in.
        groups: Vec<String>,
        /// ARNs of the managed policies attached to the user itself, AWS's own among them.
        attached_policies: Vec<String>,
        /// ARN of its permissions boundary; none: it has no boundary.
        permissions_boundary: Option<String>,
        /// Its tags.
        tags: BTreeMap<String, String>,
        /// Whether it can sign in to the console with a password.
        password_enabled: bool => ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
        /// When the password was last used; none: never (or before October 2014), or there is no password.
        password_last_used: Option<Timestamp> => ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
        /// When the password was last set; none: there is no password.
        password_last_changed: Option<Timestamp> => ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
        /// Whether it has an MFA device.
        mfa: bool => ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
        /// How many of its access keys are active.
        active_keys: i64 => ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
        /// Serial numbers of its virtual MFA devices (apps on a phone or laptop). Hardware tokens and passkeys are
        /// never among them.
        virtual_mfa: Vec<String> => ["iam:ListVirtualMFADevices"],
        /// Whether its policies, of groups too, and its permissions boundary let it do everything, in every service and in
        /// IAM itself; be it under a condition. Service control policies take from it where AWS shows them to the account: in a
        /// delegated administrator of its organization. They never bind the management account; any other member is read
        /// without them.
        administrator: bool => [
            "iam:GetAccountAuthorizationDetails", "organizations:DescribeOrganization", "organizations:ListPoliciesForTarget",
            "organizations:DescribePolicy", "organizations:ListParents"
        ],
        /// The ways in which it becomes an administrator by the account's own policies: one list each, a sentence for each
        /// step, over as many roles as it takes. None where it is one. Service control policies as in `administrator`.
        escalations: Vec<Vec<String>> => [
            "iam:GetAccountAuthorizationDetails", "organizations:DescribeOrganization", "organizations:ListPoliciesForTarget",
            "organizations:DescribePolicy", "organizations:ListParents"
        ],
        /// Ways that take a condition which cannot be decided beforehand, such as MFA, or something to be there that IAM
        /// does not tell of; the last sentences say what.
        conditional_escalations: Vec<Vec<String>> => [
            "iam:GetAccountAuthorizationDetails", "organizations:DescribeOrganization", "organizations:ListPoliciesForTarget",
            "organizations:DescribePolicy", "organizations:ListParents"
        ],
    }
}

kind! {
    /// An access key of an IAM user, as the credential report has it; the root user's are `account.root_access_key`.
    /// The report does not tell the key's id: it is the user's ARN, `#access_key_` and its place in the report.
    "iam.access_key" as key: AccessKey, listed by ["iam:GenerateCredentialReport", "iam:GetCredentialReport"] {
        /// Name of the user.
        user: String,
        /// Whether it can be used.
        active: bool,
        /// When it was made or last changed; none: it is not active, and the report does not say.
        created: Option<Timestamp>,
        /// When it was last used; none: never (or before April 2015).
        last_used: Option<Timestamp>,
    }
}

kind! {
    /// A group of IAM users.
    "iam.group" as group: Group, listed by ["iam:GetAccountAuthorizationDetails"] {
        /// Name, unique in the account.
        name: String,
        /// Id that no other group ever gets (`AGPA…`).
        id: String,
        /// Path, `/` at the least.
        path: String,
        /// When it was created.
        created: Timestamp,
        /// ARNs of the managed policies attached to it, AWS's own among them.
        attached_policies: Vec<String>,
    }
}

record! {
    /// An account other than the role's own that a statement of the trust policy allows to assume it.
    pub struct OutsideTrust {
        /// Twelve digits.
        account: String,
        /// Whether the statement demands an external id (`sts:ExternalId`).
        external_id: bool,
        /// Ids or paths of the organizations, one of which the statement demands the caller to be of
        /// (`aws:PrincipalOrgID`, `aws:PrincipalOrgPaths`); empty: it demands none.
        organizations: Vec<String>,
    }
}

kind! {
    /// An IAM role.
    "iam.role" as role: Role, listed by ["iam:GetAccountAuthorizationDetails"] {
        /// Name, unique in the account.
        name: String,
        /// Id that no other role ever gets (`AROA…`).
        id: String,
        /// Path; `/aws-service-role/…` belongs to AWS services, `/aws-reserved/…` to IAM Identity Center.
        path: String,
        /// When it was created.
        created: Timestamp,
        /// Whether an AWS service owns it: the account can neither change its policies nor its trust.
        /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html>
        service_linked: bool,
        /// Who may assume it: statements of its trust policy.
        trust: Vec<Statement>,
        /// Accounts other than its own that `trust` allows, in order of number; everyone (`*`) is none of them.
        outside_trust: Vec<OutsideTrust>,
        /// When it was last used; none: not in the 400 days that IAM looks back.
        /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html>
        last_used: Option<Timestamp>,
        /// ARNs of the managed policies attached to it, AWS's own among them.
        attached_policies: Vec<String>,
        /// ARN of its permissions boundary; none: it has no boundary.
        permissions_boundary: Option<String>,
        /// Its tags.
        tags: BTreeMap<String, String>,
        /// Whether its policies, of groups too, and its permissions boundary let it do everything, in every service and in
        /// IAM itself; be it under a condition. Service control policies take from it where AWS shows them to the account: in a
        /// delegated administrator of its organization. They never bind the management account; any other member is read
        /// without them.
        administrator: bool => [
            "iam:GetAccountAuthorizationDetails", "organizations:DescribeOrganization", "organizations:ListPoliciesForTarget",
            "organizations:DescribePolicy", "organizations:ListParents"
        ],
        /// The ways in which it becomes an administrator by the account's own policies: one list each, a sentence for each
        /// step, over as many roles as it takes. None where it is one. Service control policies as in `administrator`.
        escalations: Vec<Vec<String>> => [
            "iam:GetAccountAuthorizationDetails", "organizations:DescribeOrganization", "organizations:ListPoliciesForTarget",
            "organizations:DescribePolicy", "organizations:ListParents"
        ],
        /// Ways that take a condition which cannot be decided beforehand, such as MFA, or something to be there that IAM
        /// does not tell of; the last sentences say what.
        conditional_escalations: Vec<Vec<String>> => [
            "iam:GetAccountAuthorizationDetails", "organizations:DescribeOrganization", "organizations:ListPoliciesForTarget",
            "organizations:DescribePolicy", "organizations:ListParents"
        ],
        /// Of the actions that read what an account keeps (objects, items, messages, secrets, what keys encrypt), those that
        /// its policies, within its permissions boundary, allow on any resource; be it under a condition.
        reads_data: Vec<String> => [
            "iam:GetAccountAuthorizationDetails", "organizations:DescribeOrganization", "organizations:ListPoliciesForTarget",
            "organizations:DescribePolicy", "organizations:ListParents"
        ],
    }
}
