//! Glue: the catalog of a region, and jobs with how they protect what they write.

mod catalog;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, list, looked_like};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::environment::Variable;
use crate::inventory::kinds::glue::{Job, SecurityConfiguration};

/// <https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api.html>
const API: Api = Api::new(
    "glue",
    Protocol::Json {
        version: "1.1",
        target: "AWSGlue",
    },
);

/// Reads Glue in one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        catalog::collect(site, intake),
        jobs(site, intake),
        configurations(site, intake),
    );
}

async fn jobs(site: &Site, intake: &Intake) {
    list::<Job, Jobs>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": 200, "NextToken": token }));
            site.tell(&API, "GetJobs", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for job in &page.value.jobs {
                let fields = Job {
                    name: page.fact(job.name.clone()),
                    security_configuration: page.fact(job.security_configuration.clone()),
                    logs: page.fact(job.logs()),
                    arguments: page.read(|_| job.arguments()),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    arn: format!("arn:{partition}:glue:{region}:{account}:job/{}", job.name),
                    name: job.name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Jobs {
    jobs: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    name: String,
    command: Command,
    /// Left out of jobs of the first version.
    glue_version: Option<String>,
    /// Left out where there are none.
    #[serde(default)]
    default_arguments: BTreeMap<String, String>,
    /// Left out where there are none.
    #[serde(default)]
    non_overridable_arguments: BTreeMap<String, String>,
    security_configuration: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Command {
    #[serde(rename = "Name")]
    name: String,
}

/// Arguments of Glue's own that switch something on. Their values are kept.
const SWITCHES: &str = "--enable-";

impl Described {
    fn arguments(&self) -> Result<Vec<Variable>, Missing> {
        let own = self.default_arguments.iter();
        let own = own.filter(|(name, _)| !name.starts_with(SWITCHES));
        own.chain(&self.non_overridable_arguments)
            .map(|(name, kept)| {
                let looks_like = looked_like(kept)?;
                let name = name.clone();
                Ok(Variable { name, looks_like })
            })
            .collect()
    }

    /// Whether it logs while it runs. Python shells do, and so does Spark from version 5 on; before, it has to be asked
    /// for. <https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html>
    fn logs(&self) -> bool {
        let asked = self
            .default_arguments
            .get("--enable-continuous-cloudwatch-log");
        let version = self.glue_version.as_deref();
        let major = version.and_then(|version| version.split('.').next()?.parse::<u32>().ok());
        self.command.name == "pythonshell"
            || asked.is_some_and(|asked| asked.eq_ignore_ascii_case("true"))
            || major.is_some_and(|major| major >= 5)
    }
}

async fn configurations(site: &Site, intake: &Intake) {
    list::<SecurityConfiguration, Configurations>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": 100, "NextToken": token }));
            site.tell(&API, "GetSecurityConfigurations", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for found in &page.value.security_configurations {
                let encryption = &found.encryption_configuration;
                let buckets = &encryption.s3_encryption;
                let fields = SecurityConfiguration {
                    name: page.fact(found.name.clone()),
                    encrypts_buckets: page
                        .fact(!buckets.is_empty() && buckets.iter().all(|one| is_on(&one.mode))),
                    encrypts_logs: page.fact({
                        let logs = encryption.cloud_watch_encryption.as_ref();
                        logs.is_some_and(|logs| is_on(&logs.mode))
                    }),
                    encrypts_bookmarks: page.fact({
                        let bookmarks = encryption.job_bookmarks_encryption.as_ref();
                        bookmarks.is_some_and(|bookmarks| is_on(&bookmarks.mode))
                    }),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let name = &found.name;
                let identity = Identity {
                    // It has none of its own; this follows the form of the others.
                    arn: format!(
                        "arn:{partition}:glue:{region}:{account}:securityConfiguration/{name}"
                    ),
                    name: name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

fn is_on(mode: &str) -> bool {
    mode != "DISABLED"
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configurations {
    security_configurations: Vec<Configuration>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-security.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configuration {
    name: String,
    encryption_configuration: Encryption,
}

/// Each part is left out where it was not spoken of, and then encrypts nothing.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Encryption {
    #[serde(rename = "S3Encryption", default)]
    s3_encryption: Vec<Bucket>,
    cloud_watch_encryption: Option<Logs>,
    job_bookmarks_encryption: Option<Bookmarks>,
}

#[derive(Debug, Deserialize)]
struct Bucket {
    #[serde(rename = "S3EncryptionMode")]
    mode: String,
}

#[derive(Debug, Deserialize)]
struct Logs {
    #[serde(rename = "CloudWatchEncryptionMode")]
    mode: String,
}

#[derive(Debug, Deserialize)]
struct Bookmarks {
    #[serde(rename = "JobBookmarksEncryptionMode")]
    mode: String,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn which_jobs_log_while_they_run() {
        let logs = |command: &str, version: &str, asked: &str| {
            let job: Described = serde_json::from_value(json!({
                "Name": "j",
                "Command": { "Name": command },
                "GlueVersion": version,
                "DefaultArguments": { "--enable-continuous-cloudwatch-log": asked },
            }))
            .unwrap();
            job.logs()
        };
        assert!(logs("glueetl", "4.0", "true"));
        assert!(!logs("glueetl", "4.0", "false"));
        assert!(logs("glueetl", "5.0", "false"));
        assert!(logs("glueetl", "10.0", "false"));
        assert!(logs("pythonshell", "3.0", "false"));
    }
}
