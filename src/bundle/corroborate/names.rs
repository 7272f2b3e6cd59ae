//! What CloudTrail calls a service and a call, where that is not what the API does, and what it does not record.

/// The name before `.amazonaws.com` in `eventSource`, where it is not the service's.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-aws-service-specific-topics.html>
const SOURCES: &[(&str, &str)] = &[
    ("application-autoscaling", "autoscaling"),
    ("s3control", "s3"),
    ("cloudwatch", "monitoring"),
    ("efs", "elasticfilesystem"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
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

/// Calls that are data events: the event history, which has management events alone, does not have them.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html>
const DATA_EVENTS: &[(&str, &str)] = &[
    ("monitoring", "GetMetricData"),
    ("cloudwatch", "GetMetricData"),
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

/// Why CloudTrail's event history has no such call, where it has none.
pub(super) fn unrecorded(service: &str, operation: &str) -> Option<&'static str> {
    DATA_EVENTS
        .contains(&(service, operation))
        .then_some("a data event, which the event history does not have")
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
}
