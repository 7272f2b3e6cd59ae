//! How a bucket keeps its objects: encrypted, in versions, for how long, where else.

use std::collections::BTreeMap;

use aws_sdk_s3::types::{
    LifecycleRule as Rule, ObjectLockConfiguration, ReplicationRule as Replica,
    ServerSideEncryptionConfiguration, Tag,
};

use super::{enabled, one_of};
use crate::ask;
use crate::aws::{Missing, Site, missing, said};
use crate::inventory::Read;
use crate::inventory::kinds::s3::{Encryption, LifecycleRule, ObjectLock, ReplicationRule};

/// The part of a bucket's facts that is about its objects.
pub(super) struct Keeping {
    pub(super) encryption: Read<Encryption>,
    pub(super) versioning: Read<String>,
    pub(super) mfa_delete: Read<bool>,
    pub(super) lifecycle: Read<Vec<LifecycleRule>>,
    pub(super) replication: Read<Vec<ReplicationRule>>,
    pub(super) replica_buckets: Read<Vec<String>>,
    pub(super) object_lock: Read<Option<ObjectLock>>,
    pub(super) tags: Read<BTreeMap<String, String>>,
}

pub(super) async fn read(site: &Site, bucket: &str) -> Keeping {
    let s3 = site.s3();
    let about = format!("bucket={bucket}");
    let (encryption, versioning, lifecycle, replication, lock, tagging) = futures::join!(
        async {
            ask!(
                site,
                "s3:GetBucketEncryption",
                s3.get_bucket_encryption().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetBucketVersioning",
                s3.get_bucket_versioning().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetBucketLifecycleConfiguration",
                s3.get_bucket_lifecycle_configuration().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetBucketReplication",
                s3.get_bucket_replication().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetObjectLockConfiguration",
                s3.get_object_lock_configuration().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetBucketTagging",
                s3.get_bucket_tagging().bucket(bucket),
                about
            )
        },
    );
    Keeping {
        // Every bucket has one since 2023, so an absence here is no answer.
        // <https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html>
        encryption: encryption
            .read(|answer| default_encryption(answer.server_side_encryption_configuration())),
        // A bucket that never had versions, or MFA delete, answers without the member.
        // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html>
        versioning: versioning.read(|answer| match answer.status() {
            Some(status) => one_of(status.as_str(), &["Enabled", "Suspended"], "Status"),
            None => Ok("Off".to_owned()),
        }),
        mfa_delete: versioning.read(|answer| match answer.mfa_delete() {
            Some(status) => enabled(status.as_str(), "MfaDelete"),
            None => Ok(false),
        }),
        lifecycle: lifecycle.read_or(Vec::new, |answer| {
            let rules = answer.rules.as_ref().ok_or_else(|| missing("Rules"))?;
            rules.iter().map(lifecycle_rule).collect()
        }),
        replica_buckets: replication.read_or(Vec::new, |answer| {
            let configured = answer.replication_configuration();
            let rules = configured
                .ok_or_else(|| missing("ReplicationConfiguration"))?
                .rules();
            let mut buckets = Vec::new();
            for rule in rules {
                let read = replica(rule, &site.account)?;
                buckets.extend(read.enabled.then_some(read.destination));
            }
            buckets.sort();
            buckets.dedup();
            Ok(buckets)
        }),
        replication: replication.read_or(Vec::new, |answer| {
            let configured = answer.replication_configuration();
            let rules = configured
                .ok_or_else(|| missing("ReplicationConfiguration"))?
                .rules();
            rules
                .iter()
                .map(|rule| replica(rule, &site.account))
                .collect()
        }),
        object_lock: lock.read_or(
            || None,
            |answer| {
                let configured = answer.object_lock_configuration();
                object_lock(configured.ok_or_else(|| missing("ObjectLockConfiguration"))?).map(Some)
            },
        ),
        tags: tagging.read_or(BTreeMap::new, |answer| tags(answer.tag_set())),
    }
}

fn default_encryption(
    configuration: Option<&ServerSideEncryptionConfiguration>,
) -> Result<Encryption, Missing> {
    let rule = configured_rule(configuration)?;
    let default = rule
        .apply_server_side_encryption_by_default()
        .ok_or_else(|| missing("ApplyServerSideEncryptionByDefault"))?;
    Ok(Encryption {
        algorithm: one_of(
            default.sse_algorithm().as_str(),
            &["AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"],
            "SSEAlgorithm",
        )?,
        key: default.kms_master_key_id().map(str::to_owned),
        // Off unless turned on.
        // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionRule.html>
        bucket_key: rule.bucket_key_enabled() == Some(true),
    })
}

fn configured_rule(
    configuration: Option<&ServerSideEncryptionConfiguration>,
) -> Result<&aws_sdk_s3::types::ServerSideEncryptionRule, Missing> {
    configuration
        .and_then(|configuration| configuration.rules().first())
        .ok_or_else(|| missing("Rules"))
}

fn lifecycle_rule(rule: &Rule) -> Result<LifecycleRule, Missing> {
    let days = |days: Option<i32>| days.map(i64::from);
    Ok(LifecycleRule {
        enabled: enabled(rule.status().as_str(), "Status")?,
        whole_bucket: covers_whole_bucket(rule),
        // A rule may instead name a date, or only remove the markers of deleted objects.
        expire_days: days(rule.expiration().and_then(|expiration| expiration.days())),
        noncurrent_days: days(
            rule.noncurrent_version_expiration()
                .and_then(|expiration| expiration.noncurrent_days()),
        ),
        abort_upload_days: days(
            rule.abort_incomplete_multipart_upload()
                .and_then(|abort| abort.days_after_initiation()),
        ),
    })
}

