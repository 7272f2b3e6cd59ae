//! Amazon MQ: brokers, with what they log and who can reach them.

use serde::Deserialize;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, each, list, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::mq::Broker;

/// <https://docs.aws.amazon.com/amazon-mq/latest/api-reference/welcome.html>
const API: Api = Api::new("mq", Protocol::RestJson);

/// Reads the brokers of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Broker, Brokers>(
        site,
        intake,
        async |token| {
            let question = Question::get("/v1/brokers")
                .with("maxResults", Some(100))
                .with("nextToken", token);
            site.tell(&API, "ListBrokers", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.broker_summaries, async |broker| {
                one_broker(site, intake, page, broker).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_broker(site: &Site, intake: &Intake, page: &Told<Brokers>, broker: &Summary) {
    let question = Question::get(format!("/v1/brokers/{}", part(&broker.broker_id)));
    let about = format!("broker={}", broker.broker_name);
    let described: Reply<Described> = site.tell(&API, "DescribeBroker", question, about).await;
    let fields = Broker {
        name: page.fact(broker.broker_name.clone()),
        engine: page.fact(broker.engine_type.to_ascii_uppercase()),
        stands_by: page.fact(broker.deployment_mode != "SINGLE_INSTANCE"),
        version: described.read(|d| Ok(d.engine_version.clone())),
        public: described.read(|d| Ok(d.publicly_accessible)),
        takes_minor_versions: described.read(|d| Ok(d.auto_minor_version_upgrade)),
        logs_events: described.read(|d| Ok(d.logs.general)),
        logs_audit: described.read(|d| Ok(d.logs.audit == Some(true))),
    };
    let identity = Identity {
        arn: broker.broker_arn.clone(),
        name: broker.broker_name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Brokers {
    broker_summaries: Vec<Summary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    broker_arn: String,
    broker_id: String,
    broker_name: String,
    deployment_mode: String,
    engine_type: String,
}

/// <https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    engine_version: String,
    publicly_accessible: bool,
    auto_minor_version_upgrade: bool,
    logs: Logs,
}

#[derive(Debug, Deserialize)]
struct Logs {
    general: bool,
    /// Of ActiveMQ alone.
    audit: Option<bool>,
}
