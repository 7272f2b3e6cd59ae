//! API Gateway: HTTP and WebSocket APIs with their routes and stages.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, list, pages, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::apigatewayv2::{Api as Kept, Route, Stage};
use crate::inventory::schema::Fields;

/// <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/api-reference.html>
const API: Api = Api::new("apigatewayv2", Protocol::RestJson).at("apigateway", "apigateway");

/// Reads the HTTP and WebSocket APIs of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let with_routes = site.plans_any(&["apigatewayv2:GetRoutes"]);
    let with_stages = site.plans_any(&["apigatewayv2:GetStages"]);
    let listing = pages(
        async |token| {
            let question = Question::get("/v2/apis").with("nextToken", token);
            site.tell::<Page<DescribedApi>>(&API, "GetApis", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<Kept>(account, region, &page.source);
            if with_routes {
                intake.listed::<Route>(account, region, &page.source);
            }
            if with_stages {
                intake.listed::<Stage>(account, region, &page.source);
            }
            each(&page.value.items, async |api| {
                intake.add(account, region, identity(site, api, ""), api.told(page));
                if with_routes {
                    routes(site, intake, api).await;
                }
                if with_stages {
                    stages(site, intake, api).await;
                }
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Kept>(account, region, gap.clone());
        if with_routes {
            intake.incomplete::<Route>(account, region, gap.clone());
        }
        if with_stages {
            intake.incomplete::<Stage>(account, region, gap);
        }
    }
}

/// An API, or what follows its path.
fn identity(site: &Site, api: &DescribedApi, rest: &str) -> Identity {
    let (partition, region) = (&site.partition, &site.region);
    Identity {
        arn: format!(
            "arn:{partition}:apigateway:{region}::/apis/{}{rest}",
            api.api_id
        ),
        name: api.name.clone(),
    }
}

async fn routes(site: &Site, intake: &Intake, api: &DescribedApi) {
    of_api::<Route, DescribedRoute>(site, intake, api, "GetRoutes", "routes", |page, route| {
        let fields = Route {
            api_id: page.fact(api.api_id.clone()),
            key: page.fact(route.route_key.clone()),
            authorization: page.fact(route.authorization_type.clone()),
            key_required: page.fact(route.api_key_required),
        };
        let identity = Identity {
            name: format!("{} {}", api.name, route.route_key),
            ..identity(site, api, &format!("/routes/{}", route.route_id))
        };
        intake.add(&site.account, &site.region, identity, fields);
    })
    .await;
}

async fn stages(site: &Site, intake: &Intake, api: &DescribedApi) {
    of_api::<Stage, DescribedStage>(site, intake, api, "GetStages", "stages", |page, stage| {
        let name = &stage.stage_name;
        let log = stage.access_log_settings.as_ref();
        let settings = stage.default_route_settings.as_ref();
        let fields = Stage {
            name: page.fact(name.clone()),
            api_id: page.fact(api.api_id.clone()),
            access_log: page.fact(log.and_then(|log| log.destination_arn.clone())),
            rate_limit: page.fact(settings.and_then(|settings| settings.throttling_rate_limit)),
            tags: page.fact(stage.tags.clone()),
        };
        let identity = Identity {
            name: format!("{}/{name}", api.name),
            ..identity(site, api, &format!("/stages/{name}"))
        };
        intake.add(&site.account, &site.region, identity, fields);
    })
    .await;
}

/// Reads a listing of what belongs to one API.
async fn of_api<K: Fields, T: DeserializeOwned + Debug + Send + Sync + 'static>(
    site: &Site,
    intake: &Intake,
    api: &DescribedApi,
    operation: &'static str,
    what: &str,
    one: impl Fn(&Told<Page<T>>, &T),
) {
    list::<K, Page<T>>(
        site,
        intake,
        async |token| {
            let path = format!("/v2/apis/{}/{what}", part(&api.api_id));
            let question = Question::get(path).with("nextToken", token);
            let about = format!("api={}", api.name);
            site.tell(&API, operation, question, about).await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            page.value.items.iter().for_each(|item| one(page, item));
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: Deserialize<'de>")]
struct Page<T> {
    items: Vec<T>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DescribedApi {
    api_id: String,
    name: String,
    protocol_type: String,
    created_date: Moment,
    disable_execute_api_endpoint: bool,
    /// Left out where pages of other origins may not read answers.
    cors_configuration: Option<Cors>,
    /// Left out where there are none.
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cors {
    #[serde(default)]
    allow_origins: Vec<String>,
    #[serde(default)]
    allow_credentials: bool,
}

impl DescribedApi {
    fn told(&self, page: &Told<Page<Self>>) -> Kept {
        let cors = self.cors_configuration.as_ref();
        Kept {
            id: page.fact(self.api_id.clone()),
            name: page.fact(self.name.clone()),
            protocol: page.fact(self.protocol_type.clone()),
            created: page.fact(self.created_date.0),
            default_endpoint_disabled: page.fact(self.disable_execute_api_endpoint),
            cors_origins: page.fact(cors.map_or_else(Vec::new, |cors| cors.allow_origins.clone())),
            cors_credentials: page.fact(cors.is_some_and(|cors| cors.allow_credentials)),
            tags: page.fact(self.tags.clone()),
        }
    }
}

/// <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DescribedRoute {
    route_id: String,
    route_key: String,
    authorization_type: String,
    api_key_required: bool,
}

/// <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DescribedStage {
    stage_name: String,
    /// Left out where there is no access log.
    access_log_settings: Option<AccessLog>,
    default_route_settings: Option<RouteSettings>,
    /// Left out where there are none.
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AccessLog {
    destination_arn: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RouteSettings {
    /// Left out where the account's limit holds.
    throttling_rate_limit: Option<f64>,
}
