//! ECS: clusters, services, and what runs: the task definitions and images that are in use, and not the thousands that were.

mod definition;
mod image;
mod service;
mod task;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Tag, Turn, each, missing, pages, tags};
use crate::inventory::Gap;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ecs::{Cluster, Image, Service, TaskDefinition};

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "ecs",
    Protocol::Json {
        version: "1.1",
        target: "AmazonEC2ContainerServiceV20141113",
    },
);

/// Most clusters and tasks that one call describes.
const BATCH: usize = 100;

/// What is in use.
#[derive(Debug, Default)]
struct Found {
    definitions: BTreeSet<String>,
    images: image::Images,
}

/// Where the collectors of the clusters put it.
type Use = Mutex<Found>;

/// Reads the clusters of one region and what they run.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let found = Use::default();
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell::<Clusters>(&API, "ListClusters", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<Cluster>(account, region, &page.source);
            intake.listed::<Service>(account, region, &page.source);
            intake.listed::<TaskDefinition>(account, region, &page.source);
            intake.listed::<Image>(account, region, &page.source);
            let arns = &page.value.cluster_arns;
            each(arns.chunks(BATCH), async |arns| {
                clusters(site, intake, arns).await
            })
            .await;
            each(arns, async |cluster| {
                futures::join!(
                    service::collect(site, intake, cluster, &found),
                    task::collect(site, intake, cluster, &found),
                );
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Cluster>(account, region, gap.clone());
        intake.incomplete::<Service>(account, region, gap.clone());
        uses_unknown(site, intake, &gap);
    }
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    each(&found.definitions, async |arn| {
        definition::collect(site, intake, arn).await
    })
    .await;
    image::collect(site, intake, &found.images).await;
}

/// What was not told may use further definitions and images.
fn uses_unknown(site: &Site, intake: &Intake, gap: &Arc<Gap>) {
    let (account, region) = (&site.account, &site.region);
    intake.incomplete::<TaskDefinition>(account, region, gap.clone());
    intake.incomplete::<Image>(account, region, gap.clone());
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Clusters {
    cluster_arns: Vec<String>,
    next_token: Option<String>,
}

/// The name at the end of an ARN.
fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

async fn clusters(site: &Site, intake: &Intake, arns: &[String]) {
    let question = Question::json(json!({
        "clusters": arns,
        "include": ["CONFIGURATIONS", "SETTINGS", "TAGS"],
    }));
    let described = site
        .tell::<Described>(&API, "DescribeClusters", question, "")
        .await;
    for arn in arns {
        let of = |described: &Described| {
            let found = described
                .clusters
                .iter()
                .find(|one| one.cluster_arn == *arn);
            found
                .cloned()
                .ok_or_else(|| missing("a cluster that was listed"))
        };
        let cluster = described.read(of);
        let fact = |take: &dyn Fn(&Description) -> String| {
            cluster
                .clone()
                .map(|told| told.map(|cluster| take(&cluster)))
        };
        let fields = Cluster {
            name: fact(&|cluster| cluster.cluster_name.clone()),
            insights: described.read(|all| of(all)?.insights()),
            session_logs: fact(&Description::session_logs),
            running: described.read(|all| of(all).map(|cluster| cluster.running())),
            tags: described.read(|all| of(all).map(|cluster| tags(&cluster.tags))),
        };
        let identity = Identity {
            arn: arn.clone(),
            name: last_part(arn).to_owned(),
        };
        intake.add(&site.account, &site.region, identity, fields);
    }
}

#[derive(Debug, Deserialize)]
struct Described {
    clusters: Vec<Description>,
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html>
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    cluster_arn: String,
    cluster_name: String,
    running_tasks_count: i64,
    active_services_count: i64,
    settings: Vec<Setting>,
    /// Left out where nothing was ever configured.
    configuration: Option<Configuration>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Debug, Clone, Deserialize)]
struct Setting {
    name: String,
    value: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Configuration {
    execute_command_configuration: Option<Sessions>,
}

#[derive(Debug, Clone, Deserialize)]
struct Sessions {
    logging: Option<String>,
}

impl Description {
    fn insights(&self) -> Result<String, crate::aws::Missing> {
        let setting = self
            .settings
            .iter()
            .find(|one| one.name == "containerInsights");
        setting
            .map(|setting| setting.value.clone())
            .ok_or_else(|| missing("the setting containerInsights"))
    }

    /// Where nothing is said, sessions are logged as the container is.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommandConfiguration.html>
    fn session_logs(&self) -> String {
        let sessions = self.configuration.as_ref();
        let sessions = sessions.and_then(|all| all.execute_command_configuration.as_ref());
        sessions
            .and_then(|sessions| sessions.logging.clone())
            .unwrap_or_else(|| "DEFAULT".to_owned())
    }

    fn running(&self) -> i64 {
        self.running_tasks_count + self.active_services_count
    }
}
