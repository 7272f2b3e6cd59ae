//! ECR: repositories, who may pull from them, and whether their images are scanned and removed in time. The images that run
//! are read with what runs them.

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::statements;
use crate::aws::{Api, Moment, Protocol, Question, Reply, Site, Turn, each, list, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ecr::Repository;
use crate::inventory::kinds::statement::{Statement, account_of};

/// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "ecr",
    Protocol::Json {
        version: "1.1",
        target: "AmazonEC2ContainerRegistry_V20150921",
    },
)
.at("api.ecr", "ecr")
.fips("ecr-fips");

/// Most repositories that one call tells the scanning of.
/// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetRepositoryScanningConfiguration.html>
const BATCH: usize = 25;

/// Reads the repositories of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Repository, Repositories>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell(&API, "DescribeRepositories", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(page.value.repositories.chunks(BATCH), async |some| {
                let names: Vec<&str> = some.iter().map(|one| &*one.repository_name).collect();
                let question = Question::json(json!({ "repositoryNames": names }));
                let scans: Reply<Scans> = site
                    .tell(
                        &API,
                        "BatchGetRepositoryScanningConfiguration",
                        question,
                        "",
                    )
                    .await;
                each(some, async |one| {
                    one_repository(site, intake, page, one, &scans).await
                })
                .await;
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Repositories {
    repositories: Vec<Description>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    repository_arn: String,
    repository_name: String,
    created_at: Moment,
    image_tag_mutability: String,
    encryption_configuration: Encryption,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Encryption {
    /// Left out where Amazon S3's keys encrypt.
    kms_key: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scans {
    scanning_configurations: Vec<Scan>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scan {
    repository_name: String,
    scan_frequency: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    policy_text: String,
}

#[derive(Debug, Deserialize)]
struct Lifecycle {
    /// Always there: an answer without it is none.
    #[serde(rename = "lifecyclePolicyText")]
    _text: String,
}

async fn one_repository(
    site: &Site,
    intake: &Intake,
    page: &Told<Repositories>,
    repository: &Description,
    scans: &Reply<Scans>,
) {
    let name = &repository.repository_name;
    let by_name = || Question::json(json!({ "repositoryName": name }));
    let about = format!("repository={name}");
    let (policy, lifecycle) = futures::join!(
        site.tell::<Policy>(&API, "GetRepositoryPolicy", by_name(), &about),
        site.tell::<Lifecycle>(&API, "GetLifecyclePolicy", by_name(), &about),
    );
    let fields = Repository {
        name: page.fact(name.clone()),
        created: page.fact(repository.created_at.0),
        // `IMMUTABLE`, and `IMMUTABLE_WITH_EXCLUSION`.
        immutable_tags: page.fact(repository.image_tag_mutability.starts_with("IMMUTABLE")),
        kms_key: page.fact(repository.encryption_configuration.kms_key.clone()),
        scan: scans.read(|scans| {
            let found = scans
                .scanning_configurations
                .iter()
                .find(|one| one.repository_name == *name);
            let found = found.ok_or_else(|| missing("a repository that was asked for"))?;
            Ok(found.scan_frequency.clone())
        }),
        policy: policy.read_or(Vec::new, |p| statements(&p.policy_text)),
        policy_accounts: policy.read_or(Vec::new, |p| {
            Ok(others(&statements(&p.policy_text)?, &site.account))
        }),
        removes_images: lifecycle.read_or(|| false, |_| Ok(true)),
    };
    let identity = Identity {
        arn: repository.repository_arn.clone(),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// The other accounts that a policy allows something.
fn others(policy: &[Statement], own: &str) -> Vec<String> {
    let allowed = policy
        .iter()
        .filter(|statement| statement.effect == "Allow");
    let principals = allowed.flat_map(|statement| &statement.principals);
    let accounts = principals.filter_map(|principal| account_of(&principal.value));
    let mut accounts: Vec<String> = accounts
        .filter(|account| *account != own)
        .map(str::to_owned)
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}
