//! Cognito identity pools: who gets AWS credentials without being known.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cognito_identity::Pool;

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "cognito-identity",
    Protocol::Json {
        version: "1.1",
        target: "AWSCognitoIdentityService",
    },
);

/// Most that a page holds. It has to be said.
const PAGE: u8 = 60;

/// Reads the identity pools of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Pool, Pools>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell(&API, "ListIdentityPools", question, "").await
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
    let question = || Question::json(json!({ "IdentityPoolId": pool.id }));
    let about = format!("pool={}", pool.id);
    let (described, roles) = futures::join!(
        site.tell::<Described>(&API, "DescribeIdentityPool", question(), &about),
        site.tell::<Roles>(&API, "GetIdentityPoolRoles", question(), &about),
    );
    let fields = Pool {
        name: page.fact(pool.name.clone()),
        guests: described.read(|d| Ok(d.guests)),
        classic_flow: described.read(|d| Ok(d.classic_flow)),
        guest_role: roles.read(|r| Ok(r.roles.get("unauthenticated").cloned())),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!(
            "arn:{partition}:cognito-identity:{region}:{account}:identitypool/{}",
            pool.id
        ),
        name: pool.name.clone(),
    };
    intake.add(account, region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Pools {
    #[serde(rename = "IdentityPools")]
    pools: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "IdentityPoolId")]
    id: String,
    #[serde(rename = "IdentityPoolName")]
    name: String,
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentityPool.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "AllowUnauthenticatedIdentities")]
    guests: bool,
    /// Left out of pools that never had it.
    #[serde(rename = "AllowClassicFlow", default)]
    classic_flow: bool,
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetIdentityPoolRoles.html>
#[derive(Debug, Deserialize)]
struct Roles {
    /// Always there: an answer without it is none.
    #[serde(rename = "IdentityPoolId")]
    _pool: String,
    /// Left out of pools without roles.
    #[serde(rename = "Roles", default)]
    roles: BTreeMap<String, String>,
}
