//! What belongs to one REST API: its methods and its stages.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DescribedApi, identity, of_api, page_of};
use crate::aws::{Question, Site, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::apigateway::{Method, MethodSetting, Stage};

/// Resources come with their methods, so no method is asked for by itself.
/// <https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html>
pub(super) async fn methods(site: &Site, intake: &Intake, api: &DescribedApi) {
    let path = format!("/restapis/{}/resources", part(&api.id));
    of_api::<Method, Resource>(
        site,
        intake,
        api,
        "GetResources",
        |token| {
            page_of(&path)
                .with("embed", Some("methods"))
                .with("position", token)
        },
        |page, resource| {
            for method in resource.resource_methods.values() {
                let http = &method.http_method;
                let fields = Method {
                    api_id: page.fact(api.id.clone()),
                    path: page.fact(resource.path.clone()),
                    http_method: page.fact(http.clone()),
                    authorization: page.fact(method.authorization_type.clone()),
                    key_required: page.fact(method.api_key_required),
                };
                let rest = format!("/resources/{}/methods/{http}", resource.id);
                let identity = Identity {
                    name: format!("{} {http} {}", api.name, resource.path),
                    ..identity(site, api, &rest)
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
        },
    )
    .await;
}

pub(super) async fn stages(site: &Site, intake: &Intake, api: &DescribedApi) {
    let path = format!("/restapis/{}/stages", part(&api.id));
    of_api::<Stage, DescribedStage>(
        site,
        intake,
        api,
        "GetStages",
        |_| Question::get(&path),
        |page, stage| {
            let name = &stage.stage_name;
            let fields = Stage {
                name: page.fact(name.clone()),
                api_id: page.fact(api.id.clone()),
                access_log: page.fact(
                    stage
                        .access_log_settings
                        .as_ref()
                        .and_then(|settings| settings.destination_arn.clone()),
                ),
                settings: page.fact(stage.settings()),
                cache: page.fact(stage.cache_cluster_enabled),
                tracing: page.fact(stage.tracing_enabled),
                client_certificate: page.fact(stage.client_certificate_id.clone()),
                web_acl_arn: page.fact(stage.web_acl_arn.clone()),
                tags: page.fact(stage.tags.clone()),
            };
            let identity = Identity {
                name: format!("{}/{name}", api.name),
                ..identity(site, api, &format!("/stages/{name}"))
            };
            intake.add(&site.account, &site.region, identity, fields);
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/apigateway/latest/api/API_Resource.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    id: String,
    path: String,
    /// Left out where there are none.
    #[serde(default)]
    resource_methods: BTreeMap<String, DescribedMethod>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DescribedMethod {
    http_method: String,
    authorization_type: String,
    api_key_required: bool,
}

/// <https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DescribedStage {
    stage_name: String,
    cache_cluster_enabled: bool,
    tracing_enabled: bool,
    /// Left out where there is none.
    client_certificate_id: Option<String>,
    /// Left out where there is none.
    web_acl_arn: Option<String>,
    /// Left out where there is no access log.
    access_log_settings: Option<AccessLog>,
    /// Left out where nobody set any.
    #[serde(default)]
    method_settings: BTreeMap<String, Setting>,
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
struct Setting {
    /// Left out where nobody set it, which is off.
    logging_level: Option<String>,
    data_trace_enabled: bool,
    caching_enabled: bool,
    cache_data_encrypted: bool,
    throttling_rate_limit: f64,
}

impl DescribedStage {
    fn settings(&self) -> Vec<MethodSetting> {
        let settings = self.method_settings.iter();
        settings
            .map(|(path, setting)| MethodSetting {
                // A slash within a path is written `~1`.
                path: path.replace("~1", "/"),
                logging: setting
                    .logging_level
                    .as_ref()
                    .map_or_else(|| "OFF".to_owned(), Clone::clone),
                data_trace: setting.data_trace_enabled,
                cached: setting.caching_enabled,
                cache_encrypted: setting.cache_data_encrypted,
                rate_limit: setting.throttling_rate_limit,
            })
            .collect()
    }
}
