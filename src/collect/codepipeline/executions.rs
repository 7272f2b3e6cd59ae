//! What ran through a pipeline in the last quarter: who or what started it, and who approved it.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, gather, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codepipeline::{Approval, Execution};
use crate::inventory::{Read, Told};

/// A quarter: the usual distance between two looks at what was changed. CodePipeline keeps a year.
const DAYS: i64 = 90;

/// The most that one call lists.
const PAGE: u8 = 100;

pub(super) async fn collect(site: &Site, intake: &Intake, pipeline: &str) {
    let about = format!("pipeline={pipeline}");
    let since = since(site.now());
    let actions = approvals(site, pipeline, &about, since).await;
    let listing = pages(
        async |token| {
            let input = json!({ "pipelineName": pipeline, "maxResults": PAGE, "nextToken": token });
            site.tell::<Executions>(
                &API,
                "ListPipelineExecutions",
                Question::json(input),
                &about,
            )
            .await
        },
        |page| page.turn(since),
        async |page| {
            intake.listed::<Execution>(&site.account, &site.region, &page.source);
            let recent = page.value.executions.iter();
            for execution in recent.filter(|one| one.started.0 >= since) {
                let identity = Identity {
                    arn: format!(
                        "arn:{}:codepipeline:{}:{}:{pipeline}/execution/{}",
                        site.partition, site.region, site.account, execution.id
                    ),
                    name: format!("{pipeline} {}", execution.started.0),
                };
                let fields = one_execution(page, execution, pipeline, &actions);
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Execution>(&site.account, &site.region, gap);
    }
}

fn since(now: Timestamp) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * DAYS))
        .unwrap_or(Timestamp::MIN)
}

fn one_execution(
    page: &Told<Executions>,
    execution: &Summary,
    pipeline: &str,
    actions: &Read<HashMap<String, Vec<Approval>>>,
) -> Execution {
    let trigger = execution.trigger.as_ref();
    let revisions = execution.revisions.iter();
    Execution {
        id: page.fact(execution.id.clone()),
        pipeline: page.fact(pipeline.to_owned()),
        status: page.fact(execution.status.clone()),
        started: page.fact(execution.started.0),
        trigger: page.fact(trigger.map(|trigger| trigger.kind.clone())),
        started_by: page.fact(
            trigger
                .and_then(|trigger| trigger.detail.as_deref())
                .and_then(person)
                .map(str::to_owned),
        ),
        revisions: page.fact(revisions.filter_map(|one| one.id.clone()).collect()),
        approvals: match actions {
            Ok(told) => told.fact(
                told.value
                    .get(&execution.id)
                    .map_or_else(Vec::new, Clone::clone),
            ),
            Err(gap) => Err(gap.clone()),
        },
    }
}

/// The name of a user, or of the session of a role: what tells one person from another whichever role they have taken.
/// None for rules, webhooks and services.
fn person(arn: &str) -> Option<&str> {
    let rest = arn.strip_prefix("arn:")?;
    let mut parts = rest.splitn(5, ':');
    let service = parts.nth(1)?;
    let name = parts.nth(2)?;
    let whole = (service == "iam" && name.starts_with("user/"))
        || (service == "sts" && name.starts_with("assumed-role/"));
    if service == "iam" && name == "root" {
        return Some("root");
    }
    whole.then(|| name.rsplit('/').next()).flatten()
}

/// By execution. Actions are listed from the newest on, those of all executions together.
async fn approvals(
    site: &Site,
    pipeline: &str,
    about: &str,
    since: Timestamp,
) -> Read<HashMap<String, Vec<Approval>>> {
    let all = gather(
        async |token| {
            let input = json!({ "pipelineName": pipeline, "maxResults": PAGE, "nextToken": token });
            site.tell::<Actions>(&API, "ListActionExecutions", Question::json(input), about)
                .await
        },
        |page| page.turn(since),
        |page| {
            let approvals = page
                .actions
                .iter()
                .filter(|action| action.input.kind.category == "Approval");
            Ok(approvals.cloned().collect())
        },
    );
    Ok(all.await?.map(|actions| {
        let mut by_execution: HashMap<String, Vec<Approval>> = HashMap::new();
        for action in actions {
            let by = action.by.as_deref();
            let of = by_execution.entry(action.execution.clone()).or_default();
            of.push(Approval {
                action: action.name.clone(),
                status: action.status.clone(),
                by: by.map(|by| person(by).unwrap_or(by).to_owned()),
                at: action.updated.0,
            });
        }
        by_execution
    }))
}

#[derive(Debug, Deserialize)]
struct Executions {
    #[serde(rename = "pipelineExecutionSummaries")]
    executions: Vec<Summary>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

impl Executions {
    /// The newest come first: a page of old ones is the last that is read.
    fn turn(&self, since: Timestamp) -> Turn {
        let old = self.executions.iter().all(|one| one.started.0 < since);
        if old && !self.executions.is_empty() {
            return Turn::End;
        }
        Turn::to(self.next.as_deref())
    }
}

/// <https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecutionSummary.html>
#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "pipelineExecutionId")]
    id: String,
    status: String,
    #[serde(rename = "startTime")]
    started: Moment,
    /// Left out of executions of old.
    trigger: Option<Trigger>,
    /// Left out until a source was read.
    #[serde(
        rename = "sourceRevisions",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    revisions: Vec<Revision>,
}

#[derive(Debug, Deserialize)]
struct Trigger {
    #[serde(rename = "triggerType")]
    kind: String,
    /// Left out where the type says it all.
    #[serde(rename = "triggerDetail")]
    detail: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Revision {
    /// Left out of sources without revisions.
    #[serde(rename = "revisionId")]
    id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Actions {
    #[serde(rename = "actionExecutionDetails")]
    actions: Vec<ActionRun>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

impl Actions {
    fn turn(&self, since: Timestamp) -> Turn {
        let old = self.actions.iter().all(|one| one.updated.0 < since);
        if old && !self.actions.is_empty() {
            return Turn::End;
        }
        Turn::to(self.next.as_deref())
    }
}

/// <https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionExecutionDetail.html>
#[derive(Debug, Clone, Deserialize)]
struct ActionRun {
    #[serde(rename = "pipelineExecutionId")]
    execution: String,
    #[serde(rename = "actionName")]
    name: String,
    status: String,
    #[serde(rename = "lastUpdateTime")]
    updated: Moment,
    /// Left out where nobody touched it.
    #[serde(rename = "updatedBy")]
    by: Option<String>,
    input: Input,
}

#[derive(Debug, Clone, Deserialize)]
struct Input {
    #[serde(rename = "actionTypeId")]
    kind: ActionType,
}

#[derive(Debug, Clone, Deserialize)]
struct ActionType {
    category: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_told_from_what_starts_by_itself() {
        for (arn, name) in [
            ("arn:aws:iam::111122223333:user/ops/ann", Some("ann")),
            (
                "arn:aws:sts::111122223333:assumed-role/Deploy/ann@acme.example",
                Some("ann@acme.example"),
            ),
            ("arn:aws:iam::111122223333:root", Some("root")),
            ("arn:aws:events:us-east-1:111122223333:rule/push", None),
            ("arn:aws:iam::111122223333:role/Deploy", None),
            (
                "arn:aws:codestar-connections:us-east-1:111122223333:connection/1",
                None,
            ),
            ("user/ann", None),
        ] {
            assert_eq!(person(arn), name, "{arn}");
        }
    }
}
