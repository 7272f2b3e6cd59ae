//! One project.

use serde::Deserialize;

use crate::aws::{Missing, Tag, looked_like, missing, tags};
use crate::inventory::Told;
use crate::inventory::kinds::codebuild::{
    Artifacts, Logs, Project, Source, Variable, Webhook, WebhookFilter,
};

/// What stands in a source's address where its redaction took a user and a password out.
const CREDENTIALS: &str = "[redacted]@";

pub(super) fn fields<T>(told: &Told<T>, project: &Described) -> Project {
    Project {
        name: told.fact(project.name.clone()),
        public: told.read(|_| {
            let visibility = project.visibility.as_deref();
            Ok(visibility.ok_or(missing("projectVisibility"))? == "PUBLIC_READ")
        }),
        privileged: told.fact(project.environment.privileged),
        image: told.fact(project.environment.image.clone()),
        environment: told.fact(project.environment.kind.clone()),
        variables: told.read(|_| {
            let all = project.environment.variables.iter();
            all.map(VariableSet::told).collect()
        }),
        sources: told.fact(project.all_sources().map(SourceSet::told).collect()),
        artifacts: told.fact(project.all_artifacts().map(ArtifactsSet::told).collect()),
        webhook: told.fact(project.webhook.as_ref().map(WebhookSet::told)),
        logs: told.fact(project.logs.told()),
        role: told.fact(project.role.clone()),
        vpc: told.fact(project.vpc.as_ref().and_then(|vpc| vpc.id.clone())),
        tags: told.fact(tags(&project.tags)),
    }
}

/// <https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Project.html>
#[derive(Debug, Deserialize)]
pub(super) struct Described {
    pub(super) arn: String,
    pub(super) name: String,
    #[serde(rename = "projectVisibility")]
    visibility: Option<String>,
    environment: Environment,
    source: SourceSet,
    /// Left out where there is one source.
    #[serde(
        rename = "secondarySources",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    sources: Vec<SourceSet>,
    artifacts: ArtifactsSet,
    /// Left out where there is one result.
    #[serde(
        rename = "secondaryArtifacts",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    more_artifacts: Vec<ArtifactsSet>,
    /// Left out where nothing but a call starts a build.
    webhook: Option<WebhookSet>,
    /// Left out where nobody chose: CloudWatch Logs gets them.
    /// <https://docs.aws.amazon.com/codebuild/latest/userguide/create-project.html>
    #[serde(
        rename = "logsConfig",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    logs: LogsSet,
    /// Left out of projects without a role.
    #[serde(rename = "serviceRole")]
    role: Option<String>,
    /// Left out where builds run in CodeBuild's own network.
    #[serde(rename = "vpcConfig")]
    vpc: Option<Vpc>,
    /// Left out where there are none.
    #[serde(default, deserialize_with = "crate::aws::empty_if_null")]
    tags: Vec<Tag>,
}

impl Described {
    fn all_sources(&self) -> impl Iterator<Item = &SourceSet> {
        std::iter::once(&self.source).chain(&self.sources)
    }

    fn all_artifacts(&self) -> impl Iterator<Item = &ArtifactsSet> {
        std::iter::once(&self.artifacts).chain(&self.more_artifacts)
    }
}

#[derive(Debug, Deserialize)]
struct Environment {
    #[serde(rename = "type")]
    kind: String,
    image: String,
    #[serde(rename = "privilegedMode")]
    privileged: bool,
    #[serde(rename = "environmentVariables")]
    variables: Vec<VariableSet>,
}

