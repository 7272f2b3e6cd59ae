//! What Organizations tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind};

/// Its kinds, and its facet of an account.
pub fn kinds() -> Vec<Kind> {
    vec![
        Belongs::kind(),
        Account::kind(),
        DelegatedAdministrator::kind(),
        Policy::kind(),
    ]
}

facet! {
    /// Where the account belongs.
    of "account": Belongs {
        /// Id of the organization it is in (`o-…`); none: it stands alone.
        organization: Option<String> => ["organizations:DescribeOrganization"],
        /// Whether it is the management account of an organization. No service or resource control policy binds that one.
        manages_organization: bool => ["organizations:DescribeOrganization"],
        /// Whether it is in an organization that has policies, rather than one that shares a bill and nothing else.
        organization_all_features: bool => ["organizations:DescribeOrganization"],
        /// Numbers of the accounts of its organization, its own among them, as far as AWS tells it: all of them in the
        /// management account and in a delegated administrator; in any other account its own and the management account's.
        /// Its own alone where it is in no organization.
        organization_accounts: Vec<String> => ["organizations:DescribeOrganization", "organizations:ListAccounts"],
    }
}

kind! {
    /// An account of the organization. AWS tells of them in the management account and in delegated administrators;
    /// in any other account there are none of this kind.
    "organizations.account" as member: Account, listed by ["organizations:DescribeOrganization", "organizations:ListAccounts"] {
        /// Twelve digits.
        number: String,
        /// Name.
        name: String,
        /// `PENDING_ACTIVATION`, `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE` or `CLOSED`.
        state: String,
        /// When it joined.
        joined: Timestamp,
        /// Whether it manages the organization. No service or resource control policy binds that one.
        manages: bool,
        /// Names of the organizational units it is in, the outermost first; empty: it is in none, right under the root.
        units: Vec<String> => [
            "organizations:ListRoots", "organizations:ListOrganizationalUnitsForParent", "organizations:ListAccountsForParent"
        ],
        /// Ids of the policies that reach it: attached to itself, to a unit it is in, or to the root.
        policy_ids: Vec<String> => [
            "organizations:ListRoots", "organizations:ListOrganizationalUnitsForParent", "organizations:ListAccountsForParent",
            "organizations:ListPolicies", "organizations:ListTargetsForPolicy"
        ],
        /// How many of its resources break the tag policies that reach it, in every region; none: AWS does not say, because this
        /// is not the management account, or no tag policy reports.
        tag_breaches: Option<i64> => ["organizations:DescribeOrganization", "resourcegroupstaggingapi:GetComplianceSummary"],
        /// Tags.
        tags: BTreeMap<String, String> => ["organizations:ListTagsForResource"],
    }
}

kind! {
    /// An account that administers AWS services for the whole organization.
    "organizations.delegated_administrator" as administrator: DelegatedAdministrator,
        listed by ["organizations:DescribeOrganization", "organizations:ListDelegatedAdministrators"] {
        /// Twelve digits.
        number: String,
        /// Name of the account.
        name: String,
        /// The services, as principals: `guardduty.amazonaws.com`.
        services: Vec<String> => ["organizations:ListDelegatedServicesForAccount"],
    }
}

kind! {
    /// A policy of the organization, of a type that is in force: service control, resource control, tags, or whether AWS's AI
    /// services may learn from what they are given.
    "organizations.policy" as policy: Policy,
        listed by ["organizations:DescribeOrganization", "organizations:ListRoots", "organizations:ListPolicies"] {
        /// Id: `p-…`.
        id: String,
        /// Name.
        name: String,
        /// `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY`, `TAG_POLICY` or `AISERVICES_OPT_OUT_POLICY`.
        r#type: String,
        /// Whether it is AWS's own, which allows everything.
        aws_managed: bool,
        /// Ids of what it is attached to: the root (`r-…`), units (`ou-…`), accounts; empty: nothing.
        targets: Vec<String> => ["organizations:ListTargetsForPolicy"],
        /// Its statements; empty where the type has none.
        statements: Vec<Statement> => ["organizations:DescribePolicy"],
        /// Keys of the tags that a tag policy is about; empty for other types.
        tag_keys: Vec<String> => ["organizations:DescribePolicy"],
    }
}
