//! What errors mean of queues, streams and what works on data.

use super::super::Meaning::{Absent, Gap};
use super::super::Row;
use super::{row, saying};
use crate::inventory::Reason::{Throttled, Vanished};

const SQS_ERRORS: &str = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html";

pub(super) const ROWS: &[Row] = &[
    // Macie is off here. The reference has one code for this and for a denial; by the message AWS's own CloudFormation
    // tells them apart. <https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-macie>
    saying(
        "Macie is not enabled",
        row(
            "macie2:GetMacieSession",
            "AccessDeniedException",
            Absent,
            "https://docs.aws.amazon.com/macie/latest/APIReference/macie.html",
        ),
    ),
    row(
        "macie2:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/macie/latest/APIReference/findings-describe.html",
    ),
    // SQS speaks JSON and still has the codes of the Query protocol.
    row(
        "sqs:*",
        "AWS.SimpleQueueService.NonExistentQueue",
        Gap(Vanished),
        SQS_ERRORS,
    ),
    row("sqs:*", "QueueDoesNotExist", Gap(Vanished), SQS_ERRORS),
    row(
        "kinesis:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html",
    ),
    row(
        "kinesis:*",
        "LimitExceededException",
        Gap(Throttled),
        "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html",
    ),
    // The service is not to be had in this region, and so has no quotas there.
    row(
        "service-quotas:ListServiceQuotas",
        "NoSuchResourceException",
        Absent,
        "https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html",
    ),
    // Nobody has turned it on.
    row(
        "service-quotas:GetAutoManagementConfiguration",
        "NoSuchResourceException",
        Absent,
        "https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetAutoManagementConfiguration.html",
    ),
    row(
        "mq:*",
        "NotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id.html",
    ),
    row(
        "sesv2:*",
        "NotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html",
    ),
    row(
        "firehose:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/firehose/latest/APIReference/API_DescribeDeliveryStream.html",
    ),
];
