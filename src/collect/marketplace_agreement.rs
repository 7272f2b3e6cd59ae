//! The AWS Marketplace: what the account has bought, and of whom.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::marketplace_agreement::Agreement;

/// <https://docs.aws.amazon.com/marketplace/latest/APIReference/welcome.html>
const API: Api = Api::new(
    "marketplace-agreement",
    Protocol::Json {
        version: "1.0",
        target: "AWSMPCommerceService_v20200301",
    },
)
.at("agreement-marketplace", "aws-marketplace")
.alone(&[(
    "aws",
    "agreement-marketplace.us-east-1.amazonaws.com",
    "us-east-1",
)]);

/// Reads what the account has agreed to buy.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let is = |name: &str, value: &str| json!({ "name": name, "values": [value] });
    list::<Agreement, Page>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({
                "catalog": "AWSMarketplace",
                "filters": [is("PartyType", "Acceptor"), is("AgreementType", "PurchaseAgreement")],
                "nextToken": token,
            }));
            site.tell(&API, "SearchAgreements", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for one in &page.value.agreements {
                let fields = Agreement {
                    id: page.fact(one.id.clone()),
                    status: page.fact(one.status.clone()),
                    vendor: page.fact(one.proposer.account.clone()),
                    accepted: page.fact(one.accepted.0),
                    ends: page.fact(one.ends.as_ref().map(|time| time.0)),
                };
                let (partition, account) = (&site.partition, &site.account);
                let identity = Identity {
                    arn: format!(
                        "arn:{partition}:aws-marketplace::{account}:agreement/{}",
                        one.id
                    ),
                    name: one.id.clone(),
                };
                intake.add(account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Page {
    #[serde(rename = "agreementViewSummaries")]
    agreements: Vec<Summary>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_AgreementViewSummary.html>
#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "agreementId")]
    id: String,
    status: String,
    proposer: Proposer,
    #[serde(rename = "acceptanceTime")]
    accepted: Moment,
    /// Left out of what has no end.
    #[serde(rename = "endTime")]
    ends: Option<Moment>,
}

#[derive(Debug, Deserialize)]
struct Proposer {
    #[serde(rename = "accountId")]
    account: String,
}
