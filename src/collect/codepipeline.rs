//! CodePipeline: pipelines with what stands before each step, and who started and who approved what ran through them.

mod executions;
mod steps;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codepipeline::{Execution, Pipeline};

use steps::Stage;

/// <https://docs.aws.amazon.com/codepipeline/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "codepipeline",
    Protocol::Json {
        version: "1.1",
        target: "CodePipeline_20150709",
    },
);

/// Reads the pipelines of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell::<Pipelines>(&API, "ListPipelines", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Pipeline>(&site.account, &site.region, &page.source);
            intake.listed::<Execution>(&site.account, &site.region, &page.source);
            each(&page.value.pipelines, async |pipeline| {
                futures::join!(
                    one_pipeline(site, intake, page, pipeline),
                    executions::collect(site, intake, &pipeline.name),
                );
            })
            .await;
            Ok(())
        },
    )
    .await;
    // What ran is listed by pipeline: a listing that failed hides both.
    if let Err(gap) = listing {
        intake.incomplete::<Pipeline>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Execution>(&site.account, &site.region, gap);
    }
}

async fn one_pipeline(site: &Site, intake: &Intake, page: &Told<Pipelines>, pipeline: &Summary) {
    let name = &pipeline.name;
    let question = Question::json(json!({ "name": name }));
    let about = format!("pipeline={name}");
    let got = site
        .tell::<Answer>(&API, "GetPipeline", question, about)
        .await;
    let fields = Pipeline {
        name: page.fact(name.clone()),
        updated: page.fact(pipeline.updated.0),
        role: got.read(|g| Ok(g.pipeline.role.clone())),
        steps: got.read(|g| Ok(steps::told(&g.pipeline.stages))),
        projects: got.read(|g| Ok(steps::projects(&g.pipeline.stages))),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:codepipeline:{region}:{account}:{name}"),
        name: name.clone(),
    };
    intake.add(account, region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Pipelines {
    pipelines: Vec<Summary>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    name: String,
    updated: Moment,
}

#[derive(Debug, Deserialize)]
struct Answer {
    pipeline: Declared,
}

/// <https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html>
#[derive(Debug, Deserialize)]
struct Declared {
    #[serde(rename = "roleArn")]
    role: String,
    stages: Vec<Stage>,
}
