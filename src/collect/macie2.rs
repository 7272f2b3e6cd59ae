//! Macie: whether it is on, what it looks at, and what it found that still stands.

mod findings;
mod suppressions;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Reply, Site, Tag, Turn, list, tags};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::macie2::{Bucket, Finding, Job, Session, Suppression};

/// <https://docs.aws.amazon.com/macie/latest/APIReference/welcome.html>
const API: Api = Api::new("macie2", Protocol::RestJson);

const ENABLED: &str = "ENABLED";

/// Reads Macie in one region. Where it is off, that one call says all there is.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let question = Question::get("/macie");
    let session: Reply<Described> = site.tell(&API, "GetMacieSession", question, "").await;
    let (account, region) = (&site.account, &site.region);
    match session {
        Reply::Told(told) => {
            futures::join!(
                one_session(site, intake, &told),
                jobs(site, intake),
                buckets(site, intake),
                findings::collect(site, intake),
                suppressions::collect(site, intake),
            );
        }
        Reply::Absent(source) => {
            intake.listed::<Job>(account, region, &source);
            intake.listed::<Bucket>(account, region, &source);
            intake.listed::<Finding>(account, region, &source);
            intake.listed::<Suppression>(account, region, &source);
            intake.listed::<Session>(account, region, &source);
            let off = Told { value: (), source };
            let fields = Session {
                region: off.fact(region.to_string()),
                status: off.fact("OFF".to_owned()),
                since: off.fact(None),
                discovery: off.fact(false),
            };
            intake.add(account, region, identity(site), fields);
        }
        Reply::Gap(gap) => {
            intake.incomplete::<Session>(account, region, gap.clone());
            intake.incomplete::<Job>(account, region, gap.clone());
            intake.incomplete::<Bucket>(account, region, gap.clone());
            intake.incomplete::<Finding>(account, region, gap.clone());
            intake.incomplete::<Suppression>(account, region, gap);
        }
    }
}

/// A session has no ARN of its own; there is one in a region.
fn identity(site: &Site) -> Identity {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    Identity {
        arn: format!("arn:{partition}:macie2:{region}:{account}:session"),
        name: region.to_string(),
    }
}

/// <https://docs.aws.amazon.com/macie/latest/APIReference/macie.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    status: String,
    created_at: Moment,
}

async fn one_session(site: &Site, intake: &Intake, told: &Told<Described>) {
    let question = Question::get("/automated-discovery/configuration");
    let discovery = site
        .tell::<Discovery>(&API, "GetAutomatedDiscoveryConfiguration", question, "")
        .await;
    let (account, region) = (&site.account, &site.region);
    intake.listed::<Session>(account, region, &told.source);
    let fields = Session {
        region: told.fact(region.to_string()),
        status: told.fact(told.value.status.clone()),
        since: told.fact(Some(told.value.created_at.0)),
        discovery: discovery.read(|d| Ok(d.status == ENABLED)),
    };
    intake.add(account, region, identity(site), fields);
}

/// <https://docs.aws.amazon.com/macie/latest/APIReference/automated-discovery-configuration.html>
#[derive(Debug, Deserialize)]
struct Discovery {
    status: String,
}

async fn jobs(site: &Site, intake: &Intake) {
    let cancelled = json!({ "comparator": "EQ", "key": "jobStatus", "values": ["CANCELLED"] });
    list::<Job, Jobs>(
        site,
        intake,
        async |token| {
            let input = json!({
                "filterCriteria": { "excludes": [cancelled] },
                "maxResults": 200,
                "nextToken": token,
            });
            let question = Question::post("/jobs/list", input);
            site.tell(&API, "ListClassificationJobs", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for job in &page.value.items {
                let fields = Job {
                    scheduled: page.fact(job.job_type == "SCHEDULED"),
                    status: page.fact(job.job_status.clone()),
                    created: page.fact(job.created_at.0),
                    failed: page.fact(job.failed()),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let id = &job.job_id;
                let identity = Identity {
                    arn: format!(
                        "arn:{partition}:macie2:{region}:{account}:classification-job/{id}"
                    ),
                    name: job.name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/macie/latest/APIReference/jobs-list.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Jobs {
    items: Vec<JobSummary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct JobSummary {
    job_id: String,
    name: String,
    job_type: String,
    job_status: String,
    created_at: Moment,
    /// Null where it has not run yet.
    last_run_error_status: Option<RunError>,
}

impl JobSummary {
    fn failed(&self) -> bool {
        let last = self.last_run_error_status.as_ref();
        last.is_some_and(|last| last.code == "ERROR")
    }
}

#[derive(Debug, Deserialize)]
struct RunError {
    code: String,
}

async fn buckets(site: &Site, intake: &Intake) {
    // An administrator's Macie also shows the buckets of its members, which are read in their own accounts.
    let own = json!({ "accountId": { "eq": [*site.account] } });
    list::<Bucket, Buckets>(
        site,
        intake,
        async |token| {
            let input = json!({ "criteria": own, "maxResults": 50, "nextToken": token });
            let question = Question::post("/datasources/s3", input);
            site.tell(&API, "DescribeBuckets", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for bucket in &page.value.buckets {
                let by_job = bucket.job_details.as_ref();
                let by_job = by_job.and_then(|job| job.last_job_run_time);
                let analyzed = bucket.last_automated_discovery_time.max(by_job);
                let fields = Bucket {
                    name: page.fact(bucket.bucket_name.clone()),
                    monitored: page.fact(bucket.monitoring.as_deref() == Some("MONITORED")),
                    analyzed: page.fact(analyzed.map(|time| time.0)),
                    error: page.fact(bucket.error_code.clone()),
                    tags: page.fact(bucket.tags.as_deref().map_or_else(BTreeMap::new, tags)),
                };
                let identity = Identity {
                    arn: bucket.bucket_arn.clone(),
                    name: bucket.bucket_name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/macie/latest/APIReference/datasources-s3.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Buckets {
    buckets: Vec<Seen>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    bucket_arn: String,
    bucket_name: String,
    /// Null where Macie could not look into the bucket.
    #[serde(rename = "automatedDiscoveryMonitoringStatus")]
    monitoring: Option<String>,
    /// Null where this has not happened.
    last_automated_discovery_time: Option<Moment>,
    /// Null where Macie could not look into the bucket.
    job_details: Option<JobDetails>,
    /// Null where Macie could look into it.
    error_code: Option<String>,
    /// Null where Macie could not look into the bucket, and where there are none.
    tags: Option<Vec<Tag>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct JobDetails {
    /// Null where no job ran.
    last_job_run_time: Option<Moment>,
}
