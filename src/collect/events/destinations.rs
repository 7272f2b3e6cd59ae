//! API destinations: addresses outside AWS that rules may send events to.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::hosts::of_address;
use crate::aws::{Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::events::ApiDestination;

/// Reads the destinations of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<ApiDestination, Destinations>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListApiDestinations", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for destination in &page.value.api_destinations {
                let fields = ApiDestination {
                    name: page.fact(destination.name.clone()),
                    active: page.fact(destination.api_destination_state == "ACTIVE"),
                    host: page.fact(of_address(&destination.invocation_endpoint).to_owned()),
                    connection_arn: page.fact(destination.connection_arn.clone()),
                };
                let identity = Identity {
                    arn: destination.api_destination_arn.clone(),
                    name: destination.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Destinations {
    api_destinations: Vec<Destination>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ApiDestination.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Destination {
    api_destination_arn: String,
    name: String,
    /// `INACTIVE` where its connection is not authorized any more.
    api_destination_state: String,
    invocation_endpoint: String,
    connection_arn: String,
}
