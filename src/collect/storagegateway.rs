//! Storage Gateway: gateways, and what they run on.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::storagegateway::Gateway;

/// <https://docs.aws.amazon.com/storagegateway/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "storagegateway",
    Protocol::Json {
        version: "1.1",
        target: "StorageGateway_20130630",
    },
);

/// Reads the gateways of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Gateway, Gateways>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "Marker": token }));
            site.tell(&API, "ListGateways", question, "").await
        },
        |page| Turn::to(page.marker.as_deref()),
        async |page| {
            for gateway in &page.value.gateways {
                let fields = Gateway {
                    id: page.fact(gateway.gateway_id.clone()),
                    r#type: page.fact(gateway.gateway_type.clone()),
                    // What runs on EC2 names its instance, also from before gateways told what they run on.
                    on_ec2: page.fact(
                        gateway.ec2_instance_id.is_some()
                            || gateway.host_environment.as_deref() == Some("EC2"),
                    ),
                };
                let identity = Identity {
                    arn: gateway.gateway_arn.clone(),
                    name: gateway.gateway_name.clone(),
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
struct Gateways {
    gateways: Vec<Described>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/storagegateway/latest/APIReference/API_GatewayInfo.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    gateway_id: String,
    #[serde(rename = "GatewayARN")]
    gateway_arn: String,
    gateway_type: String,
    gateway_name: String,
    /// Left out outside EC2.
    ec2_instance_id: Option<String>,
    /// Left out of gateways from before they told.
    host_environment: Option<String>,
}
