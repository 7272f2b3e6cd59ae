//! CodeCommit: repositories, how many have to agree before a change is merged, and who did.

mod pull_requests;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, each, gather, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codecommit::{ApprovalRule, PullRequest, Repository};
use crate::inventory::{Gap, Read, Told};

/// <https://docs.aws.amazon.com/codecommit/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "codecommit",
    Protocol::Json {
        version: "1.1",
        target: "CodeCommit_20150413",
    },
);

/// Most repositories that one call of `BatchGetRepositories` describes.
const BATCH: usize = 25;

/// Reads the repositories of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell::<Repositories>(&API, "ListRepositories", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Repository>(&site.account, &site.region, &page.source);
            intake.listed::<PullRequest>(&site.account, &site.region, &page.source);
            for listed in page.value.repositories.chunks(BATCH) {
                if let Err(gap) = described(site, intake, listed).await {
                    intake.incomplete::<Repository>(&site.account, &site.region, gap.clone());
                    intake.incomplete::<PullRequest>(&site.account, &site.region, gap);
                }
            }
            Ok(())
        },
    );
    // Pull requests hang on their repository: a listing that failed hides both.
    if let Err(gap) = listing.await {
        intake.incomplete::<Repository>(&site.account, &site.region, gap.clone());
        intake.incomplete::<PullRequest>(&site.account, &site.region, gap);
    }
}

async fn described(site: &Site, intake: &Intake, listed: &[Listed]) -> Result<(), Arc<Gap>> {
    let names: Vec<&str> = listed.iter().map(|one| one.name.as_str()).collect();
    let question = Question::json(json!({ "repositoryNames": names }));
    let about = format!("repositories={}", names.len());
    let told: Told<Described> = site
        .tell(&API, "BatchGetRepositories", question, about)
        .await
        .told()?;
    intake.listed::<Repository>(&site.account, &site.region, &told.source);
    each(&told.value.repositories, async |repository| {
        let fields = Repository {
            name: told.fact(repository.name.clone()),
            default_branch: told.fact(repository.default_branch.clone()),
            approval_rules: approval_rules(site, &repository.name).await,
        };
        let identity = Identity {
            arn: repository.arn.clone(),
            name: repository.name.clone(),
        };
        intake.add(&site.account, &site.region, identity, fields);
        let named = (&*repository.name, &*repository.arn);
        pull_requests::collect(site, intake, named).await;
    })
    .await;
    let answered = |name: &&&str| {
        let all = told.value.repositories.iter().map(|one| &one.name);
        !all.chain(&told.value.gone).any(|one| one == **name)
    };
    match names.iter().find(answered) {
        None => Ok(()),
        Some(name) => Err(told.lacks(missing(&format!("repository {name}")))),
    }
}

/// The rules that the templates which hold for a repository make for each of its pull requests.
async fn approval_rules(site: &Site, repository: &str) -> Read<Vec<ApprovalRule>> {
    let about = format!("repository={repository}");
    let names = gather(
        async |token| {
            let input = json!({ "repositoryName": repository, "nextToken": token });
            site.tell::<TemplateNames>(
                &API,
                "ListAssociatedApprovalRuleTemplatesForRepository",
                Question::json(input),
                &about,
            )
            .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.names.clone()),
    )
    .await?;
    let mut rules = Vec::new();
    for name in &names.value {
        let question = Question::json(json!({ "approvalRuleTemplateName": name }));
        let template = site
            .tell::<Template>(
                &API,
                "GetApprovalRuleTemplate",
                question,
                format!("template={name}"),
            )
            .await;
        rules.push(template.read(|t| rule(name, &t.template.content))?.value);
    }
    names.fact(rules)
}

/// <https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-create-template.html>
fn rule(name: &str, content: &str) -> Result<ApprovalRule, Missing> {
    let content: Content = serde_json::from_str(content)
        .map_err(|error| Missing(format!("an approval rule template does not read: {error}")))?;
    let needed = content.statements.iter().map(|statement| statement.needed);
    let branches = content.branches.iter().map(|branch| {
        let name = branch.strip_prefix("refs/heads/");
        name.unwrap_or(branch).to_owned()
    });
    Ok(ApprovalRule {
        name: name.to_owned(),
        approvals: needed.max().ok_or(missing("Statements"))?,
        branches: branches.collect(),
    })
}

#[derive(Debug, Deserialize)]
struct Repositories {
    repositories: Vec<Listed>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "repositoryName")]
    name: String,
}

/// <https://docs.aws.amazon.com/codecommit/latest/APIReference/API_RepositoryMetadata.html>
#[derive(Debug, Deserialize)]
struct Described {
    repositories: Vec<Metadata>,
    /// Repositories that are gone since they were listed.
    #[serde(
        rename = "repositoriesNotFound",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    gone: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Metadata {
    #[serde(rename = "Arn")]
    arn: String,
    #[serde(rename = "repositoryName")]
    name: String,
    /// Left out while nothing is in it.
    #[serde(rename = "defaultBranch")]
    default_branch: Option<String>,
}

#[derive(Debug, Deserialize)]
struct TemplateNames {
    #[serde(rename = "approvalRuleTemplateNames")]
    names: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Template {
    #[serde(rename = "approvalRuleTemplate")]
    template: TemplateContent,
}

#[derive(Debug, Deserialize)]
struct TemplateContent {
    #[serde(rename = "approvalRuleTemplateContent")]
    content: String,
}

#[derive(Debug, Deserialize)]
struct Content {
    /// Left out where the rule holds for every branch.
    #[serde(
        rename = "DestinationReferences",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    branches: Vec<String>,
    #[serde(rename = "Statements")]
    statements: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
struct Statement {
    #[serde(rename = "NumberOfApprovalsNeeded")]
    needed: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_says_how_many_and_for_which_branches() {
        let content = r#"{"Version": "2018-11-08", "DestinationReferences": ["refs/heads/main"],
            "Statements": [{"Type": "Approvers", "NumberOfApprovalsNeeded": 2}]}"#;
        let told = rule("two", content).unwrap();
        assert_eq!(
            (told.approvals, told.branches),
            (2, vec!["main".to_owned()])
        );
        let everywhere = r#"{"Statements": [{"NumberOfApprovalsNeeded": 1}]}"#;
        assert!(rule("one", everywhere).unwrap().branches.is_empty());
        for content in ["", "{}", r#"{"Statements": []}"#] {
            assert!(rule("none", content).is_err(), "{content}");
        }
    }
}
