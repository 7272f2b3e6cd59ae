//! Elastic Disaster Recovery: source servers, whether they are replicated, and how their last launch went.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Reply, Site, Turn, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::drs::SourceServer;

/// <https://docs.aws.amazon.com/drs/latest/APIReference/Welcome.html>
const API: Api = Api::new("drs", Protocol::RestJson);

/// Reads the source servers of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<SourceServer, Servers>(
        site,
        intake,
        async |token| {
            let question = Question::post("/DescribeSourceServers", json!({ "nextToken": token }));
            let reply = site
                .tell::<Servers>(&API, "DescribeSourceServers", question, "")
                .await;
            match reply {
                // The service was never set up here: it protects nothing.
                Reply::Absent(source) => Reply::Told(Told {
                    value: Servers::default(),
                    source,
                }),
                told @ (Reply::Told(_) | Reply::Gap(_)) => told,
            }
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for server in &page.value.items {
                let launch = server.life_cycle.last_launch.as_ref();
                let fields = SourceServer {
                    id: page.fact(server.source_server_id.clone()),
                    replication: page
                        .fact(server.data_replication_info.data_replication_state.clone()),
                    last_launch: page
                        .fact(launch.map(|launch| launch.initiated.api_call_date_time.0)),
                    last_launch_was: page.fact(launch.map(|launch| launch.initiated.kind.clone())),
                    last_launch_result: page.fact(server.last_launch_result.clone()),
                };
                let identity = Identity {
                    arn: server.arn.clone(),
                    name: server.source_server_id.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Servers {
    items: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/drs/latest/APIReference/API_SourceServer.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    #[serde(rename = "sourceServerID")]
    source_server_id: String,
    arn: String,
    data_replication_info: Replication,
    life_cycle: LifeCycle,
    /// Left out where it was never launched.
    last_launch_result: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Replication {
    data_replication_state: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LifeCycle {
    /// Always there: an answer without it is none.
    #[serde(rename = "addedToServiceDateTime")]
    _added: Moment,
    /// Left out where it was never launched.
    last_launch: Option<Launch>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Launch {
    initiated: Initiated,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Initiated {
    api_call_date_time: Moment,
    #[serde(rename = "type")]
    kind: String,
}
