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
    ("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
    (
        "s3control:GetPublicAccessBlock",
        "s3:GetAccountPublicAccessBlock",
    ),
    // Anyone may ask who they are.
    ("sts:GetCallerIdentity", ""),
];

/// The action, as `service:Action`; empty where none is needed.
pub fn action(service: &str, operation: &str) -> String {
    let call = format!("{service}:{operation}");
    OTHERWISE
        .iter()
        .find(|(named, _)| *named == call)
        .map_or(call.clone(), |(_, action)| (*action).to_owned())
}
