//! Endpoints: the databases that data is moved from and to.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::dms::Endpoint;

/// Reads the endpoints.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Endpoint, Endpoints>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "Marker": token }));
            site.tell(&API, "DescribeEndpoints", question, "").await
        },
        |page| Turn::to(page.marker.as_deref()),
        async |page| {
            for endpoint in &page.value.endpoints {
                let redis = endpoint.redis_settings.as_ref();
                let mongo = endpoint.mongo_db_settings.as_ref();
                let fields = Endpoint {
                    name: page.fact(endpoint.endpoint_identifier.clone()),
                    side: page.fact(endpoint.endpoint_type.to_ascii_lowercase()),
                    engine: page.fact(endpoint.engine_name.clone()),
                    ssl_mode: page.fact(endpoint.ssl_mode.clone()),
                    redis_protocol: page.fact(redis.and_then(Redis::protocol)),
                    neptune_iam: page.fact(endpoint.neptune_settings.as_ref().map(Neptune::iam)),
                    mongodb_auth: page.fact(mongo.and_then(|mongo| mongo.auth_type.clone())),
                };
                let identity = Identity {
                    arn: endpoint.endpoint_arn.clone(),
                    name: endpoint.endpoint_identifier.clone(),
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
struct Endpoints {
    endpoints: Vec<Described>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/dms/latest/APIReference/API_Endpoint.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    endpoint_identifier: String,
    endpoint_arn: String,
    endpoint_type: String,
    engine_name: String,
    ssl_mode: String,
    /// Of Redis alone.
    redis_settings: Option<Redis>,
    /// Of MongoDB alone.
    mongo_db_settings: Option<Mongo>,
    /// Of Neptune alone.
    neptune_settings: Option<Neptune>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Redis {
    /// Encrypted where nobody has chosen.
    /// <https://docs.aws.amazon.com/dms/latest/APIReference/API_RedisSettings.html>
    ssl_security_protocol: Option<String>,
}

impl Redis {
    fn protocol(&self) -> Option<String> {
        let chosen = self.ssl_security_protocol.as_deref();
        Some(chosen.map_or("ssl-encryption", |chosen| chosen).to_owned())
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Neptune {
    /// Off where nobody has chosen.
    /// <https://docs.aws.amazon.com/dms/latest/APIReference/API_NeptuneSettings.html>
    iam_auth_enabled: Option<bool>,
}

impl Neptune {
    fn iam(&self) -> bool {
        self.iam_auth_enabled == Some(true)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Mongo {
    /// Left out where a secret holds user and password.
    auth_type: Option<String>,
}
