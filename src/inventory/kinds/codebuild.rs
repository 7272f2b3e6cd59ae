//! What CodeBuild tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Project::kind(), Report::kind(), SourceCredential::kind()]
}

record! {
    /// A variable that builds see. Its value is not kept.
    pub struct Variable {
        /// Name.
        name: String,
        /// `PLAINTEXT`, `PARAMETER_STORE` or `SECRETS_MANAGER`; of the latter two the value only says where it is.
        r#type: String,
        /// What the value looks like: `an AWS access key`, `a password`; none: no secret we know.
        looks_like: Option<String>,
    }
}

record! {
    /// Where the source comes from.
    pub struct Source {
        /// `CODEPIPELINE`, `GITHUB`, `BITBUCKET`, `CODECOMMIT`, `S3`, `NO_SOURCE` …
        r#type: String,
        /// How it proves itself to the host: `OAUTH`, `CODECONNECTIONS`, `SECRETS_MANAGER`; none: by the account's
        /// credential for that host, if it has one.
        auth: Option<String>,
        /// Whether the host's certificate is checked.
        checks_certificate: bool,
        /// Whether a user and a password stand in its address.
        credentials_in_address: bool,
    }
}

record! {
    /// What a build leaves behind.
    pub struct Artifacts {
        /// `S3`, `CODEPIPELINE` or `NO_ARTIFACTS`.
        r#type: String,
        /// Whether it is encrypted.
        encrypted: bool,
    }
}

record! {
    /// One group of filters: an event that passes all of them starts a build.
    pub struct WebhookFilter {
        /// Events it takes: `PUSH`, `PULL_REQUEST_CREATED` …; empty: every one.
        events: Vec<String>,
        /// Whether it takes events of certain people alone.
        names_actors: bool,
    }
}

record! {
    /// How events of the source's host start builds.
    pub struct Webhook {
        /// Groups of filters; an event that passes one of them starts a build.
        filters: Vec<WebhookFilter>,
        /// Whether somebody who may has to comment before a pull request is built: `ALL_PULL_REQUESTS`,
        /// `FORK_PULL_REQUESTS` or `DISABLED`.
        asks_before: String,
    }
}

record! {
    /// Where the logs of builds go.
    pub struct Logs {
        /// Whether to CloudWatch Logs.
        to_cloudwatch: bool,
        /// Whether to a bucket.
        to_bucket: bool,
        /// Whether they are encrypted there; true where they do not go there.
        bucket_encrypted: bool,
    }
}

kind! {
    /// A build project.
    "codebuild.project" as project: Project, listed by ["codebuild:ListProjects", "codebuild:BatchGetProjects"] {
        /// Name.
        name: String,
        /// Whether everyone can read its builds, with logs and artifacts.
        public: bool,
        /// Whether builds run with the rights of the machine, as building container images needs.
        privileged: bool,
        /// The image builds run in.
        image: String,
        /// `LINUX_CONTAINER`, `ARM_LAMBDA_CONTAINER` …
        environment: String,
        /// Variables that builds see.
        variables: Vec<Variable>,
        /// Its sources, the primary one first.
        sources: Vec<Source>,
        /// What builds leave behind, the primary one first.
        artifacts: Vec<Artifacts>,
        /// How events of the host start builds; none: they do not.
        webhook: Option<Webhook>,
        /// Where logs go.
        logs: Logs,
        /// ARN of the role builds have; none: it has none.
        role: Option<String>,
        /// VPC that builds run in; none: in CodeBuild's own network.
        vpc: Option<String>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A credential by which all projects of the region fetch sources from a host.
    "codebuild.source_credential" as credential: SourceCredential, listed by ["codebuild:ListSourceCredentials"] {
        /// `GITHUB`, `GITHUB_ENTERPRISE`, `BITBUCKET`, `GITLAB` or `GITLAB_SELF_MANAGED`.
        host: String,
        /// `OAUTH`, `BASIC_AUTH`, `PERSONAL_ACCESS_TOKEN`, `CODECONNECTIONS` or `SECRETS_MANAGER`.
        r#type: String,
    }
}

kind! {
    /// A report on the tests of a build: one of the hundred newest of a region.
    "codebuild.report" as report: Report, listed by ["codebuild:ListReports", "codebuild:BatchGetReports"] {
        /// Name.
        name: String,
        /// Name of the project whose build it is of; none: CodeBuild does not say.
        project: Option<String>,
        /// `TEST` or `CODE_COVERAGE`.
        r#type: String,
        /// Whether all tests passed.
        passed: bool,
        /// When it was made.
        created: Timestamp,
    }
}
