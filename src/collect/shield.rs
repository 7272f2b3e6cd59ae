//! Shield: whether the account is subscribed to Shield Advanced.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site};
use crate::inventory::intake::Intake;
use crate::inventory::kinds::shield::Shield;

/// <https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/Welcome.html>
const API: Api = Api::new(
    "shield",
    Protocol::Json {
        version: "1.1",
        target: "AWSShield_20160616",
    },
)
.alone(&[("aws", "shield.us-east-1.amazonaws.com", "us-east-1")]);

/// Reads the state of the account's subscription.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let told = site
        .tell::<State>(&API, "GetSubscriptionState", Question::json(json!({})), "")
        .await;
    let facet = Shield {
        shield_advanced: told.read(|s| Ok(s.subscription_state == "ACTIVE")),
    };
    intake.facet(&site.account, &site.region, facet);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct State {
    subscription_state: String,
}
