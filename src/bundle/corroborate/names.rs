//! What CloudTrail calls a service and a call, where that is not what the API does, and what it may not record.

/// The name before `.amazonaws.com` in `eventSource`, where it is not the service's.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-aws-service-specific-topics.html>
const SOURCES: &[(&str, &str)] = &[
    ("accessanalyzer", "access-analyzer"),
    ("application-autoscaling", "autoscaling"),
    ("s3control", "s3"),
    ("cloudwatch", "monitoring"),
    ("efs", "elasticfilesystem"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("marketplace-agreement", "agreement-marketplace"),
    ("mq", "amazonmq"),
    ("opensearch", "es"),
    ("service-quotas", "servicequotas"),
    ("sesv2", "ses"),
    ("sso-admin", "sso"),
    ("stepfunctions", "states"),
    ("apigatewayv2", "apigateway"),
    ("resourcegroupstaggingapi", "tagging"),
];

/// S3 names the subresource and not the operation.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html>
const OF_S3: &[(&str, &str)] = &[
    ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("GetPublicAccessBlock", "GetAccountPublicAccessBlock"),
    ("GetBucketLifecycleConfiguration", "GetBucketLifecycle"),
    (
        "GetBucketNotificationConfiguration",
        "GetBucketNotification",
    ),
    (
        "GetObjectLockConfiguration",
        "GetBucketObjectLockConfiguration",
    ),
    (
        "ListBucketInventoryConfigurations",
        "GetBucketInventoryConfiguration",
    ),
    (
        "ListBucketIntelligentTieringConfigurations",
        "GetBucketIntelligentTieringConfiguration",
    ),
];

/// Calls of a service that are data events.
struct DataEvents {
    /// The service, as attempts name it.
    service: &'static str,
    operations: &'static [&'static str],
    /// Where AWS says so.
    link: &'static str,
}

/// Of the calls that a scan makes, those that AWS documents as data events. The others are management events: S3's of buckets, for
/// one, which are not those of objects. No service that is scanned is among those that CloudTrail does not record:
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-aws-service-specific-topics.html#cloudtrail-unsupported-aws-services>
const DATA_EVENTS: &[DataEvents] = &[
    DataEvents {
        service: "cloudwatch",
        operations: &["GetMetricData", "GetMetricStatistics", "ListMetrics"],
        link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html",
    },
    DataEvents {
        service: "sqs",
        operations: &["GetQueueAttributes", "ListQueues", "ListQueueTags"],
        link: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/logging-using-cloudtrail.html",
    },
];

/// What S3 answers a request whose signature or credentials it does not accept. CloudTrail delivers no event of one, and does of one
/// that was merely not allowed. <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
const UNAUTHENTICATED: [&str; 5] = [
    "ExpiredToken",
    "InvalidAccessKeyId",
    "InvalidToken",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// Whether an event's source is a service.
pub(super) fn is_of(source: &str, service: &str) -> bool {
    let name = source.split('.').next().unwrap_or(source);
    let aliased = SOURCES
        .iter()
        .any(|(known, alias)| *known == service && *alias == name);
    name == service || aliased
}

/// Whether an event's name is that of an operation. Some services put the version of their API behind it:
/// `ListFunctions20150331`, `GetPolicy20150331v2`.
pub(super) fn is(name: &str, service: &str, operation: &str) -> bool {
    let dated = name.strip_prefix(operation).is_some_and(|version| {
        let (date, revision) = version.split_once('v').unwrap_or((version, "1"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        date.len() == 8 && digits(date) && digits(revision)
    });
    let of_s3 = service.starts_with("s3") && OF_S3.contains(&(operation, name));
    name == operation || dated || of_s3
}

/// Why CloudTrail may have no such call, and where AWS says so; nothing where it has each.
pub(super) fn unrecorded(service: &str, operation: &str) -> Option<(&'static str, &'static str)> {
    DATA_EVENTS
        .iter()
        .find(|one| one.service == service && one.operations.contains(&operation))
        .map(|one| {
            (
                "a data event: the event history has none, and a trail those that it is set to keep",
                one.link,
            )
        })
}

/// The same of a call that was refused, by the body of the refusal.
pub(super) fn unauthenticated(service: &str, body: &str) -> Option<(&'static str, &'static str)> {
    let says = |code: &&str| body.contains(&format!("<Code>{code}</Code>"));
    (matches!(service, "s3" | "s3control") && UNAUTHENTICATED.iter().any(says)).then_some((
        "S3 did not accept its credentials, and CloudTrail has no such request",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/logging-with-S3.html",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_what_they_mean() {
        assert!(is("ListFunctions20150331", "lambda", "ListFunctions"));
        assert!(is("GetPolicy20150331v2", "lambda", "GetPolicy"));
        assert!(is(
            "GetBucketLifecycle",
            "s3",
            "GetBucketLifecycleConfiguration"
        ));
        assert!(!is(
            "GetBucketLifecycle",
            "rds",
            "GetBucketLifecycleConfiguration"
        ));
        assert!(!is("ListUsersInGroup", "iam", "ListUsers"));
        assert!(is_of("s3.amazonaws.com", "s3control"));
        assert!(!is_of("sts.amazonaws.com", "iam"));
    }
    #[test]
    fn calls_that_are_data_events_say_where_that_is_documented() {
        let (why, link) = unrecorded("sqs", "ListQueues").unwrap();
        assert!(
            why.starts_with("a data event") && link.starts_with("https://docs.aws.amazon.com/")
        );
        assert!(unrecorded("cloudwatch", "GetMetricData").is_some());
        assert_eq!(unrecorded("cloudwatch", "DescribeAlarms"), None);
        assert_eq!(unrecorded("s3", "GetBucketAcl"), None);
    }

    #[test]
    fn credentials_that_s3_does_not_know_are_told_from_a_call_that_is_not_allowed() {
        let of = |code: &str| unauthenticated("s3", &format!("<Error><Code>{code}</Code></Error>"));
        assert!(of("ExpiredToken").is_some());
        assert_eq!(of("AccessDenied"), None);
        assert_eq!(unauthenticated("iam", "<Code>ExpiredToken</Code>"), None);
    }
}
