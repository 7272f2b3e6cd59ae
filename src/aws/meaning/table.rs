//! The table of error meanings, with sources. Add a row only with AWS's own documentation for it.

use super::Meaning::{self, Absent, Gap};
use super::Row;
use crate::inventory::Reason::{
    Denied, Expired, NotSubscribed, Refused, RegionDisabled, Throttled, Vanished,
};

const S3_ERRORS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
const COMMON: &str = "https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html";
const EC2_ERRORS: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
const SIGNATURES: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html";
const RETRIES: &str = "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html";
const ORGANIZATIONS_FEATURES: &str =
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html";
const KMS_ROTATION: &str =
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html";
const RDS_ERRORS: &str =
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html";

const fn row(
    call: &'static str,
    code: &'static str,
    meaning: Meaning,
    source: &'static str,
) -> Row {
    Row {
        call,
        code,
        meaning,
        source,
    }
}

pub(super) const ROWS: &[Row] = &[
    // There is none.
    row(
        "iam:ListOrganizationsFeatures",
        "AccountNotManagementOrDelegatedAdministratorException",
        Absent,
        ORGANIZATIONS_FEATURES,
    ),
    row(
        "iam:ListOrganizationsFeatures",
        "OrganizationNotFoundException",
        Absent,
        ORGANIZATIONS_FEATURES,
    ),
    row(
        "iam:ListOrganizationsFeatures",
        "OrganizationNotInAllFeaturesModeException",
        Absent,
        ORGANIZATIONS_FEATURES,
    ),
    // The organization does not let IAM in, so that IAM does not say what is turned on.
    row(
        "iam:ListOrganizationsFeatures",
        "ServiceAccessNotEnabledException",
        Gap(NotSubscribed),
        ORGANIZATIONS_FEATURES,
    ),
    row(
        "s3:GetBucketEncryption",
        "ServerSideEncryptionConfigurationNotFoundError",
        Absent,
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html",
    ),
    row(
        "s3:GetPublicAccessBlock",
        "NoSuchPublicAccessBlockConfiguration",
        Absent,
        S3_ERRORS,
    ),
    row(
        "s3control:GetPublicAccessBlock",
        "NoSuchPublicAccessBlockConfiguration",
        Absent,
        S3_ERRORS,
    ),
    row(
        "s3:GetBucketPolicy",
        "NoSuchBucketPolicy",
        Absent,
        S3_ERRORS,
    ),
    row(
        "s3:GetBucketPolicyStatus",
        "NoSuchBucketPolicy",
        Absent,
        S3_ERRORS,
    ),
    row(
        "s3:GetBucketLifecycleConfiguration",
        "NoSuchLifecycleConfiguration",
        Absent,
        S3_ERRORS,
    ),
    row(
        "s3:GetObjectLockConfiguration",
        "ObjectLockConfigurationNotFoundError",
        Absent,
        S3_ERRORS,
    ),
    row(
        "s3:GetBucketReplication",
        "ReplicationConfigurationNotFoundError",
        Absent,
        S3_ERRORS,
    ),
    row(
        "s3:GetBucketOwnershipControls",
        "OwnershipControlsNotFoundError",
        Absent,
        S3_ERRORS,
    ),
    row("s3:GetBucketTagging", "NoSuchTagSet", Absent, S3_ERRORS),
    row(
        "iam:GetAccountPasswordPolicy",
        "NoSuchEntity",
        Absent,
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html",
    ),
    // Asymmetric keys, HMAC keys, imported material and custom key stores have no automatic rotation.
    row(
        "kms:GetKeyRotationStatus",
        "UnsupportedOperationException",
        Absent,
        KMS_ROTATION,
    ),
    row(
        "backup:GetBackupVaultAccessPolicy",
        "ResourceNotFoundException",
        Absent,
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_GetBackupVaultAccessPolicy.html",
    ),
    row(
        "backup:GetBackupVaultNotifications",
        "ResourceNotFoundException",
        Absent,
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_GetBackupVaultNotifications.html",
    ),
    row(
        "dynamodb:GetResourcePolicy",
        "PolicyNotFoundException",
        Absent,
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html",
    ),
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
    // Gone since it was listed.
    row("s3:*", "NoSuchBucket", Gap(Vanished), S3_ERRORS),
    row("iam:*", "NoSuchEntity", Gap(Vanished), COMMON),
    row("kms:*", "NotFoundException", Gap(Vanished), KMS_ROTATION),
    row(
        "ec2:*",
        "InvalidSnapshot.NotFound",
        Gap(Vanished),
        EC2_ERRORS,
    ),
    row("ec2:*", "InvalidAMIID.NotFound", Gap(Vanished), EC2_ERRORS),
    row(
        "ec2:*",
        "InvalidInstanceID.NotFound",
        Gap(Vanished),
        EC2_ERRORS,
    ),
    row("rds:*", "DBSnapshotNotFound", Gap(Vanished), RDS_ERRORS),
    row(
        "rds:*",
        "DBClusterSnapshotNotFoundFault",
        Gap(Vanished),
        RDS_ERRORS,
    ),
    row(
        "rds:*",
        "DBParameterGroupNotFound",
        Gap(Vanished),
        RDS_ERRORS,
    ),
    row(
        "sns:*",
        "NotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html",
    ),
    row(
        "backup:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_GetBackupPlan.html",
    ),
    row(
        "cloudtrail:*",
        "TrailNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html",
    ),
    row(
        "dynamodb:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html",
    ),
    row(
        "acm:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html",
    ),
    row(
        "apigateway:*",
        "NotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html",
    ),
    row(
        "apigatewayv2:*",
        "NotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html",
    ),
    row(
        "cloudfront:*",
        "NoSuchDistribution",
        Gap(Vanished),
        "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistributionConfig.html",
    ),
    row(
        "cloudfront:*",
        "NoSuchResource",
        Gap(Vanished),
        "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListTagsForResource.html",
    ),
    row(
        "elb:*",
        "LoadBalancerNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeLoadBalancerAttributes.html",
    ),
    row(
        "elbv2:*",
        "LoadBalancerNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html",
    ),
    row(
        "elbv2:*",
        "ListenerNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html",
    ),
    row(
        "elbv2:*",
        "TargetGroupNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html",
    ),
    row(
        "network-firewall:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_DescribeFirewall.html",
    ),
    row(
        "route53:*",
        "NoSuchHostedZone",
        Gap(Vanished),
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html",
    ),
    row(
        "route53:*",
        "NoSuchHealthCheck",
        Gap(Vanished),
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckStatus.html",
    ),
    row(
        "wafv2:*",
        "WAFNonexistentItemException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/waf/latest/APIReference/API_GetWebACL.html",
    ),
    // AWS does not know the credentials. It says so of keys that are wrong or deleted, and in the same words where the
    // region is not enabled or the session's token does not count in it; so none of these names the region as the cause.
    // <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html>
    row("ec2:*", "AuthFailure", Gap(Refused), EC2_ERRORS),
    row("*", "UnrecognizedClientException", Gap(Refused), COMMON),
    row("*", "InvalidClientTokenId", Gap(Refused), EC2_ERRORS),
    row("*", "MissingAuthenticationToken", Gap(Refused), EC2_ERRORS),
    row("*", "IncompleteSignature", Gap(Refused), COMMON),
    row("*", "InvalidSignatureException", Gap(Refused), SIGNATURES),
    row("*", "SignatureDoesNotMatch", Gap(Refused), SIGNATURES),
    row("s3:*", "InvalidAccessKeyId", Gap(Refused), S3_ERRORS),
    row("s3:*", "InvalidToken", Gap(Refused), S3_ERRORS),
    row("s3:*", "RequestTimeTooSkewed", Gap(Refused), S3_ERRORS),
    row(
        "*",
        "RegionDisabledException",
        Gap(RegionDisabled),
        "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
    ),
    row("*", "OptInRequired", Gap(NotSubscribed), EC2_ERRORS),
    row(
        "ec2:*",
        "PendingVerification",
        Gap(NotSubscribed),
        EC2_ERRORS,
    ),
    row("s3:*", "NotSignedUp", Gap(NotSubscribed), S3_ERRORS),
    row(
        "*",
        "SubscriptionRequiredException",
        Gap(NotSubscribed),
        "https://docs.aws.amazon.com/awssupport/latest/user/about-support-api.html",
    ),
    // Denied.
    row("*", "AccessDenied", Gap(Denied), COMMON),
    row("*", "AccessDeniedException", Gap(Denied), COMMON),
    row("*", "UnauthorizedOperation", Gap(Denied), EC2_ERRORS),
    row(
        "*",
        "AuthorizationError",
        Gap(Denied),
        "https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html",
    ),
    row("*", "NotAuthorized", Gap(Denied), COMMON),
    row("*", "AllAccessDisabled", Gap(Denied), S3_ERRORS),
    // The credentials ran out.
    row("*", "ExpiredToken", Gap(Expired), COMMON),
    row("*", "ExpiredTokenException", Gap(Expired), COMMON),
    row("*", "RequestExpired", Gap(Expired), COMMON),
    // Too fast, to the end of the retries.
    row("*", "Throttling", Gap(Throttled), COMMON),
    row("*", "ThrottlingException", Gap(Throttled), COMMON),
    row("*", "ThrottledException", Gap(Throttled), RETRIES),
    row("*", "RequestThrottled", Gap(Throttled), RETRIES),
    row("*", "RequestThrottledException", Gap(Throttled), RETRIES),
    row("*", "TooManyRequestsException", Gap(Throttled), RETRIES),
    row("*", "RequestLimitExceeded", Gap(Throttled), RETRIES),
    row("*", "BandwidthLimitExceeded", Gap(Throttled), RETRIES),
    row("*", "SlowDown", Gap(Throttled), RETRIES),
    row("*", "PriorRequestNotComplete", Gap(Throttled), RETRIES),
    row("*", "EC2ThrottledException", Gap(Throttled), RETRIES),
    row("kms:*", "LimitExceededException", Gap(Throttled), RETRIES),
];
