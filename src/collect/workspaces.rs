//! WorkSpaces: desktops in the cloud, and the directories that their users are in.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::OnceCell;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, gather, list, missing};
use crate::inventory::Read;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::workspaces::{Directory, Workspace};

/// <https://docs.aws.amazon.com/workspaces/latest/api/welcome.html>
const API: Api = Api::new(
    "workspaces",
    Protocol::Json {
        version: "1.1",
        target: "WorkspacesService",
    },
);

/// Reads the desktops and directories of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(desktops(site, intake), directories(site, intake));
}

async fn desktops(site: &Site, intake: &Intake) {
    let connections = Connections::default();
    list::<Workspace, Workspaces>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "DescribeWorkspaces", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.workspaces, async |desktop| {
                let id = &desktop.workspace_id;
                let fields = Workspace {
                    id: page.fact(id.clone()),
                    user: page.fact(desktop.user_name.clone()),
                    directory: page.fact(desktop.directory_id.clone()),
                    state: page.fact(desktop.state.clone()),
                    root_encrypted: page.fact(desktop.root_volume_encryption_enabled),
                    user_encrypted: page.fact(desktop.user_volume_encryption_enabled),
                    last_connected: connections.of(site, id).await,
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    arn: format!("arn:{partition}:workspaces:{region}:{account}:workspace/{id}"),
                    name: id.clone(),
                };
                intake.add(account, region, identity, fields);
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn directories(site: &Site, intake: &Intake) {
    list::<Directory, Directories>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "DescribeWorkspaceDirectories", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for directory in &page.value.directories {
                let id = &directory.directory_id;
                let settings = directory.workspace_creation_properties.as_ref();
                let fields = Directory {
                    id: page.fact(id.clone()),
                    state: page.fact(directory.state.clone()),
                    local_administrators: page.read(|_| {
                        let says = settings.and_then(|s| s.user_enabled_as_local_administrator);
                        says.ok_or(missing("UserEnabledAsLocalAdministrator"))
                    }),
                    maintained: page.read(|_| {
                        let says = settings.and_then(|s| s.enable_maintenance_mode);
                        says.ok_or(missing("EnableMaintenanceMode"))
                    }),
                    ip_groups: page.fact(directory.ip_group_ids.clone()),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    arn: format!("arn:{partition}:workspaces:{region}:{account}:directory/{id}"),
                    name: id.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// When users last connected: one listing for all desktops, asked for with the first.
#[derive(Default)]
struct Connections(OnceCell<Read<BTreeMap<String, Option<Moment>>>>);

impl Connections {
    async fn of(&self, site: &Site, id: &str) -> Read<Option<jiff::Timestamp>> {
        let all = self.0.get_or_init(async || listed(site).await).await;
        all.as_ref().map_err(Clone::clone)?.read(|all| {
            let found = all.get(id);
            let found = found.ok_or_else(|| missing(&format!("the connections of {id}")))?;
            Ok(found.map(|moment| moment.0))
        })
    }
}

async fn listed(site: &Site) -> Read<BTreeMap<String, Option<Moment>>> {
    let all = gather(
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell::<Statuses>(&API, "DescribeWorkspacesConnectionStatus", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        |page| {
            let all = page.all.iter();
            Ok(all
                .map(|one| (one.workspace_id.clone(), one.last))
                .collect())
        },
    );
    all.await?
        .read(|pairs: &Vec<_>| Ok(pairs.iter().cloned().collect()))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Workspaces {
    workspaces: Vec<Desktop>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/workspaces/latest/api/API_Workspace.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Desktop {
    workspace_id: String,
    user_name: String,
    directory_id: String,
    state: String,
    /// Left out where it is not encrypted.
    #[serde(default)]
    root_volume_encryption_enabled: bool,
    /// Left out where it is not encrypted.
    #[serde(default)]
    user_volume_encryption_enabled: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Directories {
    directories: Vec<Registered>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/workspaces/latest/api/API_WorkspaceDirectory.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Registered {
    directory_id: String,
    state: String,
    workspace_creation_properties: Option<Creation>,
    /// Left out where no group of addresses is chosen.
    #[serde(rename = "ipGroupIds", default)]
    ip_group_ids: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Creation {
    user_enabled_as_local_administrator: Option<bool>,
    enable_maintenance_mode: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statuses {
    #[serde(rename = "WorkspacesConnectionStatus")]
    all: Vec<Status>,
    next_token: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Status {
    #[serde(rename = "WorkspaceId")]
    workspace_id: String,
    /// Left out where nobody has connected yet.
    #[serde(rename = "LastKnownUserConnectionTimestamp")]
    last: Option<Moment>,
}
