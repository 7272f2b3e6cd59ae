//! What errors mean whichever service says them.

use super::super::Meaning::Gap;
use super::super::Row;
use super::row;
use crate::inventory::Reason::{
    Denied, Expired, NotSubscribed, Refused, RegionDisabled, Throttled,
};

const S3_ERRORS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
const COMMON: &str = "https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html";
const EC2_ERRORS: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
const SIGNATURES: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html";
const RETRIES: &str = "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html";

pub(super) const ROWS: &[Row] = &[
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
