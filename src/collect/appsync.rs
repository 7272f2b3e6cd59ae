//! AppSync: GraphQL APIs, with what they log and whom they ask.

use serde::Deserialize;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::appsync::GraphqlApi;

/// <https://docs.aws.amazon.com/appsync/latest/APIReference/Welcome.html>
const API: Api = Api::new("appsync", Protocol::RestJson);

/// Reads the APIs of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<GraphqlApi, Apis>(
        site,
        intake,
        async |token| {
            let question = Question::get("/v1/apis")
                .with("nextToken", token)
                .with("maxResults", Some(25));
            site.tell(&API, "ListGraphqlApis", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for api in &page.value.graphql_apis {
                let fields = GraphqlApi {
                    name: page.fact(api.name.clone()),
                    log_level: page.fact(api.log_config.as_ref().map_or_else(
                        || "NONE".to_owned(),
                        |config| config.field_log_level.clone(),
                    )),
                    asks_for: page.fact(api.asks_for()),
                };
                let identity = Identity {
                    arn: api.arn.clone(),
                    name: api.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Apis {
    graphql_apis: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/appsync/latest/APIReference/API_GraphqlApi.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    arn: String,
    name: String,
    authentication_type: String,
    /// Left out, or null, where there are no further ways.
    additional_authentication_providers: Option<Vec<Provider>>,
    /// Left out where nothing is logged.
    log_config: Option<LogConfig>,
}

impl Described {
    fn asks_for(&self) -> Vec<String> {
        let more = self.additional_authentication_providers.iter().flatten();
        let mut all: Vec<String> = more
            .map(|provider| provider.authentication_type.clone())
            .chain([self.authentication_type.clone()])
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Provider {
    authentication_type: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LogConfig {
    field_log_level: String,
}
