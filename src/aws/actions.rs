//! The IAM action that allows an operation. Mostly its own name; the exceptions are in AWS's Service
//! Authorization Reference. <https://docs.aws.amazon.com/service-authorization/latest/reference/>

/// Operations whose action has another name.
const OTHERWISE: &[(&str, &str)] = &[
    ("s3:ListBuckets", "s3:ListAllMyBuckets"),
    ("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"),
    (
        "s3:GetBucketLifecycleConfiguration",
        "s3:GetLifecycleConfiguration",
    ),
    ("s3:GetBucketReplication", "s3:GetReplicationConfiguration"),
    (
        "s3:GetObjectLockConfiguration",
        "s3:GetBucketObjectLockConfiguration",
    ),
    (
        "s3:GetBucketNotificationConfiguration",
        "s3:GetBucketNotification",
    ),
    ("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
    ("s3control:GetAccessPoint", "s3:GetAccessPoint"),
    ("s3control:ListAccessPoints", "s3:ListAccessPoints"),
    (
        "s3control:GetPublicAccessBlock",
        "s3:GetAccountPublicAccessBlock",
    ),
    (
        "accessanalyzer:ListFindingsV2",
        "access-analyzer:ListFindings",
    ),
    // Anyone may ask who they are.
    ("sts:GetCallerIdentity", ""),
];

/// Services whose actions have another prefix than their name.
const PREFIXES: &[(&str, &str)] = &[
    ("accessanalyzer", "access-analyzer"),
    ("efs", "elasticfilesystem"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("marketplace-agreement", "aws-marketplace"),
    ("sso-admin", "sso"),
    ("stepfunctions", "states"),
    ("emr", "elasticmapreduce"),
    ("resourcegroupstaggingapi", "tag"),
    ("service-quotas", "servicequotas"),
    ("sesv2", "ses"),
    ("opensearch", "es"),
];

/// The action, as `service:Action`; empty where none is needed.
pub fn action(service: &str, operation: &str) -> String {
    let call = format!("{service}:{operation}");
    // API Gateway's actions are the methods of HTTP.
    if service == "apigateway" || service == "apigatewayv2" {
        return "apigateway:GET".to_owned();
    }
    // Tieout reads the user's own files itself.
    if service == "tieout" {
        return String::new();
    }
    let otherwise = OTHERWISE.iter().find(|(named, _)| *named == call);
    let prefix = PREFIXES.iter().find(|(named, _)| *named == service);
    match (otherwise, prefix) {
        (Some((_, action)), _) => (*action).to_owned(),
        (None, Some((_, prefix))) => format!("{prefix}:{operation}"),
        (None, None) => call,
    }
}
