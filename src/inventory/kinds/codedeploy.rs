//! What CodeDeploy tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Deployment::kind(), Group::kind()]
}

kind! {
    /// A deployment group: where an application is deployed to, and how.
    "codedeploy.group" as group: Group, listed by ["codedeploy:ListApplications", "codedeploy:ListDeploymentGroups", "codedeploy:BatchGetDeploymentGroups"] {
        /// Name.
        name: String,
        /// Name of the application.
        application: String,
        /// `Server`, `Lambda` or `ECS`.
        platform: String,
        /// What makes it go back to the revision before: `DEPLOYMENT_FAILURE`, `DEPLOYMENT_STOP_ON_ALARM`,
        /// `DEPLOYMENT_STOP_ON_REQUEST`; empty: nothing.
        rolls_back_on: Vec<String>,
        /// Names of the alarms that stop a deployment; empty: none.
        alarms: Vec<String>,
        /// ARNs of the topics that are told of deployments; empty: none.
        notifies: Vec<String>,
    }
}

kind! {
    /// A deployment that was created in the last ninety days.
    "codedeploy.deployment" as deployment: Deployment, listed by ["codedeploy:ListApplications", "codedeploy:ListDeployments", "codedeploy:BatchGetDeployments"] {
        /// Id.
        id: String,
        /// Name of the application.
        application: String,
        /// Name of the deployment group; none: it came from outside CodeDeploy.
        group: Option<String>,
        /// `Succeeded`, `Failed`, `Stopped`, `InProgress` …
        status: String,
        /// When it was created.
        created: Timestamp,
        /// When it came to its end; none: it has not.
        completed: Option<Timestamp>,
        /// `user` (a person or a pipeline), `autoscaling`, `codeDeployRollback`, `CloudFormation` …
        creator: String,
        /// What was deployed: an object in S3, a commit, or the digest of a specification; none: CodeDeploy does not say.
        revision: Option<String>,
    }
}
