//! The organization an account is in: what more than one collector has to know of it.

use serde::Deserialize;
use serde_json::json;

use super::{Api, Protocol, Question, Reply, Site};
use crate::inventory::{Gap, Reason};

/// One endpoint for each partition. <https://docs.aws.amazon.com/general/latest/gr/ao.html>
pub const ORGANIZATIONS: Api = Api::new(
    "organizations",
    Protocol::Json {
        version: "1.1",
        target: "AWSOrganizationsV20161128",
    },
)
.alone(&[
    ("aws", "organizations.us-east-1.amazonaws.com", "us-east-1"),
    (
        "aws-cn",
        "organizations.cn-northwest-1.amazonaws.com.cn",
        "cn-northwest-1",
    ),
    (
        "aws-us-gov",
        "organizations.us-gov-west-1.amazonaws.com",
        "us-gov-west-1",
    ),
]);

/// The answer about the organization that the account is in.
#[derive(Debug, Clone, Deserialize)]
pub struct Membership {
    /// That organization.
    #[serde(rename = "Organization")]
    pub organization: Organization,
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html>
#[derive(Debug, Clone, Deserialize)]
pub struct Organization {
    /// Its id: `o-…`.
    #[serde(rename = "Id")]
    pub id: String,
    /// Number of its management account.
    #[serde(rename = "MasterAccountId")]
    pub management: String,
    #[serde(rename = "FeatureSet")]
    features: String,
}

impl Organization {
    /// Whether it has policies, beside one bill.
    pub fn all_features(&self) -> bool {
        self.features == "ALL"
    }
}

/// The organization of the account; absent where it is in none. Every account may ask.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html>
pub async fn membership(site: &Site) -> Reply<Membership> {
    let question = Question::json(json!({}));
    site.tell(&ORGANIZATIONS, "DescribeOrganization", question, "")
        .await
}

/// Whether Organizations refuses because of what the account is: it answers only its management account and delegated
/// administrators. It has no error code for that, but other words than where IAM denies the call.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html>
pub fn kept_from_members(gap: &Gap) -> bool {
    gap.reason == Reason::Denied
        && gap
            .message
            .contains("You don't have permissions to access this resource")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(reason: Reason, message: &str) -> Gap {
        Gap {
            service: "organizations".to_owned(),
            operation: "ListAccounts".to_owned(),
            account: "111122223333".to_owned(),
            region: "global".to_owned(),
            parameters: String::new(),
            reason,
            code: Some("AccessDeniedException".to_owned()),
            message: message.to_owned(),
            action: "organizations:ListAccounts".to_owned(),
            request_id: None,
        }
    }

    #[test]
    fn what_members_are_not_told_is_not_what_a_policy_denies() {
        let kept = "You don't have permissions to access this resource.";
        let denied = "User: arn:aws:sts::111122223333:assumed-role/scan/a is not authorized to perform: organizations:ListAccounts";
        assert!(kept_from_members(&gap(Reason::Denied, kept)));
        assert!(!kept_from_members(&gap(Reason::Denied, denied)));
        assert!(!kept_from_members(&gap(Reason::Throttled, kept)));
    }
}
