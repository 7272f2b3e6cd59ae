//! Direct Connect: connections between AWS and the customer's own routers.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::directconnect::Connection;

/// <https://docs.aws.amazon.com/directconnect/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "directconnect",
    Protocol::Json {
        version: "1.1",
        target: "OvertureService",
    },
);

/// Reads the connections of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Connection, Connections>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell(&API, "DescribeConnections", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for connection in &page.value.connections {
                let id = &connection.connection_id;
                let fields = Connection {
                    id: page.fact(id.clone()),
                    state: page.fact(connection.connection_state.clone()),
                    location: page.fact(connection.location.clone()),
                    encrypted: page
                        .fact(connection.encryption_mode.as_deref() == Some("must_encrypt")),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    arn: format!("arn:{partition}:directconnect:{region}:{account}:dxcon/{id}"),
                    name: connection.connection_name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connections {
    connections: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/directconnect/latest/APIReference/API_Connection.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    connection_id: String,
    connection_name: String,
    connection_state: String,
    location: String,
    /// Left out where the connection cannot do MACsec.
    encryption_mode: Option<String>,
}
