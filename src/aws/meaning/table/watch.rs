//! What errors mean of what watches and tells.

use super::super::Meaning::{Absent, Gap};
use super::super::Row;
use super::row;
use crate::inventory::Reason::Vanished;

pub(super) const ROWS: &[Row] = &[
    // The account has no hub in this region.
    row(
        "securityhub:DescribeHub",
        "InvalidAccessException",
        Absent,
        "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html",
    ),
    row(
        "securityhub:DescribeHub",
        "ResourceNotFoundException",
        Absent,
        "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html",
    ),
    row(
        "sns:*",
        "NotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html",
    ),
    row(
        "config:DescribeRemediationExecutionStatus",
        "NoSuchRemediationConfigurationException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeRemediationExecutionStatus.html",
    ),
    // Discovered, and not recorded: there is no history of it.
    row(
        "config:GetResourceConfigHistory",
        "ResourceNotDiscoveredException",
        Absent,
        "https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html",
    ),
    // A rule, or its bus, that was there when they were listed.
    row(
        "events:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html",
    ),
    // A log group that was there when they were listed.
    row(
        "logs:DescribeSubscriptionFilters",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html",
    ),
    // A rule that was there when they were listed.
    row(
        "config:GetComplianceDetailsByConfigRule",
        "NoSuchConfigRuleException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/config/latest/APIReference/API_GetComplianceDetailsByConfigRule.html",
    ),
    row(
        "codestar-notifications:DescribeNotificationRule",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/codestar-notifications/latest/APIReference/API_DescribeNotificationRule.html",
    ),
    row(
        "ssm-incidents:GetResponsePlan",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/incident-manager/latest/APIReference/API_GetResponsePlan.html",
    ),
    row(
        "cloudtrail:*",
        "TrailNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html",
    ),
];
