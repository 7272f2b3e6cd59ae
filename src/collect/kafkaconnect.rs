//! MSK Connect: connectors, how they talk to their cluster, and where their workers log.

use serde::Deserialize;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::kafkaconnect::Connector;

/// <https://docs.aws.amazon.com/MSKC/latest/mskc/Welcome.html>
const API: Api = Api::new("kafkaconnect", Protocol::RestJson);

/// Reads the connectors of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Connector, Connectors>(
        site,
        intake,
        async |token| {
            let question = Question::get("/v1/connectors")
                .with("maxResults", Some(100))
                .with("nextToken", token);
            site.tell(&API, "ListConnectors", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for connector in &page.value.connectors {
                let traffic = &connector.kafka_cluster_encryption_in_transit;
                let fields = Connector {
                    name: page.fact(connector.connector_name.clone()),
                    uses_tls: page.fact(traffic.encryption_type == "TLS"),
                    logs: page.fact(connector.logs()),
                };
                let identity = Identity {
                    arn: connector.connector_arn.clone(),
                    name: connector.connector_name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/MSKC/latest/mskc/API_ListConnectors.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connectors {
    connectors: Vec<Summary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    connector_arn: String,
    connector_name: String,
    kafka_cluster_encryption_in_transit: InTransit,
    /// Left out where workers log nowhere.
    log_delivery: Option<LogDelivery>,
}

impl Summary {
    fn logs(&self) -> bool {
        let Some(delivery) = &self.log_delivery else {
            return false;
        };
        let to = &delivery.worker_log_delivery;
        [&to.cloud_watch_logs, &to.firehose, &to.s3]
            .into_iter()
            .flatten()
            .any(|target| target.enabled)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct InTransit {
    encryption_type: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LogDelivery {
    worker_log_delivery: WorkerLogs,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WorkerLogs {
    cloud_watch_logs: Option<Switch>,
    firehose: Option<Switch>,
    s3: Option<Switch>,
}

#[derive(Debug, Deserialize)]
struct Switch {
    enabled: bool,
}
