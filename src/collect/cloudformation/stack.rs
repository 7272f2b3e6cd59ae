//! One stack.

use serde::Deserialize;

use super::{API, Stacks};
use crate::aws::{Missing, Moment, Question, Site, Tag, looked_like, missing, tags};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cloudformation::{Parameter, Stack, Value};

pub(super) async fn one(site: &Site, intake: &Intake, page: &Told<Stacks>, stack: &Described) {
    let question = Question::form().with("StackName", Some(&stack.id));
    let about = format!("stack={}", stack.name);
    let template = site
        .tell::<Template>(&API, "GetTemplateSummary", question, about)
        .await;
    let drift = &stack.drift;
    let fields = Stack {
        name: page.fact(stack.name.clone()),
        status: page.fact(stack.status.clone()),
        created: page.fact(stack.created.0),
        updated: page.fact(stack.updated.map(|at| at.0)),
        parent: page.fact(stack.parent.clone()),
        termination_protection: page.read(|_| {
            stack
                .protected
                .ok_or(missing("EnableTerminationProtection"))
        }),
        drift: page.fact(drift.status.clone()),
        drift_checked: page.fact(drift.checked.map(|at| at.0)),
        role: page.fact(stack.role.clone()),
        notifies: page.fact(stack.topics.clone()),
        values: page.read(|_| {
            let all = stack.parameters.iter();
            all.map(|one| value(&one.name, one.value.as_deref()))
                .collect()
        }),
        outputs: page.read(|_| {
            let all = stack.outputs.iter();
            all.map(|one| value(&one.name, Some(&one.value))).collect()
        }),
        parameters: template.read(|t| t.parameters.iter().map(TemplateParameter::told).collect()),
        tags: page.fact(tags(&stack.tags)),
    };
    let identity = Identity {
        arn: stack.id.clone(),
        name: stack.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

fn value(name: &str, kept: Option<&str>) -> Result<Value, Missing> {
    Ok(Value {
        name: name.to_owned(),
        looks_like: kept.map_or(Ok(None), looked_like)?,
    })
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html>
#[derive(Debug, Deserialize)]
pub(super) struct Described {
    #[serde(rename = "StackId")]
    pub(super) id: String,
    #[serde(rename = "StackName")]
    name: String,
    #[serde(rename = "StackStatus")]
    status: String,
    #[serde(rename = "CreationTime")]
    created: Moment,
    /// Left out where it was never updated.
    #[serde(rename = "LastUpdatedTime")]
    updated: Option<Moment>,
    /// Left out where it is no part of another.
    #[serde(rename = "ParentId")]
    parent: Option<String>,
    #[serde(rename = "EnableTerminationProtection")]
    protected: Option<bool>,
    #[serde(rename = "DriftInformation")]
    drift: Drift,
    /// Left out where the rights of whoever calls do.
    #[serde(rename = "RoleARN")]
    role: Option<String>,
    /// Left out where nobody is told.
    #[serde(
        rename = "NotificationARNs",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    topics: Vec<String>,
    /// Left out where it has none.
    #[serde(
        rename = "Parameters",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    parameters: Vec<Given>,
    /// Left out where it has none.
    #[serde(
        rename = "Outputs",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    outputs: Vec<Output>,
    /// Left out where there are none.
    #[serde(
        rename = "Tags",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    tags: Vec<Tag>,
}

impl Described {
    /// One whose first change set nobody has carried out yet is only a proposal.
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html>
    pub(super) fn is_made(&self) -> bool {
        self.status != "REVIEW_IN_PROGRESS"
    }
}

#[derive(Debug, Deserialize)]
struct Drift {
    #[serde(rename = "StackDriftStatus")]
    status: String,
    /// Left out where drift was never looked for.
    #[serde(rename = "LastCheckTimestamp")]
    checked: Option<Moment>,
}

#[derive(Debug, Deserialize)]
struct Given {
    #[serde(rename = "ParameterKey")]
    name: String,
    /// Left out where the value before stays.
    #[serde(rename = "ParameterValue")]
    value: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Output {
    #[serde(rename = "OutputKey")]
    name: String,
    #[serde(rename = "OutputValue")]
    value: String,
}

#[derive(Debug, Deserialize)]
struct Template {
    /// Always there: a template without resources is none.
    #[serde(rename = "ResourceTypes")]
    _resources: Vec<String>,
    /// Left out where it has none.
    #[serde(
        rename = "Parameters",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    parameters: Vec<TemplateParameter>,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ParameterDeclaration.html>
#[derive(Debug, Deserialize)]
struct TemplateParameter {
    #[serde(rename = "ParameterKey")]
    name: String,
    #[serde(rename = "ParameterType")]
    kind: String,
    #[serde(rename = "NoEcho")]
    hidden: bool,
    /// Left out where it has none.
    #[serde(rename = "DefaultValue")]
    default: Option<String>,
}

impl TemplateParameter {
    fn told(&self) -> Result<Parameter, Missing> {
        Ok(Parameter {
            name: self.name.clone(),
            r#type: self.kind.clone(),
            hidden: self.hidden,
            default_looks_like: self.default.as_deref().map_or(Ok(None), looked_like)?,
        })
    }
}
