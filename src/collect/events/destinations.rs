//! API destinations: addresses outside AWS that rules may send events to.

use serde::Deserialize;
use serde_json::json;

use super::API;
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
                    host: page.fact(host(&destination.invocation_endpoint).to_owned()),
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

/// The host of an address: what comes after it may be a token, and is not kept.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest)
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

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn an_address_shows_its_host_and_nothing_else() {
        for (address, shown) in [
            (
                "https://api.pager.example/v2/enqueue/*",
                "api.pager.example",
            ),
            ("https://hooks.example:8443?token=x", "hooks.example:8443"),
            ("https://hooks.example", "hooks.example"),
            ("https://hooks.example/[redacted]", "hooks.example"),
        ] {
            assert_eq!(host(address), shown);
        }
    }
}
