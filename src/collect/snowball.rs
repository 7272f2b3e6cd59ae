//! Snow devices: jobs that bring AWS's disks to the customer and back.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::snowball::Job;

/// <https://docs.aws.amazon.com/snowball/latest/api-reference/Welcome.html>
const API: Api = Api::new(
    "snowball",
    Protocol::Json {
        version: "1.1",
        target: "AWSIESnowballJobManagementService",
    },
);

/// Reads the jobs of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Job, Jobs>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListJobs", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for job in &page.value.job_list_entries {
                let id = &job.job_id;
                let fields = Job {
                    id: page.fact(id.clone()),
                    state: page.fact(job.job_state.clone()),
                    r#type: page.fact(job.job_type.clone()),
                    created: page.fact(job.creation_date.0),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    arn: format!("arn:{partition}:snowball:{region}:{account}:job/{id}"),
                    name: id.clone(),
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
    job_list_entries: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/snowball/latest/api-reference/API_JobListEntry.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    job_id: String,
    job_state: String,
    job_type: String,
    creation_date: Moment,
}
