//! CodeBuild: projects with their trust boundary, the credentials that they fetch sources with, and reports on tests.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, list, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codebuild::{Project, SourceCredential};
use crate::inventory::{Gap, Told};

mod project;
mod reports;

use project::Described;

/// <https://docs.aws.amazon.com/codebuild/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "codebuild",
    Protocol::Json {
        version: "1.1",
        target: "CodeBuild_20161006",
    },
);

/// Most projects that one call of `BatchGetProjects` describes.
const BATCH: usize = 100;

/// Reads the projects of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        projects(site, intake),
        credentials(site, intake),
        reports::collect(site, intake),
    );
}

async fn projects(site: &Site, intake: &Intake) {
    list::<Project, Names>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell(&API, "ListProjects", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for names in page.value.names.chunks(BATCH) {
                if let Err(gap) = described(site, intake, names).await {
                    intake.incomplete::<Project>(&site.account, &site.region, gap);
                }
            }
            Ok(())
        },
    )
    .await;
}

async fn described(
    site: &Site,
    intake: &Intake,
    names: &[String],
) -> Result<(), std::sync::Arc<Gap>> {
    let question = Question::json(json!({ "names": names }));
    let about = format!("projects={}", names.len());
    let told: Told<Projects> = site
        .tell(&API, "BatchGetProjects", question, about)
        .await
        .told()?;
    intake.listed::<Project>(&site.account, &site.region, &told.source);
    for project in &told.value.projects {
        let identity = Identity {
            arn: project.arn.clone(),
            name: project.name.clone(),
        };
        intake.add(
            &site.account,
            &site.region,
            identity,
            project::fields(&told, project),
        );
    }
    told.value
        .whole(names)
        .map_err(|missing| told.lacks(missing))
}

async fn credentials(site: &Site, intake: &Intake) {
    let told = site
        .tell::<Credentials>(&API, "ListSourceCredentials", Question::json(json!({})), "")
        .await
        .told();
    match told {
        Err(gap) => intake.incomplete::<SourceCredential>(&site.account, &site.region, gap),
        Ok(told) => {
            intake.listed::<SourceCredential>(&site.account, &site.region, &told.source);
            for credential in &told.value.credentials {
                let fields = SourceCredential {
                    host: told.fact(credential.host.clone()),
                    r#type: told.fact(credential.kind.clone()),
                };
                let identity = Identity {
                    arn: credential.arn.clone(),
                    name: format!("{} by {}", credential.host, credential.kind),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct Names {
    #[serde(rename = "projects")]
    names: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Projects {
    projects: Vec<Described>,
    /// Projects that are gone since they were listed.
    #[serde(
        rename = "projectsNotFound",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    gone: Vec<String>,
}

impl Projects {
    /// Every project that was asked about is described, or gone.
    fn whole(&self, names: &[String]) -> Result<(), Missing> {
        let described = self.projects.iter().map(|project| &project.name);
        let answered: BTreeSet<&String> = described.chain(&self.gone).collect();
        match names.iter().find(|name| !answered.contains(name)) {
            None => Ok(()),
            Some(name) => Err(missing(&format!("project {name}"))),
        }
    }
}

/// <https://docs.aws.amazon.com/codebuild/latest/APIReference/API_SourceCredentialsInfo.html>
#[derive(Debug, Deserialize)]
struct Credentials {
    #[serde(rename = "sourceCredentialsInfos")]
    credentials: Vec<Credential>,
}

#[derive(Debug, Deserialize)]
struct Credential {
    arn: String,
    #[serde(rename = "serverType")]
    host: String,
    #[serde(rename = "authType")]
    kind: String,
}
