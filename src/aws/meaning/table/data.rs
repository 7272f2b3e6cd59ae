//! What errors mean of what holds data and of its copies.

use super::super::Meaning::{Absent, Gap};
use super::super::Row;
use super::row;
use crate::inventory::Reason::Vanished;

const S3_ERRORS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
const RDS_ERRORS: &str =
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html";

pub(super) const ROWS: &[Row] = &[
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
    // Nobody has set it up in this region.
    row(
        "drs:DescribeSourceServers",
        "UninitializedAccountException",
        Absent,
        "https://docs.aws.amazon.com/drs/latest/APIReference/API_DescribeSourceServers.html",
    ),
    row(
        "efs:DescribeBackupPolicy",
        "PolicyNotFound",
        Absent,
        "https://docs.aws.amazon.com/efs/latest/ug/API_DescribeBackupPolicy.html",
    ),
    row(
        "efs:DescribeFileSystemPolicy",
        "PolicyNotFound",
        Absent,
        "https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystemPolicy.html",
    ),
    // Gone since it was listed.
    row("s3:*", "NoSuchBucket", Gap(Vanished), S3_ERRORS),
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
        "backup:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_GetBackupPlan.html",
    ),
    row(
        "dynamodb:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html",
    ),
    row(
        "efs:*",
        "FileSystemNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystemPolicy.html",
    ),
    row(
        "redshift:*",
        "ClusterNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeLoggingStatus.html",
    ),
    row(
        "redshift:*",
        "ClusterParameterGroupNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusterParameters.html",
    ),
    row(
        "transfer:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeServer.html",
    ),
];
