//! Cognito user pools: how users register and sign in.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cognito_idp::UserPool;

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "cognito-idp",
    Protocol::Json {
        version: "1.1",
        target: "AWSCognitoIdentityProviderService",
    },
);

/// Most that a page holds. It has to be said.
const PAGE: u8 = 60;

/// Reads the user pools of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<UserPool, Pools>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell(&API, "ListUserPools", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.pools, async |pool| {
                one_pool(site, intake, page, pool).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_pool(site: &Site, intake: &Intake, page: &Told<Pools>, pool: &Listed) {
    let question = Question::json(json!({ "UserPoolId": pool.id }));
    let about = format!("pool={}", pool.id);
    let described = site
        .tell::<Answer>(&API, "DescribeUserPool", question, &about)
        .await;
    let fields = UserPool {
        id: page.fact(pool.id.clone()),
        name: page.fact(pool.name.clone()),
        mfa: described.read(|d| Ok(d.pool.mfa.clone())),
        min_password_length: described.read(|d| Ok(d.pool.policies.password.min_length)),
        made_by_administrators: described.read(|d| Ok(d.pool.creation.by_administrators)),
        threat_protection: described.read(|d| {
            let add_ons = d.pool.add_ons.as_ref();
            Ok(add_ons.map_or_else(|| "OFF".to_owned(), |one| one.mode.clone()))
        }),
        deletion_protection: described
            .read(|d| Ok(d.pool.deletion_protection.as_deref() == Some("ACTIVE"))),
        tags: described.read(|d| Ok(d.pool.tags.clone())),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!(
            "arn:{partition}:cognito-idp:{region}:{account}:userpool/{}",
            pool.id
        ),
        name: pool.name.clone(),
    };
    intake.add(account, region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Pools {
    #[serde(rename = "UserPools")]
    pools: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "Name")]
    name: String,
}

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "UserPool")]
    pool: Described,
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "MfaConfiguration")]
    mfa: String,
    #[serde(rename = "Policies")]
    policies: Policies,
    #[serde(rename = "AdminCreateUserConfig")]
    creation: Creation,
    /// Left out where none was ever turned on.
    #[serde(rename = "UserPoolAddOns")]
    add_ons: Option<AddOns>,
    /// Left out of pools where it was never turned on.
    #[serde(rename = "DeletionProtection")]
    deletion_protection: Option<String>,
    /// Left out where there are none.
    #[serde(rename = "UserPoolTags", default)]
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Policies {
    #[serde(rename = "PasswordPolicy")]
    password: PasswordPolicy,
}

#[derive(Debug, Deserialize)]
struct PasswordPolicy {
    #[serde(rename = "MinimumLength")]
    min_length: i64,
}

#[derive(Debug, Deserialize)]
struct Creation {
    #[serde(rename = "AllowAdminCreateUserOnly")]
    by_administrators: bool,
}

#[derive(Debug, Deserialize)]
struct AddOns {
    #[serde(rename = "AdvancedSecurityMode")]
    mode: String,
}
