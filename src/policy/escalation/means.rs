//! What turns permissions into other permissions. Tables; the search reads them.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>

/// Every action that a way may take, in order.
pub(super) const ACTIONS: &[&str] = &[
    EVERY_ACTION,
    "apprunner:CreateService",
    "athena:GetQueryResults",
    "cloudformation:CreateStack",
    "codebuild:CreateProject",
    "codebuild:StartBuild",
    "dynamodb:GetItem",
    "dynamodb:Scan",
    "ec2:RunInstances",
    "ecs:CreateService",
    "ecs:RegisterTaskDefinition",
    "ecs:RunTask",
    "ecs:StartTask",
    "ecs:UpdateService",
    "glue:CreateJob",
    "glue:CreateSession",
    "glue:CreateTrigger",
    "glue:RunStatement",
    "glue:StartJobRun",
    "iam:AddRoleToInstanceProfile",
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateInstanceProfile",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:CreateRole",
    "iam:CreateUser",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
    EVERY_ACTION_OF_IAM,
    "iam:PassRole",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
    "kinesis:GetRecords",
    "kms:Decrypt",
    "lambda:AddPermission",
    "lambda:CreateEventSourceMapping",
    "lambda:CreateFunction",
    "lambda:CreateFunctionUrlConfig",
    "lambda:InvokeFunction",
    "lambda:UpdateFunctionCode",
    "s3:GetObject",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTrainingJob",
    "scheduler:CreateSchedule",
    "secretsmanager:GetSecretValue",
    "sqs:ReceiveMessage",
    "ssm:GetParameter",
    "ssm:SendCommand",
    "ssm:StartSession",
    "states:CreateStateMachine",
    "states:StartExecution",
    ASSUME,
];

/// Becoming a role.
pub(super) const ASSUME: &str = "sts:AssumeRole";

/// Actions of no service and of no API: only a pattern that takes in everything, or all of IAM, covers them.
pub(super) const EVERY_ACTION: &str = "all-services:EveryAction";
pub(super) const EVERY_ACTION_OF_IAM: &str = "iam:EveryAction";

/// AWS's policy that allows everything; what who may attach policies attaches.
pub(super) const ADMINISTRATOR_ACCESS: &str = "iam::aws:policy/AdministratorAccess";

