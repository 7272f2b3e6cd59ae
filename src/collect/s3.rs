//! S3: the buckets of every region, each read where it is.

mod access;
mod events;
mod keeping;

use aws_sdk_s3::operation::list_buckets::ListBucketsOutput;
use aws_sdk_s3::types::Bucket as Listed;

use crate::ask;
use crate::aws::{Missing, Site, Turn, each, instant, key_arn, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::s3::Bucket;

/// Buckets per page. AWS answers the regions of the buckets only where the request has a parameter such as this.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
const PAGE: i32 = 1000;

/// Reads the buckets of the account.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let s3 = site.s3();
    let listing = pages(
        async |token| {
            ask!(
                site,
                "s3:ListBuckets",
                s3.list_buckets()
                    .max_buckets(PAGE)
                    .set_continuation_token(token)
            )
        },
        |page| Turn::to(page.continuation_token()),
        async |page| {
            intake.listed::<Bucket>(&site.account, &site.region, &page.source);
            let listed = page.value.buckets.as_ref();
            each(
                listed.ok_or_else(|| missing("Buckets"))?,
                async |listed| match bucket(site, page, listed).await {
                    Ok((identity, fields)) => {
                        intake.add(&site.account, &site.region, identity, fields);
                    }
                    Err(missing) => {
                        let gap = page.lacks(missing);
                        intake.incomplete::<Bucket>(&site.account, &site.region, gap);
                    }
                },
            )
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Bucket>(&site.account, &site.region, gap);
    }
}

async fn bucket(
    site: &Site,
    page: &Told<ListBucketsOutput>,
    listed: &Listed,
) -> Result<(Identity, Bucket), Missing> {
    let name = listed.name().ok_or_else(|| missing("Name"))?;
    let arn = format!("arn:{}:s3:::{name}", site.partition);
    // Where AWS leaves the region out, the account's own endpoint is asked: for a bucket that is elsewhere it answers a
    // redirect, which is a gap.
    let region = listed
        .bucket_region()
        .ok_or_else(|| missing("BucketRegion"));
    let home = match &region {
        Ok(region) => site.at(region),
        Err(_) => site.clone(),
    };
    let (access, keeping, event_targets) = futures::join!(
        access::read(&home, name),
        keeping::read(&home, name),
        events::read(&home, name),
    );
    // A key that is named without its region is one of the bucket's.
    let key_arn = match (&keeping.encryption, &region) {
        (Err(gap), _) => Err(gap.clone()),
        (_, Err(unknown)) => Err(page.lacks(unknown.clone())),
        (Ok(told), Ok(region)) => {
            let key = told.value.key.as_deref();
            told.fact(key.map(|key| key_arn(site, region, key)))
        }
    };
    let fields = Bucket {
        name: page.fact(name.to_owned()),
        arn: page.fact(arn.clone()),
        region: page.read(|_| region.map(str::to_owned)),
        created: page.read(|_| {
            instant(
                listed
                    .creation_date()
                    .ok_or_else(|| missing("CreationDate"))?,
            )
        }),
        encryption: keeping.encryption,
        key_arn,
        versioning: keeping.versioning,
        mfa_delete: keeping.mfa_delete,
        policy: access.policy,
        policy_accounts: access.policy_accounts,
        policy_public: access.policy_public,
        grants: access.grants,
        owner: access.owner,
        ownership: access.ownership,
        public_access: access.public_access,
        log_bucket: access.log_bucket,
        lifecycle: keeping.lifecycle,
        replication: keeping.replication,
        replica_buckets: keeping.replica_buckets,
        event_targets,
        object_lock: keeping.object_lock,
        tags: keeping.tags,
    };
    let identity = Identity {
        arn,
        name: name.to_owned(),
    };
    Ok((identity, fields))
}

/// A setting that is one of a few words. The SDK puts words of its own where an answer lacks a required one, so any
/// other word is no answer.
fn one_of(word: &str, known: &[&str], member: &str) -> Result<String, Missing> {
    if known.contains(&word) {
        Ok(word.to_owned())
    } else {
        Err(Missing(format!("the answer holds {word:?} for {member}")))
    }
}

/// The same for what is switched on or off.
fn enabled(word: &str, member: &str) -> Result<bool, Missing> {
    one_of(word, &["Enabled", "Disabled"], member).map(|word| word == "Enabled")
}
