//! What CloudFormation tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Stack::kind(), StackResources::kind(), StackSet::kind()]
}

record! {
    /// A value of a stack, which is not kept.
    pub struct Value {
        /// Name.
        name: String,
        /// What it looks like: `an AWS access key`, `a password`; none: no secret we know, or it is not shown.
        looks_like: Option<String>,
    }
}

record! {
    /// A parameter that the template asks for.
    pub struct Parameter {
        /// Name.
        name: String,
        /// `String`, `Number`, `AWS::SSM::Parameter::Value<String>` …
        r#type: String,
        /// Whether CloudFormation shows its value to nobody (`NoEcho`).
        hidden: bool,
        /// What the default looks like: `a password`; none: no secret we know, or there is no default.
        default_looks_like: Option<String>,
    }
}

kind! {
    /// A stack that is made; one whose first change set waits for a decision is none yet.
    "cloudformation.stack" as stack: Stack, listed by ["cloudformation:DescribeStacks"] {
        /// Name.
        name: String,
        /// `CREATE_COMPLETE`, `UPDATE_ROLLBACK_FAILED`, `DELETE_FAILED` …
        status: String,
        /// When it was created.
        created: Timestamp,
        /// When it was last updated; none: never.
        updated: Option<Timestamp>,
        /// ARN of the stack it is nested in; none: it stands by itself.
        parent: Option<String>,
        /// Whether it refuses to be deleted; of a nested one the outermost decides.
        termination_protection: bool,
        /// Whether what there is differs from the template, when last looked: `IN_SYNC`, `DRIFTED`, `UNKNOWN` or
        /// `NOT_CHECKED`.
        drift: String,
        /// When that was last looked for; none: never.
        drift_checked: Option<Timestamp>,
        /// ARN of the role it is changed with; none: whoever changes it needs the rights themselves.
        role: Option<String>,
        /// ARNs of the topics that are told of its changes; empty: none.
        notifies: Vec<String>,
        /// Values of its parameters, as they are shown to whoever may describe it.
        values: Vec<Value>,
        /// Its outputs.
        outputs: Vec<Value>,
        /// The parameters that its template asks for.
        parameters: Vec<Parameter> => ["cloudformation:GetTemplateSummary"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

facet! {
    /// What the stacks of a region hold.
    of "region": StackResources {
        /// How many resources stacks made that there are, by their type: `AWS::EC2::Instance`.
        stack_resources: BTreeMap<String, i64> => ["cloudformation:DescribeStacks", "cloudformation:ListStackResources"],
    }
}

kind! {
    /// A stack set that is not deleted: stacks of one template in many accounts or regions.
    "cloudformation.stack_set" as stack_set: StackSet, listed by ["cloudformation:ListStackSets"] {
        /// Name.
        name: String,
        /// Whether a stack of it differs from the template, when last looked: `IN_SYNC`, `DRIFTED`, `UNKNOWN` or
        /// `NOT_CHECKED`.
        drift: String,
        /// When that was last looked for; none: never.
        drift_checked: Option<Timestamp>,
    }
}
