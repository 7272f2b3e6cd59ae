//! CloudWatch Synthetics: canaries, which try from outside whether a site works.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, gather, list};
use crate::inventory::Read;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::synthetics::Canary;

/// <https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/Welcome.html>
const API: Api = Api::new("synthetics", Protocol::RestJson);

/// Reads the canaries of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    // Asked for once there is a canary: a call less where nobody uses the service.
    let runs = tokio::sync::OnceCell::new();
    list::<Canary, Canaries>(
        site,
        intake,
        async |token| {
            let question = Question::post("/canaries", json!({ "NextToken": token }));
            site.tell(&API, "DescribeCanaries", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            if page.value.canaries.is_empty() {
                return Ok(());
            }
            let runs = runs.get_or_init(async || last_runs(site).await).await;
            for canary in &page.value.canaries {
                let last = runs.as_ref().map_err(Clone::clone);
                let fields = Canary {
                    name: page.fact(canary.name.clone()),
                    running: page.fact(canary.status.state == "RUNNING"),
                    last_run: last
                        .and_then(|all| all.read(|all| Ok(all.get(&canary.name).cloned()))),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    arn: format!(
                        "arn:{partition}:synthetics:{region}:{account}:canary:{}",
                        canary.name
                    ),
                    name: canary.name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_Canary.html>
#[derive(Debug, Deserialize)]
struct Canaries {
    #[serde(rename = "Canaries")]
    canaries: Vec<Described>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Status")]
    status: Status,
}

#[derive(Debug, Clone, Deserialize)]
struct Status {
    #[serde(rename = "State")]
    state: String,
}

/// How the last run of each went, by name.
async fn last_runs(site: &Site) -> Read<HashMap<String, String>> {
    let all = gather(
        async |token| {
            let question = Question::post("/canaries/last-run", json!({ "NextToken": token }));
            site.tell::<Runs>(&API, "DescribeCanariesLastRun", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.runs.clone()),
    );
    Ok(all.await?.map(|all| {
        all.into_iter()
            .map(|run| (run.name, run.last.status.state))
            .collect()
    }))
}

#[derive(Debug, Deserialize)]
struct Runs {
    #[serde(rename = "CanariesLastRun")]
    runs: Vec<LastRun>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct LastRun {
    #[serde(rename = "CanaryName")]
    name: String,
    #[serde(rename = "LastRun")]
    last: Run,
}

#[derive(Debug, Clone, Deserialize)]
struct Run {
    #[serde(rename = "Status")]
    status: Status,
}
