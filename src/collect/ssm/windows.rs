//! Maintenance windows and what is run in them.

use serde::Deserialize;
use serde_json::json;

use super::{API, PAGE, arn};
use crate::aws::{Question, Site, Turn, each, gather, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ssm::MaintenanceWindow;
use crate::inventory::{Read, Told};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<MaintenanceWindow, Windows>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell(&API, "DescribeMaintenanceWindows", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.windows, async |window| {
                one_window(site, intake, page, window).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_window(site: &Site, intake: &Intake, page: &Told<Windows>, window: &Listed) {
    let fields = MaintenanceWindow {
        id: page.fact(window.id.clone()),
        name: page.fact(window.name.clone()),
        enabled: page.fact(window.enabled),
        comes_again: page.fact(window.next_run.is_some()),
        runs: runs(site, &window.id).await,
    };
    let identity = Identity {
        arn: arn(site, &format!("maintenancewindow/{}", window.id)),
        name: window.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// A task names its document, or the ARN of what it runs: the document's name is the ARN's last part.
async fn runs(site: &Site, window: &str) -> Read<Vec<String>> {
    gather(
        async |token| {
            let input = json!({ "WindowId": window, "MaxResults": PAGE, "NextToken": token });
            let about = format!("window={window}");
            site.tell::<Tasks>(
                &API,
                "DescribeMaintenanceWindowTasks",
                Question::json(input),
                about,
            )
            .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            let names = page.tasks.iter().map(|task| {
                let last = task.arn.rsplit_once(":document/");
                last.map_or(task.arn.as_str(), |(_, name)| name).to_owned()
            });
            Ok(names.collect())
        },
    )
    .await
}

#[derive(Debug, Deserialize)]
struct Windows {
    #[serde(rename = "WindowIdentities")]
    windows: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowIdentity.html>
#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "WindowId")]
    id: String,
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Enabled")]
    enabled: bool,
    /// Left out where it will not open again.
    #[serde(rename = "NextExecutionTime")]
    next_run: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Tasks {
    #[serde(rename = "Tasks")]
    tasks: Vec<Task>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Task {
    #[serde(rename = "TaskArn")]
    arn: String,
}
