//! The running tasks of a cluster: read only for what they use.

use std::sync::PoisonError;

use serde::Deserialize;
use serde_json::json;

use super::image::Used;
use super::{API, BATCH, Use, last_part, uses_unknown};
use crate::aws::{Missing, Question, Site, Turn, each, missing, pages};
use crate::inventory::intake::Intake;
use crate::inventory::kinds::ecs::{Image, TaskDefinition};

pub(super) async fn collect(site: &Site, intake: &Intake, cluster: &str, found: &Use) {
    let (account, region) = (&site.account, &site.region);
    let about = format!("cluster={}", last_part(cluster));
    let listing = pages(
        async |token| {
            let input =
                json!({ "cluster": cluster, "desiredStatus": "RUNNING", "nextToken": token });
            site.tell::<Tasks>(&API, "ListTasks", Question::json(input), &about)
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<TaskDefinition>(account, region, &page.source);
            intake.listed::<Image>(account, region, &page.source);
            each(page.value.task_arns.chunks(BATCH), async |arns| {
                described(site, intake, (cluster, &about), arns, found).await
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        uses_unknown(site, intake, &gap);
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tasks {
    task_arns: Vec<String>,
    next_token: Option<String>,
}

async fn described(
    site: &Site,
    intake: &Intake,
    (cluster, about): (&str, &str),
    arns: &[String],
    found: &Use,
) {
    let input = json!({ "cluster": cluster, "tasks": arns });
    let asked = site.tell::<Described>(&API, "DescribeTasks", Question::json(input), about);
    let read = match asked.await.told() {
        Ok(told) => told.read(|described| described.uses(site, arns)),
        Err(gap) => Err(gap),
    };
    match read {
        Ok(told) => {
            intake.listed::<TaskDefinition>(&site.account, &site.region, &told.source);
            intake.listed::<Image>(&site.account, &site.region, &told.source);
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            let (definitions, images) = told.value;
            found.definitions.extend(definitions);
            for image in images {
                // Whichever answer comes first, the same one is cited.
                let source = found
                    .images
                    .entry(image)
                    .or_insert_with(|| told.source.clone());
                if told.source < *source {
                    source.clone_from(&told.source);
                }
            }
        }
        Err(gap) => uses_unknown(site, intake, &gap),
    }
}

#[derive(Debug, Deserialize)]
struct Described {
    tasks: Vec<Task>,
    /// Tasks that have ended since they were listed.
    failures: Vec<Failure>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    task_definition_arn: String,
    last_status: String,
    containers: Vec<Container>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    image: String,
    /// Left out until it was pulled.
    image_digest: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Failure {
    reason: String,
}

impl Described {
    /// Task definitions and images. A task that has ended uses none any more; of any other that was asked for and is not
    /// told of nobody knows what it uses.
    fn uses(&self, site: &Site, asked: &[String]) -> Result<(Vec<String>, Vec<Used>), Missing> {
        let ended = self.failures.iter().filter(|one| one.reason == "MISSING");
        if self.tasks.len() + ended.count() < asked.len() {
            return Err(missing("a task that was listed"));
        }
        let mut images = Vec::new();
        for task in self
            .tasks
            .iter()
            .filter(|task| task.last_status == "RUNNING")
        {
            for container in &task.containers {
                let Some((region, repository)) = Used::repository(&container.image, &site.account)
                else {
                    continue;
                };
                if region != &*site.region {
                    continue;
                }
                let digest = container.image_digest.clone();
                images.push(Used {
                    repository: repository.to_owned(),
                    digest: digest.ok_or_else(|| missing("the digest of a running image"))?,
                });
            }
        }
        let definitions = self
            .tasks
            .iter()
            .map(|task| task.task_definition_arn.clone());
        Ok((definitions.collect(), images))
    }
}
