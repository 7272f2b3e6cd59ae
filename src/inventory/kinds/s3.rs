//! What S3 and S3 Control tell.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind, record};

use super::statement::Statement;

/// The kinds of S3 and its facet of the account.
pub fn kinds() -> Vec<Kind> {
    vec![AccountAccess::kind(), AccessPoint::kind(), Bucket::kind()]
}

record! {
    /// Four switches against public access. AWS enforces one when either the bucket or its account turns it
    /// on; none configured means all four are off.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
    pub struct PublicAccess {
        /// Refuse new public ACLs.
        block_acls: bool,
        /// Ignore the public ACLs there are.
        ignore_acls: bool,
        /// Refuse new public policies.
        block_policy: bool,
        /// Shut out everyone but AWS services and the account itself while a policy is public.
        restrict_buckets: bool,
    }
}

facet! {
    /// S3 settings of the account as a whole.
    of "account": AccountAccess {
        /// Block Public Access of the account; it holds for all its buckets.
        s3_public_access: PublicAccess => ["s3control:GetPublicAccessBlock"],
    }
}

record! {
    /// Default encryption of new objects. Since January 2023 every bucket has one.
    pub struct Encryption {
        /// `AES256` (S3's own keys), `aws:kms`, `aws:kms:dsse`, or `aws:fsx` for what is in a file system.
        algorithm: String,
        /// ARN, id or alias of the KMS key, as someone wrote it; none: the AWS managed key, or S3's own.
        key: Option<String>,
        /// Whether S3 Bucket Keys save calls to KMS.
        bucket_key: bool,
    }
}

record! {
    /// One grant of an access control list.
    pub struct Grant {
        /// `CanonicalUser`, `Group` or `AmazonCustomerByEmail`.
        grantee_type: String,
        /// Canonical user id, group URI or email address. `http://acs.amazonaws.com/groups/global/AllUsers` is
        /// everyone, `…/global/AuthenticatedUsers` everyone with an AWS account.
        grantee: String,
        /// `FULL_CONTROL`, `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`.
        permission: String,
    }
}

record! {
    /// One lifecycle rule.
    pub struct LifecycleRule {
        /// Whether it is in force.
        enabled: bool,
        /// Whether it covers the whole bucket: no prefix, tag or size filter.
        whole_bucket: bool,
        /// Days after which objects expire; none: this rule does not expire objects by age.
        expire_days: Option<i64>,
        /// Days after which noncurrent versions are deleted; none: this rule keeps them.
        noncurrent_days: Option<i64>,
        /// Days after which unfinished multipart uploads are removed; none: this rule leaves them.
        abort_upload_days: Option<i64>,
    }
}

record! {
    /// Object Lock of a bucket that has it.
    pub struct ObjectLock {
        /// Default retention mode, `GOVERNANCE` or `COMPLIANCE`; none: no default retention.
        mode: Option<String>,
        /// Default retention in days (a year counts 365); none: no default retention.
        days: Option<i64>,
    }
}

record! {
    /// One replication rule.
    pub struct ReplicationRule {
        /// Whether it is in force.
        enabled: bool,
        /// ARN of the destination bucket.
        destination: String,
        /// Other account that becomes owner of the replicas; none: they stay this one's, wherever the destination
        /// is.
        destination_account: Option<String>,
    }
}

kind! {
    /// An S3 general purpose bucket, read at its own region. Its population is `global`: one listing tells the
    /// buckets of every region.
    "s3.bucket" as bucket: Bucket, listed by ["s3:ListBuckets"] {
        /// Name, unique in the partition.
        name: String,
        /// ARN, as policies name the bucket; its objects are the ARN followed by `/` and their keys.
        arn: String,
        /// Region it is in.
        region: String,
        /// When it was created, or last had its policy edited.
        created: Timestamp,
        /// Default encryption of new objects.
        encryption: Encryption => ["s3:GetBucketEncryption"],
        /// ARN of the KMS key that new objects are encrypted with unless a request says otherwise, or of its alias; none: the
        /// AWS managed key, or S3's own.
        key_arn: Option<String> => ["s3:GetBucketEncryption"],
        /// `Enabled`, `Suspended` or `Off` (never enabled).
        versioning: String => ["s3:GetBucketVersioning"],
        /// Whether deleting a version needs MFA.
        mfa_delete: bool => ["s3:GetBucketVersioning"],
        /// Statements of the bucket policy; empty where there is no policy.
        policy: Vec<Statement> => ["s3:GetBucketPolicy"],
        /// Accounts other than the bucket's own that `policy` allows something, in order of number; everyone (`*`)
        /// is none of them.
        policy_accounts: Vec<String> => ["s3:GetBucketPolicy"],
        /// Whether AWS judges the bucket policy public; `false` where there is no policy.
        policy_public: bool => ["s3:GetBucketPolicyStatus"],
        /// Grants of the bucket's access control list, the owner's own among them.
        grants: Vec<Grant> => ["s3:GetBucketAcl"],
        /// Canonical user id of the owner, which is the account's.
        owner: String => ["s3:GetBucketAcl"],
        /// `BucketOwnerEnforced` (ACLs are off), `BucketOwnerPreferred` or `ObjectWriter`. A bucket without
        /// ownership controls behaves as `ObjectWriter`.
        ownership: String => ["s3:GetBucketOwnershipControls"],
        /// Block Public Access of the bucket alone; see also `account.s3_public_access`.
        public_access: PublicAccess => ["s3:GetPublicAccessBlock"],
        /// Bucket that receives the access logs; none: access is not logged.
        log_bucket: Option<String> => ["s3:GetBucketLogging"],
        /// Lifecycle rules; empty where there are none.
        lifecycle: Vec<LifecycleRule> => ["s3:GetBucketLifecycleConfiguration"],
        /// Replication rules; empty where there are none.
        replication: Vec<ReplicationRule> => ["s3:GetBucketReplication"],
        /// ARNs of the buckets that its replication rules in force name.
        replica_buckets: Vec<String> => ["s3:GetBucketReplication"],
        /// What it tells of events in it: ARNs of topics, queues and functions, and `eventbridge`; empty: it tells nobody.
        event_targets: Vec<String> => ["s3:GetBucketNotificationConfiguration"],
        /// Object Lock; none: the bucket has none.
        object_lock: Option<ObjectLock> => ["s3:GetObjectLockConfiguration"],
        /// Tags of the bucket; empty where there are none.
        tags: BTreeMap<String, String> => ["s3:GetBucketTagging"],
    }
}

kind! {
    /// An access point: a further name for a bucket, with a policy of its own. Its population is `global`, like that of
    /// the buckets, and holds those of every region that was scanned.
    "s3.access_point" as point: AccessPoint, listed by ["s3control:ListAccessPoints"] {
        /// Name, unique in its region.
        name: String,
        /// Bucket it leads to.
        bucket: String => ["s3control:GetAccessPoint"],
        /// Region.
        region: String,
        /// The only VPC that requests may come from; none: they may come from the internet.
        vpc: Option<String> => ["s3control:GetAccessPoint"],
        /// Block Public Access of the access point alone. It cannot be changed after it was made.
        /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html>
        public_access: PublicAccess => ["s3control:GetAccessPoint"],
    }
}
