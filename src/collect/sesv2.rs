//! SES: the names mail is sent by, how it is signed, and who else may send by them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::{other_accounts, statements};
use crate::aws::{Api, Missing, Protocol, Question, Reply, Site, Turn, each, list, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::sesv2::{ConfigurationSet, Identity as Sender};
use crate::inventory::kinds::statement::Statement;

/// <https://docs.aws.amazon.com/ses/latest/APIReference-V2/Welcome.html>
const API: Api = Api::new("sesv2", Protocol::RestJson).at("email", "ses");

/// Reads SES in one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(senders(site, intake), sets(site, intake));
}

async fn senders(site: &Site, intake: &Intake) {
    list::<Sender, Identities>(
        site,
        intake,
        async |token| {
            let input = json!({ "PageSize": 1000, "NextToken": token });
            let question = Question::post("/v2/email/list-identities", input);
            site.tell(&API, "ListEmailIdentities", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.email_identities, async |sender| {
                one_sender(site, intake, page, sender).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_sender(site: &Site, intake: &Intake, page: &Told<Identities>, sender: &Summary) {
    let name = &sender.identity_name;
    let question = Question::get(format!("/v2/email/identities/{}", part(name)));
    let about = format!("identity={name}");
    let described: Reply<Described> = site.tell(&API, "GetEmailIdentity", question, about).await;
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let fields = Sender {
        name: page.fact(name.clone()),
        domain: page.fact(sender.identity_type != "EMAIL_ADDRESS"),
        sends: page.fact(sender.sending_enabled),
        signs: described.read(|d| {
            let dkim = &d.dkim_attributes;
            Ok(dkim.signing_enabled && dkim.status == "SUCCESS")
        }),
        key_bits: described.read(|d| {
            let length = d.dkim_attributes.current_signing_key_length.as_deref();
            length.map(bits).transpose()
        }),
        policy: described.read(Described::statements),
        policy_accounts: described.read(|d| Ok(other_accounts(&d.statements()?, account))),
    };
    let identity = Identity {
        arn: format!("arn:{partition}:ses:{region}:{account}:identity/{name}"),
        name: name.clone(),
    };
    intake.add(account, region, identity, fields);
}

fn bits(length: &str) -> Result<i64, Missing> {
    let number = length
        .strip_prefix("RSA_")
        .and_then(|rest| rest.strip_suffix("_BIT")?.parse().ok());
    number.ok_or_else(|| Missing(format!("{length} is no length of a key")))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Identities {
    email_identities: Vec<Summary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    identity_name: String,
    identity_type: String,
    sending_enabled: bool,
}

/// <https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    dkim_attributes: Dkim,
    /// By name; left out, or null, where there are none.
    policies: Option<BTreeMap<String, String>>,
}

impl Described {
    fn statements(&self) -> Result<Vec<Statement>, Missing> {
        let all = self.policies.iter().flatten();
        let each = all.map(|(_, policy)| statements(policy));
        let each = each.collect::<Result<Vec<_>, _>>()?;
        Ok(each.into_iter().flatten().collect())
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Dkim {
    signing_enabled: bool,
    status: String,
    /// Left out where the key is the customer's own, and where there is none yet.
    current_signing_key_length: Option<String>,
}

async fn sets(site: &Site, intake: &Intake) {
    list::<ConfigurationSet, Sets>(
        site,
        intake,
        async |token| {
            let input = json!({ "PageSize": 1000, "NextToken": token });
            let question = Question::post("/v2/email/list-configuration-sets", input);
            site.tell(&API, "ListConfigurationSets", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.configuration_sets, async |name| {
                one_set(site, intake, page, name).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_set(site: &Site, intake: &Intake, page: &Told<Sets>, name: &str) {
    let question = Question::get(format!("/v2/email/configuration-sets/{}", part(name)));
    let about = format!("set={name}");
    let told: Reply<Set> = site
        .tell(&API, "GetConfigurationSet", question, about)
        .await;
    let fields = ConfigurationSet {
        name: page.fact(name.to_owned()),
        requires_tls: told.read(|set| {
            let delivery = set.delivery_options.as_ref();
            // Left out where it has the default, which is to do without TLS where the other side has none.
            let policy = delivery.and_then(|delivery| delivery.tls_policy.as_deref());
            Ok(policy == Some("REQUIRE"))
        }),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:ses:{region}:{account}:configuration-set/{name}"),
        name: name.to_owned(),
    };
    intake.add(account, region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Sets {
    configuration_sets: Vec<String>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Set {
    /// Always there: an answer without it is none.
    #[serde(rename = "ConfigurationSetName")]
    _name: String,
    delivery_options: Option<Delivery>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Delivery {
    tls_policy: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_a_number_of_bits() {
        assert_eq!(bits("RSA_2048_BIT"), Ok(2048));
        assert!(bits("ED25519").is_err());
    }
}
