//! Links of the organization: its accounts, its policies, and who administers what for it.

use super::super::Leads::{ToEach, ToMany};
use super::super::Link;
use super::super::Within::Account;
use super::link;

pub(super) const LINKS: &[Link] = &[
    link(
        ("account", "agreements"),
        "artifact.agreement",
        ToMany,
        Account,
        None,
        "Every agreement with AWS that was accepted for the account or its organization.",
    ),
    link(
        ("account", "artifact_reports"),
        "artifact.report",
        ToMany,
        Account,
        None,
        "Every report that Artifact offers the account.",
    ),
    link(
        ("account", "delegated_administrators"),
        "organizations.delegated_administrator",
        ToMany,
        Account,
        None,
        "Accounts that administer AWS services for the organization, as its management account and they themselves are told.",
    ),
    link(
        ("account", "directory_users"),
        "identitystore.user",
        ToMany,
        Account,
        None,
        "Every person in the directory of IAM Identity Center, in the account that owns it.",
    ),
    link(
        ("account", "members"),
        "organizations.account",
        ToMany,
        Account,
        None,
        "Every account of the organization, as its management account and delegated administrators are told.",
    ),
    link(
        ("account", "organization_policies"),
        "organizations.policy",
        ToMany,
        Account,
        None,
        "Every policy of the organization, as its management account and delegated administrators are told.",
    ),
    link(
        ("cognito-identity.pool", "guest_roles"),
        "iam.role",
        ToEach,
        Account,
        Some(("guest_role", "arn")),
        "The role that guests get, if any. Undecided where it is in another account.",
    ),
    link(
        ("organizations.account", "policies"),
        "organizations.policy",
        ToMany,
        Account,
        Some(("policy_ids", "id")),
        "The policies that reach it: attached to itself, to a unit it is in, or to the root.",
    ),
];
