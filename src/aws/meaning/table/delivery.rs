//! What errors mean of what builds, delivers and configures, and of what it keeps secret.

use super::super::Meaning::{Absent, Gap};
use super::super::Row;
use super::row;
use crate::inventory::Reason::Vanished;

pub(super) const ROWS: &[Row] = &[
    // Gone since it was listed.
    row(
        "secretsmanager:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html",
    ),
    // Nobody has changed how sessions are held: the document with the preferences comes with the first change.
    row(
        "ssm:GetDocument",
        "InvalidDocument",
        Absent,
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-configure-preferences-cli.html",
    ),
    row(
        "ssm:*",
        "InvalidDocument",
        Gap(Vanished),
        "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocumentPermission.html",
    ),
    row(
        "ssm:*",
        "DoesNotExistException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeMaintenanceWindowTasks.html",
    ),
    row(
        "codepipeline:*",
        "PipelineNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetPipeline.html",
    ),
    row(
        "codedeploy:*",
        "ApplicationDoesNotExistException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeploymentGroups.html",
    ),
    row(
        "stepfunctions:*",
        "StateMachineDoesNotExist",
        Gap(Vanished),
        "https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html",
    ),
    row(
        "codecommit:*",
        "RepositoryDoesNotExistException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/codecommit/latest/APIReference/API_ListAssociatedApprovalRuleTemplatesForRepository.html",
    ),
    row(
        "codecommit:*",
        "ApprovalRuleTemplateDoesNotExistException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/codecommit/latest/APIReference/API_GetApprovalRuleTemplate.html",
    ),
];
