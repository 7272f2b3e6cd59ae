//! Transfer Family: servers for SFTP, FTPS, FTP and AS2, and the users that they keep themselves.

mod users;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Tag, Turn, each, missing, pages, tags};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::transfer::{Server, User};

/// <https://docs.aws.amazon.com/transfer/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "transfer",
    Protocol::Json {
        version: "1.1",
        target: "TransferService",
    },
);

/// Reads the servers of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell::<Servers>(&API, "ListServers", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<Server>(&site.account, &site.region, &page.source);
            intake.listed::<User>(&site.account, &site.region, &page.source);
            each(&page.value.servers, async |server| {
                one_server(site, intake, page, server).await
            })
            .await;
            Ok(())
        },
    );
    // Users stand on servers: one that was not listed hides its own.
    if let Err(gap) = listing.await {
        intake.incomplete::<Server>(&site.account, &site.region, gap.clone());
        intake.incomplete::<User>(&site.account, &site.region, gap);
    }
}

async fn one_server(site: &Site, intake: &Intake, page: &Told<Servers>, server: &Summary) {
    let id = &server.server_id;
    let question = Question::json(json!({ "ServerId": id }));
    let about = format!("server={id}");
    let described: Reply<Answer> = site.tell(&API, "DescribeServer", question, about).await;
    // Those of other providers are theirs to tell.
    let keeps = described.read(|d| Ok(d.server.identity_provider_type == "SERVICE_MANAGED"));
    match keeps {
        Ok(keeps) if keeps.value => users::collect(site, intake, id).await,
        Ok(_) => {}
        Err(gap) => intake.incomplete::<User>(&site.account, &site.region, gap),
    }
    let fields = Server {
        id: page.fact(id.clone()),
        state: page.fact(server.state.clone()),
        endpoint: page.fact(server.endpoint_type.clone()),
        users: page.read(|_| server.user_count.ok_or(missing("UserCount"))),
        identity_provider: described.read(|d| Ok(d.server.identity_provider_type.clone())),
        protocols: described.read(|d| Ok(d.server.protocols.clone())),
        security_policy: described.read(|d| Ok(d.server.security_policy_name.clone())),
        logged: described.read(|d| Ok(d.server.logged())),
        tags: described.read(|d| Ok(tags(&d.server.tags))),
    };
    let identity = Identity {
        arn: server.arn.clone(),
        name: id.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Servers {
    servers: Vec<Summary>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListedServer.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    arn: String,
    server_id: String,
    state: String,
    endpoint_type: String,
    user_count: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    server: Described,
}

/// <https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribedServer.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    identity_provider_type: String,
    protocols: Vec<String>,
    security_policy_name: String,
    /// Left out where no role writes logs.
    logging_role: Option<String>,
    /// Left out where no group takes logs.
    #[serde(default)]
    structured_log_destinations: Vec<String>,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
}

impl Described {
    /// By a role, or without one to log groups that are named.
    /// <https://docs.aws.amazon.com/transfer/latest/userguide/structured-logging.html>
    fn logged(&self) -> bool {
        let role = self.logging_role.as_deref();
        role.is_some_and(|role| !role.is_empty()) || !self.structured_log_destinations.is_empty()
    }
}