/// An empty prefix is every object; old rules carry it outside the filter.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-filters.html>
fn covers_whole_bucket(rule: &Rule) -> bool {
    #[expect(
        deprecated,
        reason = "S3 still answers rules as they were written years ago"
    )]
    let old_prefix = rule.prefix();
    let every = |prefix: Option<&str>| prefix.is_none_or(str::is_empty);
    let unfiltered = rule.filter().is_none_or(|filter| {
        every(filter.prefix())
            && filter.tag().is_none()
            && filter.object_size_greater_than().is_none()
            && filter.object_size_less_than().is_none()
            && filter.and().is_none()
    });
    every(old_prefix) && unfiltered
}

fn replica(rule: &Replica, own: &str) -> Result<ReplicationRule, Missing> {
    let destination = rule.destination().ok_or_else(|| missing("Destination"))?;
    Ok(ReplicationRule {
        enabled: enabled(rule.status().as_str(), "Status")?,
        destination: said(destination.bucket(), "Destination.Bucket")?,
        destination_account: destination
            .account()
            .filter(|account| *account != own)
            .map(str::to_owned),
    })
}

fn object_lock(configuration: &ObjectLockConfiguration) -> Result<ObjectLock, Missing> {
    let enabled = configuration.object_lock_enabled();
    let word = enabled.ok_or_else(|| missing("ObjectLockEnabled"))?;
    one_of(word.as_str(), &["Enabled"], "ObjectLockEnabled")?;
    let retention = configuration
        .rule()
        .and_then(|rule| rule.default_retention());
    let days = retention.and_then(|retention| retention.days());
    let years = retention.and_then(|retention| retention.years());
    Ok(ObjectLock {
        mode: retention
            .and_then(|retention| retention.mode())
            .map(|mode| mode.as_str().to_owned()),
        days: days
            .map(i64::from)
            .or_else(|| years.map(|years| i64::from(years) * 365)),
    })
}

/// A bucket without tags answers with an error, so a set without any is not whole.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html>
fn tags(set: &[Tag]) -> Result<BTreeMap<String, String>, Missing> {
    if set.is_empty() {
        return Err(missing("TagSet"));
    }
    // A value may be empty, a key is not.
    set.iter()
        .map(|tag| Ok((said(tag.key(), "Key")?, tag.value().to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::types::{
        DefaultRetention, ExpirationStatus, LifecycleRuleAndOperator, LifecycleRuleFilter,
        ObjectLockEnabled, ObjectLockRetentionMode, ObjectLockRule,
    };

    use super::*;

    fn filtered(filter: LifecycleRuleFilter) -> Rule {
        Rule::builder()
            .status(ExpirationStatus::Enabled)
            .filter(filter)
            .build()
            .unwrap()
    }

    #[test]
    fn a_rule_covers_the_bucket_unless_something_narrows_it() {
        let every = [
            LifecycleRuleFilter::builder().build(),
            LifecycleRuleFilter::builder().prefix("").build(),
        ];
        for filter in every {
            assert!(covers_whole_bucket(&filtered(filter)));
        }
        let some = [
            LifecycleRuleFilter::builder().prefix("logs/").build(),
            LifecycleRuleFilter::builder()
                .object_size_greater_than(0)
                .build(),
            LifecycleRuleFilter::builder()
                .object_size_less_than(9)
                .build(),
            LifecycleRuleFilter::builder()
                .tag(Tag::builder().key("a").value("b").build().unwrap())
                .build(),
            LifecycleRuleFilter::builder()
                .and(LifecycleRuleAndOperator::builder().prefix("").build())
                .build(),
        ];
        for filter in some {
            assert!(
                !covers_whole_bucket(&filtered(filter.clone())),
                "{filter:?}"
            );
        }
        #[expect(deprecated, reason = "the old place of the prefix is what is tested")]
        let old = Rule::builder()
            .status(ExpirationStatus::Enabled)
            .prefix("logs/");
        assert!(!covers_whole_bucket(&old.build().unwrap()));
    }

    #[test]
    fn a_status_that_is_neither_word_is_malformed() {
        let rule = Rule::builder()
            .status("no value was set".into())
            .build()
            .unwrap();
        assert!(lifecycle_rule(&rule).is_err());
    }

    #[test]
    fn years_of_retention_count_as_days() {
        let retention = DefaultRetention::builder()
            .mode(ObjectLockRetentionMode::Compliance)
            .years(7)
            .build();
        let rule = ObjectLockRule::builder()
            .default_retention(retention)
            .build();
        let lock = ObjectLockConfiguration::builder()
            .object_lock_enabled(ObjectLockEnabled::Enabled)
            .rule(rule)
            .build();
        let lock = object_lock(&lock).unwrap();
        assert_eq!(lock.days, Some(2555));
        assert_eq!(lock.mode.as_deref(), Some("COMPLIANCE"));
    }

    #[test]
    fn a_lock_without_a_rule_locks_nothing_by_default() {
        let lock = ObjectLockConfiguration::builder()
            .object_lock_enabled(ObjectLockEnabled::Enabled)
            .build();
        let lock = object_lock(&lock).unwrap();
        assert_eq!((lock.mode, lock.days), (None, None));
    }

    #[test]
    fn an_answer_that_does_not_say_that_it_locks_is_malformed() {
        assert!(object_lock(&ObjectLockConfiguration::builder().build()).is_err());
    }
}
