//! Athena: workgroups, and where and how their results are kept.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::athena::Workgroup;

/// <https://docs.aws.amazon.com/athena/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "athena",
    Protocol::Json {
        version: "1.1",
        target: "AmazonAthena",
    },
);

/// Reads the workgroups of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Workgroup, Groups>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListWorkGroups", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.work_groups, async |group| {
                one_group(site, intake, page, group).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_group(site: &Site, intake: &Intake, page: &Told<Groups>, group: &Summary) {
    let name = &group.name;
    let about = format!("workgroup={name}");
    let asked = json!({ "WorkGroup": name });
    // One query of the last forty-five days, which is as long as Athena remembers them, says that it is used.
    let one = json!({ "WorkGroup": name, "MaxResults": 1 });
    let (described, queries): (Reply<Answer>, Reply<Queries>) = futures::join!(
        site.tell(&API, "GetWorkGroup", Question::json(asked), &about),
        site.tell(&API, "ListQueryExecutions", Question::json(one), &about),
    );
    let fields = Workgroup {
        name: page.fact(name.clone()),
        enabled: page.fact(group.state == "ENABLED"),
        used: queries.read(|q| Ok(!q.query_execution_ids.is_empty())),
        enforced: described.read(|d| Ok(d.work_group.configuration.enforced)),
        results_encrypted: described.read(|d| Ok(d.work_group.configuration.encrypts())),
        metrics: described.read(|d| Ok(d.work_group.configuration.metrics)),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:athena:{region}:{account}:workgroup/{name}"),
        name: name.clone(),
    };
    intake.add(account, region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Groups {
    work_groups: Vec<Summary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    name: String,
    state: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Queries {
    query_execution_ids: Vec<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    work_group: Described,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    configuration: Configuration,
}

/// <https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html>
#[derive(Debug, Deserialize)]
struct Configuration {
    #[serde(rename = "EnforceWorkGroupConfiguration")]
    enforced: bool,
    #[serde(rename = "PublishCloudWatchMetricsEnabled")]
    metrics: bool,
    /// Left out where it says nothing of results.
    #[serde(rename = "ResultConfiguration")]
    results: Option<Results>,
    /// Left out where Athena does not keep the results itself.
    #[serde(rename = "ManagedQueryResultsConfiguration")]
    managed: Option<Managed>,
}

impl Configuration {
    /// Results that Athena keeps itself it always encrypts.
    /// <https://docs.aws.amazon.com/athena/latest/ug/managed-results.html>
    fn encrypts(&self) -> bool {
        let managed = self.managed.as_ref().is_some_and(|managed| managed.enabled);
        let results = self.results.as_ref();
        managed || results.is_some_and(|results| results.encryption.is_some())
    }
}

#[derive(Debug, Deserialize)]
struct Results {
    /// Left out where results are not encrypted by the workgroup.
    #[serde(rename = "EncryptionConfiguration")]
    encryption: Option<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct Managed {
    #[serde(rename = "Enabled")]
    enabled: bool,
}
