//! IAM Identity Center, as far as more than one collector needs it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::{Api, Moment, Protocol, Question, Reply, Site, Turn, gather};
use crate::inventory::Read;

/// Permission sets and their assignments. <https://docs.aws.amazon.com/singlesignon/latest/APIReference/welcome.html>
pub const SSO_ADMIN: Api = Api::new(
    "sso-admin",
    Protocol::Json {
        version: "1.1",
        target: "SWBExternalService",
    },
)
.at("sso", "sso");

/// The directory. <https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/welcome.html>
pub const IDENTITY_STORE: Api = Api::new(
    "identitystore",
    Protocol::Json {
        version: "1.1",
        target: "AWSIdentityStore",
    },
);

/// A page of instances: an account has one at most of its own, and sees its organization's.
#[derive(Debug, Clone, Deserialize)]
pub struct Instances {
    /// The instances.
    #[serde(rename = "Instances")]
    pub instances: Vec<Instance>,
    /// Where there is more.
    #[serde(rename = "NextToken")]
    pub next: Option<String>,
}

/// <https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_InstanceMetadata.html>
#[derive(Debug, Clone, Deserialize)]
pub struct Instance {
    /// Its ARN.
    #[serde(rename = "InstanceArn")]
    pub arn: String,
    /// Id of its directory.
    #[serde(rename = "IdentityStoreId")]
    pub store: String,
    /// The account that owns it.
    #[serde(rename = "OwnerAccountId")]
    pub owner: String,
    /// The region it is at home in, where it is in several.
    #[serde(rename = "PrimaryRegion")]
    home: Option<String>,
}

impl Instance {
    /// Whether this is the place to read it: the account that owns it, in its home region.
    pub fn is_read_at(&self, site: &Site) -> bool {
        self.owner == *site.account && self.home.as_ref().is_none_or(|home| site.reads_for(home))
    }
}

/// A page of the instances that the account sees in a region.
pub async fn instances(site: &Site, token: Option<String>) -> Reply<Instances> {
    let question = Question::json(json!({ "NextToken": token }));
    site.tell(&SSO_ADMIN, "ListInstances", question, "").await
}

/// A page of the people of a directory.
#[derive(Debug, Clone, Deserialize)]
pub struct Users {
    /// The people.
    #[serde(rename = "Users")]
    pub users: Vec<User>,
    /// Where there is more.
    #[serde(rename = "NextToken")]
    pub next: Option<String>,
}

/// <https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_User.html>
#[derive(Debug, Clone, Deserialize)]
pub struct User {
    /// Its id.
    #[serde(rename = "UserId")]
    pub id: String,
    /// Its ARN.
    #[serde(rename = "UserArn")]
    pub arn: String,
    /// The name to sign in with.
    #[serde(rename = "UserName")]
    pub name: String,
    /// `ENABLED` or `DISABLED`. One without it leaves undecided which, and nothing else.
    #[serde(rename = "UserStatus")]
    pub status: Option<String>,
    /// When it was added; older entries lack it.
    #[serde(rename = "CreatedAt")]
    pub created: Option<Moment>,
    /// Left out where there are none.
    #[serde(rename = "Emails", default)]
    pub emails: Vec<Email>,
    /// Left out of those that no identity provider sent.
    #[serde(rename = "ExternalIds", default)]
    pub external: Vec<ExternalId>,
}

/// An address of somebody.
#[derive(Debug, Clone, Deserialize)]
pub struct Email {
    /// The address.
    #[serde(rename = "Value")]
    pub value: String,
}

/// Who somebody is to an identity provider.
#[derive(Debug, Clone, Deserialize)]
pub struct ExternalId {
    /// The provider.
    #[serde(rename = "Issuer")]
    pub issuer: String,
}

/// A page of the people of a directory.
pub async fn users(site: &Site, store: &str, token: Option<String>) -> Reply<Users> {
    let input = json!({ "IdentityStoreId": store, "NextToken": token });
    let about = format!("store={store}");
    site.tell(&IDENTITY_STORE, "ListUsers", Question::json(input), about)
        .await
}

/// Names of the people of a directory, by id.
pub async fn user_names(site: &Site, store: &str) -> Read<BTreeMap<String, String>> {
    let all = gather(
        async |token| users(site, store, token).await,
        |page| Turn::to(page.next.as_deref()),
        |page| {
            let users = page.users.iter();
            Ok(users
                .map(|one| (one.id.clone(), one.name.clone()))
                .collect())
        },
    );
    Ok(all.await?.map(BTreeMap::from_iter))
}
