//! Resource Access Manager: what the account shares with others, and with whom.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Tag, Turn, gather, list, tags};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ram::ResourceShare;
use crate::inventory::kinds::statement::account_of;

/// <https://docs.aws.amazon.com/ram/latest/APIReference/Welcome.html>
const API: Api = Api::new("ram", Protocol::RestJson);

/// Reads the shares of one region. Who has them comes in a listing for all of them.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let principals = gather(
        async |token| {
            let input = json!({ "nextToken": token, "resourceOwner": "SELF" });
            let question = Question::post("/listprincipals", input);
            site.tell::<Principals>(&API, "ListPrincipals", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.principals.clone()),
    )
    .await;
    let of = |share: &str| {
        let all = principals.as_ref().map_err(Arc::clone)?;
        let having = all.value.iter().filter(|one| one.share == share);
        let ids: BTreeSet<String> = having.map(|one| one.id.clone()).collect();
        all.fact(ids.into_iter().collect::<Vec<_>>())
    };
    list::<ResourceShare, Shares>(
        site,
        intake,
        async |token| {
            let input = json!({
                "nextToken": token,
                "resourceOwner": "SELF",
                "resourceShareStatus": "ACTIVE",
            });
            let question = Question::post("/getresourceshares", input);
            site.tell(&API, "GetResourceShares", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for share in &page.value.shares {
                let principals = of(&share.arn);
                let fields = ResourceShare {
                    name: page.fact(share.name.clone()),
                    allows_outsiders: page.fact(share.allows_outsiders),
                    accounts: principals
                        .clone()
                        .map(|told| told.map(|ids| accounts(&ids))),
                    principals,
                    tags: page.fact(tags(&share.tags)),
                };
                let identity = Identity {
                    arn: share.arn.clone(),
                    name: share.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// The accounts that principals are or belong to. An organization and its units are none: RAM lets an account share with no
/// organization but its own. <https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html>
fn accounts(principals: &[String]) -> Vec<String> {
    let of = principals
        .iter()
        .filter(|id| id.split(':').nth(2) != Some("organizations"));
    let numbers: BTreeSet<&str> = of.filter_map(|id| account_of(id)).collect();
    numbers.into_iter().map(str::to_owned).collect()
}

#[derive(Debug, Deserialize)]
struct Principals {
    #[serde(rename = "principals")]
    principals: Vec<Principal>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Principal {
    id: String,
    #[serde(rename = "resourceShareArn")]
    share: String,
}

#[derive(Debug, Deserialize)]
struct Shares {
    #[serde(rename = "resourceShares")]
    shares: Vec<Share>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html>
#[derive(Debug, Deserialize)]
struct Share {
    #[serde(rename = "resourceShareArn")]
    arn: String,
    name: String,
    #[serde(rename = "allowExternalPrincipals")]
    allows_outsiders: bool,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
}

#[cfg(test)]
mod tests {
    use super::accounts;

    #[test]
    fn an_organization_and_its_units_are_no_accounts() {
        let principals = [
            "444455556666",
            "arn:aws:iam::777788889999:role/reader",
            "arn:aws:organizations::123456789012:ou/o-acme0example/ou-ac3e-w0rkl0ad",
            "arn:aws:organizations::123456789012:organization/o-acme0example",
            "pca-connector-ad.amazonaws.com",
        ]
        .map(str::to_owned);
        assert_eq!(accounts(&principals), ["444455556666", "777788889999"]);
    }
}