#[derive(Debug, Deserialize)]
struct VariableSet {
    name: String,
    value: String,
    /// Left out where it is `PLAINTEXT`.
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl VariableSet {
    fn told(&self) -> Result<Variable, Missing> {
        let kind = self.kind.as_deref();
        Ok(Variable {
            name: self.name.clone(),
            r#type: kind.unwrap_or("PLAINTEXT").to_owned(),
            looks_like: looked_like(&self.value)?,
        })
    }
}

#[derive(Debug, Deserialize)]
struct SourceSet {
    #[serde(rename = "type")]
    kind: String,
    /// Left out where the pipeline says where it is.
    location: Option<String>,
    /// Left out where the account's own credentials for that host do.
    auth: Option<Auth>,
    /// Left out of hosts that always have a valid certificate.
    #[serde(
        rename = "insecureSsl",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    insecure: bool,
}

impl SourceSet {
    fn told(&self) -> Source {
        let location = self.location.as_deref();
        Source {
            r#type: self.kind.clone(),
            auth: self.auth.as_ref().map(|auth| auth.kind.clone()),
            checks_certificate: !self.insecure,
            credentials_in_address: location.is_some_and(|at| at.contains(CREDENTIALS)),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Auth {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Deserialize)]
struct ArtifactsSet {
    #[serde(rename = "type")]
    kind: String,
    /// Left out where nobody turned encryption off.
    #[serde(
        rename = "encryptionDisabled",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    plain: bool,
}

impl ArtifactsSet {
    fn told(&self) -> Artifacts {
        Artifacts {
            r#type: self.kind.clone(),
            encrypted: !self.plain,
        }
    }
}

#[derive(Debug, Deserialize)]
struct WebhookSet {
    /// Left out where every event starts a build.
    #[serde(
        rename = "filterGroups",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    groups: Vec<Vec<FilterSet>>,
    /// Left out of hosts that have no such policy.
    #[serde(rename = "pullRequestBuildPolicy")]
    policy: Option<PullRequests>,
}

impl WebhookSet {
    fn told(&self) -> Webhook {
        // Without a group everything starts a build: as one group without filters does.
        let everything = [Vec::new()];
        let groups: &[Vec<FilterSet>] = if self.groups.is_empty() {
            &everything
        } else {
            &self.groups
        };
        Webhook {
            filters: groups.iter().map(|group| filter(group)).collect(),
            asks_before: self.policy.as_ref().map_or_else(
                || "DISABLED".to_owned(),
                |policy| policy.asks_before.clone(),
            ),
        }
    }
}

/// A group holds where all of its filters do. Its events are listed in one pattern: `PUSH, PULL_REQUEST_CREATED`.
/// <https://docs.aws.amazon.com/codebuild/latest/APIReference/API_WebhookFilter.html>
fn filter(group: &[FilterSet]) -> WebhookFilter {
    let events = group.iter().find(|filter| filter.kind == "EVENT");
    let words = events.map_or("", |filter| filter.pattern.as_str());
    let words = words.split(',').map(str::trim);
    WebhookFilter {
        events: words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        names_actors: group
            .iter()
            .any(|filter| filter.kind == "ACTOR_ACCOUNT_ID" && !filter.excludes),
    }
}

#[derive(Debug, Deserialize)]
struct FilterSet {
    #[serde(rename = "type")]
    kind: String,
    pattern: String,
    /// Left out where it does not.
    #[serde(
        rename = "excludeMatchedPattern",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    excludes: bool,
}

#[derive(Debug, Deserialize)]
struct PullRequests {
    #[serde(rename = "requiresCommentApproval")]
    asks_before: String,
}

#[derive(Debug, Default, Deserialize)]
struct LogsSet {
    #[serde(rename = "cloudWatchLogs")]
    cloudwatch: Option<LogGroup>,
    #[serde(rename = "s3Logs")]
    bucket: Option<LogBucket>,
}

impl LogsSet {
    fn told(&self) -> Logs {
        let in_bucket = self.bucket.as_ref().filter(|logs| logs.status == "ENABLED");
        let cloudwatch = self.cloudwatch.as_ref();
        Logs {
            to_cloudwatch: cloudwatch.is_none_or(|logs| logs.status == "ENABLED"),
            to_bucket: in_bucket.is_some(),
            bucket_encrypted: in_bucket.is_none_or(|logs| !logs.plain),
        }
    }
}

#[derive(Debug, Deserialize)]
struct LogGroup {
    status: String,
}

#[derive(Debug, Deserialize)]
struct LogBucket {
    status: String,
    /// Left out where nobody turned encryption off.
    #[serde(
        rename = "encryptionDisabled",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    plain: bool,
}

#[derive(Debug, Deserialize)]
struct Vpc {
    #[serde(rename = "vpcId")]
    id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(text: &str) -> Webhook {
        serde_json::from_str::<WebhookSet>(text).unwrap().told()
    }

    #[test]
    fn a_webhook_without_groups_takes_every_event() {
        let told = webhook(r#"{"url": "https://api.github.com/hooks/1"}"#);
        assert_eq!(told.asks_before, "DISABLED");
        assert_eq!(told.filters.len(), 1);
        assert!(told.filters[0].events.is_empty() && !told.filters[0].names_actors);
    }

    #[test]
    fn who_is_excluded_is_not_named() {
        let told = webhook(
            r#"{"filterGroups": [
                [{"type": "EVENT", "pattern": "PUSH, PULL_REQUEST_CREATED"},
                 {"type": "ACTOR_ACCOUNT_ID", "pattern": "^1$"}],
                [{"type": "ACTOR_ACCOUNT_ID", "pattern": "^2$", "excludeMatchedPattern": true}]]}"#,
        );
        let [first, second] = told.filters.as_slice() else {
            unreachable!("two groups");
        };
        assert_eq!(first.events, ["PUSH", "PULL_REQUEST_CREATED"]);
        assert!(first.names_actors && !second.names_actors);
    }

    #[test]
    fn logs_go_to_cloudwatch_where_nobody_chose() {
        let logs = LogsSet::default().told();
        assert!(logs.to_cloudwatch && !logs.to_bucket && logs.bucket_encrypted);
    }
}
