//! MSK: Kafka clusters with how clients reach them, prove who they are, and what is logged.

use serde::Deserialize;

use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, list, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::kafka::Cluster;

/// <https://docs.aws.amazon.com/MSK/2.0/APIReference/Welcome.html>
const API: Api = Api::new("kafka", Protocol::RestJson);

/// Reads the clusters of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Cluster, Clusters>(
        site,
        intake,
        async |token| {
            let question = Question::get("/api/v2/clusters")
                .with("maxResults", Some(100))
                .with("nextToken", token);
            site.tell(&API, "ListClustersV2", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for cluster in &page.value.cluster_info_list {
                let facts = cluster.facts()?;
                let fields = Cluster {
                    name: page.fact(cluster.cluster_name.clone()),
                    serverless: page.fact(facts.serverless),
                    client_traffic: page.fact(facts.client_traffic),
                    encrypts_between_brokers: page.fact(facts.between_brokers),
                    lets_unknown_clients_in: page.fact(facts.unknown_clients),
                    public: page.fact(facts.public),
                    logs: page.fact(facts.logs),
                    release: page.fact(facts.version.as_deref().map(release)),
                    version: page.fact(facts.version),
                };
                let identity = Identity {
                    arn: cluster.cluster_arn.clone(),
                    name: cluster.cluster_name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// `2.8.2.tiered` and `3.7.x.kraft` are `msk 2.8` and `msk 3.7`.
/// <https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html>
fn release(version: &str) -> String {
    let numbers: Vec<&str> = version.split('.').take(2).collect();
    format!("msk {}", numbers.join("."))
}

/// <https://docs.aws.amazon.com/MSK/2.0/APIReference/v2-clusters.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Clusters {
    cluster_info_list: Vec<Described>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    cluster_arn: String,
    cluster_name: String,
    cluster_type: String,
    /// Left out of a serverless cluster.
    provisioned: Option<Provisioned>,
}

struct Facts {
    serverless: bool,
    client_traffic: String,
    between_brokers: bool,
    unknown_clients: bool,
    public: bool,
    logs: bool,
    version: Option<String>,
}

impl Described {
    fn facts(&self) -> Result<Facts, Missing> {
        if self.cluster_type == "SERVERLESS" {
            // A serverless cluster takes TLS and IAM only, stays in its VPCs, and delivers no logs of brokers.
            // <https://docs.aws.amazon.com/msk/latest/developerguide/serverless.html>
            return Ok(Facts {
                serverless: true,
                client_traffic: "TLS".to_owned(),
                between_brokers: true,
                unknown_clients: false,
                public: false,
                logs: false,
                version: None,
            });
        }
        let of = self.provisioned.as_ref();
        let of = of.ok_or_else(|| missing("provisioned"))?;
        let transit = &of.encryption_info.encryption_in_transit;
        Ok(Facts {
            serverless: false,
            client_traffic: transit.client_broker.clone(),
            between_brokers: transit.in_cluster,
            unknown_clients: of.lets_unknown_clients_in(),
            public: of.is_public(),
            logs: of.logs(),
            version: of.current_broker_software_info.kafka_version.clone(),
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Provisioned {
    broker_node_group_info: Nodes,
    encryption_info: Encryption,
    /// Left out where nobody has to say who they are.
    client_authentication: Option<Authentication>,
    current_broker_software_info: Software,
    /// Left out where nothing is logged.
    logging_info: Option<Logging>,
}

impl Provisioned {
    /// A cluster for which no way of authenticating was chosen lets everyone in who reaches it.
    /// <https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html>
    fn lets_unknown_clients_in(&self) -> bool {
        let Some(authentication) = &self.client_authentication else {
            return true;
        };
        if let Some(unknown) = &authentication.unauthenticated {
            return unknown.enabled;
        }
        let sasl = authentication.sasl.as_ref();
        let sasl = sasl.is_some_and(|sasl| on(sasl.iam.as_ref()) || on(sasl.scram.as_ref()));
        // Clients with certificates have stood in the answer, without a switch, since before there was one.
        let tls = authentication.tls.as_ref();
        let tls = tls.is_some_and(|tls| {
            let authorities = tls.authorities.iter().flatten().next();
            tls.enabled.unwrap_or(authorities.is_some())
        });
        !sasl && !tls
    }

    fn is_public(&self) -> bool {
        let connectivity = self.broker_node_group_info.connectivity_info.as_ref();
        let public = connectivity.and_then(|connectivity| connectivity.public_access.as_ref());
        public.is_some_and(|public| public.kind != "DISABLED")
    }

    fn logs(&self) -> bool {
        let Some(logging) = &self.logging_info else {
            return false;
        };
        let to = &logging.broker_logs;
        [&to.cloud_watch_logs, &to.firehose, &to.s3]
            .into_iter()
            .any(|target| on(target.as_ref()))
    }
}

fn on(switch: Option<&Switch>) -> bool {
    switch.is_some_and(|switch| switch.enabled)
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Nodes {
    connectivity_info: Option<Connectivity>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connectivity {
    public_access: Option<PublicAccess>,
}

#[derive(Debug, Deserialize)]
struct PublicAccess {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Encryption {
    encryption_in_transit: InTransit,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct InTransit {
    client_broker: String,
    in_cluster: bool,
}

#[derive(Debug, Deserialize)]
struct Authentication {
    sasl: Option<Sasl>,
    tls: Option<Tls>,
    unauthenticated: Option<Switch>,
}

#[derive(Debug, Deserialize)]
struct Sasl {
    iam: Option<Switch>,
    scram: Option<Switch>,
}

#[derive(Debug, Deserialize)]
struct Tls {
    enabled: Option<bool>,
    #[serde(rename = "certificateAuthorityArnList")]
    authorities: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Switch {
    enabled: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Software {
    kafka_version: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Logging {
    broker_logs: BrokerLogs,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BrokerLogs {
    cloud_watch_logs: Option<Switch>,
    firehose: Option<Switch>,
    s3: Option<Switch>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn unknown(authentication: serde_json::Value) -> bool {
        let of = json!({
            "brokerNodeGroupInfo": {},
            "encryptionInfo": { "encryptionInTransit": { "clientBroker": "TLS", "inCluster": true } },
            "clientAuthentication": authentication,
            "currentBrokerSoftwareInfo": {},
        });
        let of: Provisioned = serde_json::from_value(of).unwrap();
        of.lets_unknown_clients_in()
    }

    #[test]
    fn who_is_let_in_without_saying_who_they_are() {
        assert!(unknown(json!(null)));
        assert!(unknown(json!({})));
        assert!(unknown(json!({ "sasl": { "iam": { "enabled": false } } })));
        assert!(unknown(json!({
            "sasl": { "iam": { "enabled": true } },
            "unauthenticated": { "enabled": true },
        })));
        assert!(!unknown(
            json!({ "sasl": { "scram": { "enabled": true } } })
        ));
        assert!(!unknown(json!({ "tls": { "enabled": true } })));
        assert!(!unknown(
            json!({ "tls": { "certificateAuthorityArnList": ["arn"] } })
        ));
        assert!(unknown(
            json!({ "tls": { "certificateAuthorityArnList": [] } })
        ));
    }
}
