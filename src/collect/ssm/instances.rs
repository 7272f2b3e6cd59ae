//! The machines that Systems Manager manages, with the state of their patches and what runs on them.

use std::cell::RefCell;
use std::sync::Arc;

use futures::future::join;
use serde::Deserialize;
use serde_json::json;

use super::software::{Software, software};
use super::{API, PAGE, arn};
use crate::aws::{Missing, Moment, Question, Site, Turn, gather, list, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ssm::{Instance, Patches};
use crate::inventory::{Gap, Read, Told};

/// All machines are listed before anything else is asked of them: most regions have none, and the rest is answered for
/// many at once.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let listed: RefCell<Vec<Vec<Told<Listed>>>> = RefCell::default();
    list::<Instance, Instances>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell(&API, "DescribeInstanceInformation", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            let all = page.value.instances.iter().map(|instance| Told {
                value: instance.clone(),
                source: page.source.clone(),
            });
            listed.borrow_mut().push(all.collect::<Vec<_>>());
            Ok(())
        },
    )
    .await;
    let listed = listed.into_inner();
    if listed.iter().all(Vec::is_empty) {
        return;
    }
    let (compliance, software) = join(compliance(site), software(site)).await;
    // Page by page: what is asked of one page does not change with whether another could be read.
    for instances in listed.iter().filter(|page| !page.is_empty()) {
        let patches = patches(site, instances).await;
        for instance in instances {
            let fields = one_instance(instance, &patches, &compliance, &software);
            let id = &instance.value.id;
            let identity = Identity {
                arn: match instance.value.kind.as_str() {
                    "EC2Instance" => {
                        let (partition, region) = (&site.partition, &site.region);
                        format!(
                            "arn:{partition}:ec2:{region}:{}:instance/{id}",
                            site.account
                        )
                    }
                    _ => arn(site, &format!("managed-instance/{id}")),
                },
                name: instance.value.name.clone().unwrap_or_else(|| id.clone()),
            };
            intake.add(&site.account, &site.region, identity, fields);
        }
    }
}

fn one_instance(
    instance: &Told<Listed>,
    patches: &Read<Vec<PatchState>>,
    compliance: &Read<Vec<Summary>>,
    software: &Read<Vec<Software>>,
) -> Instance {
    let listed = &instance.value;
    let installed = of(software, |all| {
        Ok(all.iter().find(|one| one.instance == listed.id).cloned())
    });
    Instance {
        id: instance.fact(listed.id.clone()),
        r#type: instance.fact(listed.kind.clone()),
        online: instance.fact(listed.ping == "Online"),
        last_seen: instance.fact(listed.last_ping.0),
        platform: instance.fact(listed.platform.clone()),
        system: instance.fact(listed.system.clone()),
        agent: instance.fact(listed.agent.clone()),
        agent_current: instance.fact(listed.agent_current),
        patches: of(patches, |all| {
            let state = all.iter().find(|state| state.instance == listed.id);
            state.map(PatchState::told).transpose()
        }),
        baseline_met: of(compliance, |all| meets(all, &listed.id, "Patch")),
        associations_met: of(compliance, |all| meets(all, &listed.id, "Association")),
        software: of(&installed, |one| {
            Ok(one.as_ref().map_or_else(Vec::new, |one| one.names.clone()))
        }),
        software_listed: of(&installed, |one| {
            one.as_ref()
                .and_then(|one| one.captured.as_deref())
                .map(instant)
                .transpose()
        }),
    }
}

/// A further fact from what another call told.
fn of<T, U>(read: &Read<T>, fact: impl FnOnce(&T) -> Result<U, Missing>) -> Read<U> {
    let told: Result<&Told<T>, Arc<Gap>> = read.as_ref().map_err(Arc::clone);
    told?.read(fact)
}

fn instant(text: &str) -> Result<jiff::Timestamp, Missing> {
    text.parse()
        .map_err(|_| Missing(format!("the answer holds the time {text}")))
}

