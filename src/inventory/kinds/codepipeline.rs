//! What CodePipeline tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Execution::kind(), Pipeline::kind()]
}

record! {
    /// An action of a pipeline.
    pub struct Step {
        /// Its stage.
        stage: String,
        /// Its name.
        name: String,
        /// `Source`, `Build`, `Test`, `Deploy`, `Approval`, `Invoke` or `Compute`.
        category: String,
        /// What does it: `CodeBuild`, `ECS`, `CloudFormation`, `Manual` …
        provider: String,
        /// Names of the approvals that must be given before it runs.
        approvals: Vec<String>,
        /// Names of the tests that must succeed before it runs.
        tests: Vec<String>,
        /// Names of the CodeBuild projects that must succeed before it runs.
        builds: Vec<String>,
        /// Names of the rules that stand at the entry of its stage, and of those before.
        conditions: Vec<String>,
    }
}

kind! {
    /// A pipeline.
    "codepipeline.pipeline" as pipeline: Pipeline, listed by ["codepipeline:ListPipelines"] {
        /// Name.
        name: String,
        /// When it was last changed.
        updated: Timestamp,
        /// ARN of its role.
        role: String => ["codepipeline:GetPipeline"],
        /// Its actions, stage by stage.
        steps: Vec<Step> => ["codepipeline:GetPipeline"],
        /// Names of the CodeBuild projects that its actions run.
        projects: Vec<String> => ["codepipeline:GetPipeline"],
    }
}

record! {
    /// An approval that an execution had to get.
    pub struct Approval {
        /// Name of the action.
        action: String,
        /// `InProgress`, `Abandoned`, `Succeeded` (it was approved) or `Failed` (it was rejected).
        status: String,
        /// Name of the user or role session that answered; none: nobody has.
        by: Option<String>,
        /// When it last changed.
        at: Timestamp,
    }
}

kind! {
    /// What ran through a pipeline in the last ninety days.
    "codepipeline.execution" as execution: Execution, listed by ["codepipeline:ListPipelines", "codepipeline:ListPipelineExecutions"] {
        /// Id.
        id: String,
        /// Name of the pipeline.
        pipeline: String,
        /// `InProgress`, `Succeeded`, `Failed`, `Stopped`, `Superseded` …
        status: String,
        /// When it started.
        started: Timestamp,
        /// `StartPipelineExecution`, `Webhook`, `CloudWatchEvent`, `ManualRollback` …; none: CodePipeline does not say.
        trigger: Option<String>,
        /// Name of the user or role session that started it; none: it was no person, but a change of the source.
        started_by: Option<String>,
        /// Revisions of its sources.
        revisions: Vec<String>,
        /// Approvals that it had to get; empty: none.
        approvals: Vec<Approval> => ["codepipeline:ListActionExecutions"],
    }
}