/// A service that runs what it is given as the role it is given.
#[derive(Debug)]
pub(super) struct Launch {
    /// Principal that the role must trust.
    pub(super) service: &'static str,
    /// What is made: "a Lambda function of its own".
    pub(super) makes: &'static str,
    /// All of these, of each any one.
    pub(super) needs: &'static [&'static [&'static str]],
    /// Resource of the first of them, from the region on.
    pub(super) resource: &'static str,
}

const fn launch(
    service: &'static str,
    makes: &'static str,
    needs: &'static [&'static [&'static str]],
    resource: &'static str,
) -> Launch {
    Launch {
        service,
        makes,
        needs,
        resource,
    }
}

/// Services that a role can be passed to together with what to do as that role.
pub(super) const LAUNCHES: &[Launch] = &[
    launch(
        "cloudformation.amazonaws.com",
        "a CloudFormation stack",
        &[&["cloudformation:CreateStack"]],
        "cloudformation:R:A:stack/any/any",
    ),
    launch(
        "codebuild.amazonaws.com",
        "a CodeBuild project",
        &[&["codebuild:CreateProject"], &["codebuild:StartBuild"]],
        "codebuild:R:A:project/any",
    ),
    launch(
        "ec2.amazonaws.com",
        "an EC2 instance",
        &[&["ec2:RunInstances"]],
        "ec2:R:A:instance/any",
    ),
    launch(
        "ecs-tasks.amazonaws.com",
        "an ECS task",
        &[
            &["ecs:RegisterTaskDefinition"],
            &[
                "ecs:RunTask",
                "ecs:StartTask",
                "ecs:CreateService",
                "ecs:UpdateService",
            ],
        ],
        "ecs:R:A:task-definition/any:1",
    ),
    launch(
        "glue.amazonaws.com",
        "a Glue job",
        &[
            &["glue:CreateJob"],
            &["glue:StartJobRun", "glue:CreateTrigger"],
        ],
        "glue:R:A:job/any",
    ),
    launch(
        "glue.amazonaws.com",
        "a Glue session",
        &[&["glue:CreateSession"], &["glue:RunStatement"]],
        "glue:R:A:session/any",
    ),
    launch(
        "lambda.amazonaws.com",
        "a Lambda function",
        &[
            &["lambda:CreateFunction"],
            &[
                "lambda:InvokeFunction",
                "lambda:AddPermission",
                "lambda:CreateEventSourceMapping",
                "lambda:CreateFunctionUrlConfig",
            ],
        ],
        "lambda:R:A:function:any",
    ),
    launch(
        "sagemaker.amazonaws.com",
        "a SageMaker notebook",
        &[
            &["sagemaker:CreateNotebookInstance"],
            &["sagemaker:CreatePresignedNotebookInstanceUrl"],
        ],
        "sagemaker:R:A:notebook-instance/any",
    ),
    launch(
        "sagemaker.amazonaws.com",
        "a SageMaker job",
        &[&[
            "sagemaker:CreateProcessingJob",
            "sagemaker:CreateTrainingJob",
        ]],
        "sagemaker:R:A:training-job/any",
    ),
    launch(
        "scheduler.amazonaws.com",
        "a schedule",
        &[&["scheduler:CreateSchedule"]],
        "scheduler:R:A:schedule/default/any",
    ),
    launch(
        "states.amazonaws.com",
        "a state machine",
        &[&["states:CreateStateMachine"], &["states:StartExecution"]],
        "states:R:A:stateMachine:any",
    ),
    launch(
        "tasks.apprunner.amazonaws.com",
        "an App Runner service",
        &[&["apprunner:CreateService"]],
        "apprunner:R:A:service/any/any",
    ),
];

/// What runs as a role already, and can be made to run something else.
#[derive(Debug)]
pub(super) struct Takeover {
    /// Principal that the role must trust.
    pub(super) service: &'static str,
    /// Any one of these.
    pub(super) actions: &'static [&'static str],
    /// Its resource, from the region on.
    pub(super) resource: &'static str,
    /// What must be there.
    pub(super) running: &'static str,
}

/// Whether there is something that runs as the role, IAM does not tell: such a step is conditional.
pub(super) const TAKEOVERS: &[Takeover] = &[
    Takeover {
        service: "codebuild.amazonaws.com",
        actions: &["codebuild:StartBuild"],
        resource: "codebuild:R:A:project/any",
        running: "a CodeBuild project",
    },
    Takeover {
        service: "ec2.amazonaws.com",
        actions: &["ssm:SendCommand", "ssm:StartSession"],
        resource: "ec2:R:A:instance/any",
        running: "an instance",
    },
    Takeover {
        service: "lambda.amazonaws.com",
        actions: &["lambda:UpdateFunctionCode"],
        resource: "lambda:R:A:function:any",
        running: "a Lambda function",
    },
    Takeover {
        service: "sagemaker.amazonaws.com",
        actions: &["sagemaker:CreatePresignedNotebookInstanceUrl"],
        resource: "sagemaker:R:A:notebook-instance/any",
        running: "a SageMaker notebook",
    },
];

/// What makes credentials of another user: action, and what is made.
pub(super) const CREDENTIALS: &[(&str, &str)] = &[
    ("iam:CreateAccessKey", "makes an access key of"),
    ("iam:CreateLoginProfile", "sets a first password for"),
    ("iam:UpdateLoginProfile", "changes the password of"),
];

/// What reads an account's data, each with a resource like any other.
pub(super) const READS: &[(&str, &str)] = &[
    ("athena:GetQueryResults", "athena:R:A:workgroup/any"),
    ("dynamodb:GetItem", "dynamodb:R:A:table/any"),
    ("dynamodb:Scan", "dynamodb:R:A:table/any"),
    ("kinesis:GetRecords", "kinesis:R:A:stream/any"),
    ("kms:Decrypt", "kms:R:A:key/any"),
    ("s3:GetObject", "s3:::any/any"),
    (
        "secretsmanager:GetSecretValue",
        "secretsmanager:R:A:secret:any",
    ),
    ("sqs:ReceiveMessage", "sqs:R:A:any"),
    ("ssm:GetParameter", "ssm:R:A:parameter/any"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_of_the_tables_is_listed_in_order() {
        assert!(ACTIONS.is_sorted());
        let launches = LAUNCHES
            .iter()
            .flat_map(|launch| launch.needs.iter().copied().flatten());
        let takeovers = TAKEOVERS.iter().flat_map(|takeover| takeover.actions);
        let credentials = CREDENTIALS.iter().map(|(action, _)| action);
        let reads = READS.iter().map(|(action, _)| action);
        for action in launches.chain(takeovers).chain(credentials).chain(reads) {
            assert!(ACTIONS.contains(action), "{action}");
        }
    }
}
