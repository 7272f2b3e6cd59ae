//! What was deployed in the last quarter.

use std::sync::Arc;

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codedeploy::Deployment;
use crate::inventory::{Gap, Told};

/// A quarter: the usual distance between two looks at what was changed.
const DAYS: i64 = 90;

/// Most deployments that one call of `BatchGetDeployments` describes.
const BATCH: usize = 25;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let since = site.now().as_second() - SignedDuration::from_hours(24 * DAYS).as_secs();
    let listing = pages(
        async |token| {
            let input = json!({ "createTimeRange": { "start": since }, "nextToken": token });
            let about = format!("days={DAYS}");
            site.tell::<Ids>(&API, "ListDeployments", Question::json(input), about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Deployment>(&site.account, &site.region, &page.source);
            for ids in page.value.ids.chunks(BATCH) {
                if let Err(gap) = described(site, intake, ids).await {
                    intake.incomplete::<Deployment>(&site.account, &site.region, gap);
                }
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Deployment>(&site.account, &site.region, gap);
    }
}

async fn described(site: &Site, intake: &Intake, ids: &[String]) -> Result<(), Arc<Gap>> {
    let question = Question::json(json!({ "deploymentIds": ids }));
    let about = format!("deployments={}", ids.len());
    let told: Told<Deployments> = site
        .tell(&API, "BatchGetDeployments", question, about)
        .await
        .told()?;
    intake.listed::<Deployment>(&site.account, &site.region, &told.source);
    for deployment in &told.value.deployments {
        let (partition, region, account) = (&site.partition, &site.region, &site.account);
        let id = &deployment.id;
        let identity = Identity {
            // CodeDeploy gives deployments no ARN; this one is in the form of its others.
            arn: format!("arn:{partition}:codedeploy:{region}:{account}:deployment:{id}"),
            name: format!("{} {id}", deployment.application),
        };
        let fields = Deployment {
            id: told.fact(id.clone()),
            application: told.fact(deployment.application.clone()),
            group: told.fact(deployment.group.clone()),
            status: told.fact(deployment.status.clone()),
            created: told.fact(deployment.created.0),
            completed: told.fact(deployment.completed.map(|at| at.0)),
            creator: told.fact(deployment.creator.clone()),
            revision: told.fact(deployment.revision.as_ref().and_then(Revision::told)),
        };
        intake.add(account, region, identity, fields);
    }
    let described = |id: &&String| !told.value.deployments.iter().any(|one| one.id == **id);
    match ids.iter().find(described) {
        None => Ok(()),
        Some(id) => Err(told.lacks(crate::aws::missing(&format!("deployment {id}")))),
    }
}

#[derive(Debug, Deserialize)]
struct Ids {
    #[serde(rename = "deployments")]
    ids: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Deployments {
    #[serde(rename = "deploymentsInfo")]
    deployments: Vec<Described>,
}

/// <https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "deploymentId")]
    id: String,
    #[serde(rename = "applicationName")]
    application: String,
    /// Left out of deployments from outside, as by CloudFormation.
    #[serde(rename = "deploymentGroupName")]
    group: Option<String>,
    status: String,
    #[serde(rename = "createTime")]
    created: Moment,
    /// Left out until it has come to its end.
    #[serde(rename = "completeTime")]
    completed: Option<Moment>,
    creator: String,
    /// Left out of deployments from outside.
    revision: Option<Revision>,
}

/// Which of the members is there depends on where the revision comes from.
#[derive(Debug, Deserialize)]
struct Revision {
    #[serde(rename = "s3Location")]
    bucket: Option<S3>,
    #[serde(rename = "gitHubLocation")]
    github: Option<GitHub>,
    string: Option<Content>,
    #[serde(rename = "appSpecContent")]
    content: Option<Content>,
}

impl Revision {
    fn told(&self) -> Option<String> {
        let bucket = self.bucket.as_ref().and_then(S3::told);
        let github = || self.github.as_ref().and_then(|from| from.commit.clone());
        let content = || {
            let content = self.content.as_ref().or(self.string.as_ref());
            content.and_then(|content| content.digest.clone())
        };
        bucket.or_else(github).or_else(content)
    }
}

#[derive(Debug, Deserialize)]
struct S3 {
    bucket: Option<String>,
    key: Option<String>,
}

impl S3 {
    fn told(&self) -> Option<String> {
        Some(format!(
            "s3://{}/{}",
            self.bucket.as_ref()?,
            self.key.as_ref()?
        ))
    }
}

#[derive(Debug, Deserialize)]
struct GitHub {
    #[serde(rename = "commitId")]
    commit: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Content {
    #[serde(rename = "sha256")]
    digest: Option<String>,
}