/// Whether an instance meets what is asked of it; none: nothing is.
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ResourceComplianceSummaryItem.html>
fn meets(all: &[Summary], instance: &str, about: &str) -> Result<Option<bool>, Missing> {
    let found = all
        .iter()
        .find(|one| one.resource == instance && one.about == about);
    match found.map(|one| one.status.as_str()) {
        Some("COMPLIANT") => Ok(Some(true)),
        Some("NON_COMPLIANT") => Ok(Some(false)),
        Some(_) => Err(missing("whether the instance meets what is asked of it")),
        None => Ok(None),
    }
}

async fn patches(site: &Site, instances: &[Told<Listed>]) -> Read<Vec<PatchState>> {
    let ids: Vec<&str> = instances.iter().map(|one| one.value.id.as_str()).collect();
    gather(
        async |token| {
            let input = json!({ "InstanceIds": ids, "MaxResults": PAGE, "NextToken": token });
            let about = format!("instances={}", ids.len());
            site.tell::<PatchStates>(
                &API,
                "DescribeInstancePatchStates",
                Question::json(input),
                about,
            )
            .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.states.clone()),
    )
    .await
}

async fn compliance(site: &Site) -> Read<Vec<Summary>> {
    gather(
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell::<Summaries>(&API, "ListResourceComplianceSummaries", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.summaries.clone()),
    )
    .await
}

#[derive(Debug, Deserialize)]
struct Instances {
    #[serde(rename = "InstanceInformationList")]
    instances: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceInformation.html>
#[derive(Debug, Clone, Deserialize)]
struct Listed {
    #[serde(rename = "InstanceId")]
    id: String,
    #[serde(rename = "ResourceType")]
    kind: String,
    /// Left out of EC2 instances.
    #[serde(rename = "Name")]
    name: Option<String>,
    #[serde(rename = "PingStatus")]
    ping: String,
    #[serde(rename = "LastPingDateTime")]
    last_ping: Moment,
    /// Left out until the agent has said so.
    #[serde(rename = "PlatformType")]
    platform: Option<String>,
    /// Left out where the agent does not say.
    #[serde(rename = "PlatformName")]
    system: Option<String>,
    /// Left out until the agent has said so.
    #[serde(rename = "AgentVersion")]
    agent: Option<String>,
    /// Systems Manager knows it of Linux only.
    #[serde(rename = "IsLatestVersion")]
    agent_current: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct PatchStates {
    #[serde(rename = "InstancePatchStates")]
    states: Vec<PatchState>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstancePatchState.html>
#[derive(Debug, Clone, Deserialize)]
struct PatchState {
    #[serde(rename = "InstanceId")]
    instance: String,
    #[serde(rename = "Operation")]
    operation: String,
    #[serde(rename = "OperationEndTime")]
    ended: Moment,
    #[serde(rename = "MissingCount")]
    missing: i64,
    #[serde(rename = "FailedCount")]
    failed: i64,
    #[serde(rename = "InstalledPendingRebootCount")]
    pending_reboot: Option<i64>,
    #[serde(rename = "CriticalNonCompliantCount")]
    critical: Option<i64>,
    #[serde(rename = "SecurityNonCompliantCount")]
    security: Option<i64>,
}

impl PatchState {
    /// Counts that an old agent does not send make this machine's state a gap, and nobody else's.
    fn told(&self) -> Result<Patches, Missing> {
        let count = |count: Option<i64>, name: &str| count.ok_or_else(|| missing(name));
        Ok(Patches {
            operation: self.operation.clone(),
            ended: self.ended.0,
            missing: self.missing,
            failed: self.failed,
            pending_reboot: count(self.pending_reboot, "InstalledPendingRebootCount")?,
            critical_missing: count(self.critical, "CriticalNonCompliantCount")?,
            security_missing: count(self.security, "SecurityNonCompliantCount")?,
        })
    }
}

#[derive(Debug, Deserialize)]
struct Summaries {
    #[serde(rename = "ResourceComplianceSummaryItems")]
    summaries: Vec<Summary>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ResourceComplianceSummaryItem.html>
#[derive(Debug, Clone, Deserialize)]
struct Summary {
    #[serde(rename = "ComplianceType")]
    about: String,
    #[serde(rename = "ResourceId")]
    resource: String,
    #[serde(rename = "Status")]
    status: String,
}
