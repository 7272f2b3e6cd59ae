//! Who may do what with a bucket, and where that is written down.

use std::collections::BTreeSet;

use aws_sdk_s3::types::{Grant as Granted, PublicAccessBlockConfiguration};

use super::one_of;
use crate::ask;
use crate::aws::documents::statements;
use crate::aws::{Missing, Site, missing};
use crate::inventory::Read;
use crate::inventory::kinds::s3::{Grant, PublicAccess};
use crate::inventory::kinds::statement::{Statement, account_of};

/// The part of a bucket's facts that is about access.
pub(super) struct Access {
    pub(super) policy: Read<Vec<Statement>>,
    pub(super) policy_accounts: Read<Vec<String>>,
    pub(super) policy_public: Read<bool>,
    pub(super) grants: Read<Vec<Grant>>,
    pub(super) owner: Read<String>,
    pub(super) ownership: Read<String>,
    pub(super) public_access: Read<PublicAccess>,
    pub(super) log_bucket: Read<Option<String>>,
}

pub(super) async fn read(site: &Site, bucket: &str) -> Access {
    let s3 = site.s3();
    let about = format!("bucket={bucket}");
    let (policy, status, acl, ownership, block, logging) = futures::join!(
        async {
            ask!(
                site,
                "s3:GetBucketPolicy",
                s3.get_bucket_policy().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetBucketPolicyStatus",
                s3.get_bucket_policy_status().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetBucketAcl",
                s3.get_bucket_acl().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetBucketOwnershipControls",
                s3.get_bucket_ownership_controls().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetPublicAccessBlock",
                s3.get_public_access_block().bucket(bucket),
                about
            )
        },
        async {
            ask!(
                site,
                "s3:GetBucketLogging",
                s3.get_bucket_logging().bucket(bucket),
                about
            )
        },
    );
    let document = |policy: Option<&str>| statements(policy.ok_or_else(|| missing("Policy"))?);
    Access {
        policy: policy.read_or(Vec::new, |answer| document(answer.policy())),
        policy_accounts: policy.read_or(Vec::new, |answer| {
            Ok(accounts(&document(answer.policy())?, &site.account))
        }),
        policy_public: status.read_or(
            || false,
            |answer| {
                let status = answer
                    .policy_status()
                    .ok_or_else(|| missing("PolicyStatus"))?;
                status.is_public().ok_or_else(|| missing("IsPublic"))
            },
        ),
        grants: acl.read(|answer| {
            let grants = answer.grants.as_ref().ok_or_else(|| missing("Grants"))?;
            grants.iter().map(grant).collect()
        }),
        owner: acl.read(|answer| {
            let owner = answer.owner().and_then(|owner| owner.id());
            owner.map(str::to_owned).ok_or_else(|| missing("Owner"))
        }),
        ownership: ownership.read_or(
            // What holds where nobody has chosen.
            // <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
            || "ObjectWriter".to_owned(),
            |answer| {
                let rule = answer
                    .ownership_controls()
                    .and_then(|controls| controls.rules().first());
                let word = rule
                    .ok_or_else(|| missing("OwnershipControls"))?
                    .object_ownership();
                one_of(
                    word.as_str(),
                    &[
                        "BucketOwnerEnforced",
                        "BucketOwnerPreferred",
                        "ObjectWriter",
                    ],
                    "ObjectOwnership",
                )
            },
        ),
        public_access: block.read_or(
            || PublicAccess {
                block_acls: false,
                ignore_acls: false,
                block_policy: false,
                restrict_buckets: false,
            },
            |answer| public_access(answer.public_access_block_configuration()),
        ),
        // An answer without the member is how S3 says that access is not logged.
        // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html>
        log_bucket: logging.read(|answer| {
            let logging = answer.logging_enabled();
            Ok(logging.map(|logging| logging.target_bucket().to_owned()))
        }),
    }
}

fn public_access(
    configuration: Option<&PublicAccessBlockConfiguration>,
) -> Result<PublicAccess, Missing> {
    let block = configuration.ok_or_else(|| missing("PublicAccessBlockConfiguration"))?;
    let flag = |value: Option<bool>, member| value.ok_or_else(|| missing(member));
    Ok(PublicAccess {
        block_acls: flag(block.block_public_acls(), "BlockPublicAcls")?,
        ignore_acls: flag(block.ignore_public_acls(), "IgnorePublicAcls")?,
        block_policy: flag(block.block_public_policy(), "BlockPublicPolicy")?,
        restrict_buckets: flag(block.restrict_public_buckets(), "RestrictPublicBuckets")?,
    })
}

/// Whom a grant is for is told by another member for each type of grantee.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Grantee.html>
fn grant(granted: &Granted) -> Result<Grant, Missing> {
    let grantee = granted.grantee().ok_or_else(|| missing("Grantee"))?;
    let who = match grantee.r#type().as_str() {
        "CanonicalUser" => grantee.id(),
        "Group" => grantee.uri(),
        "AmazonCustomerByEmail" => grantee.email_address(),
        _ => None,
    };
    let permission = granted.permission().ok_or_else(|| missing("Permission"))?;
    Ok(Grant {
        grantee_type: grantee.r#type().as_str().to_owned(),
        grantee: who
            .ok_or_else(|| missing("the grantee of a grant"))?
            .to_owned(),
        permission: permission.as_str().to_owned(),
    })
}

/// The other accounts that a policy lets in, in order.
fn accounts(policy: &[Statement], own: &str) -> Vec<String> {
    let named: BTreeSet<&str> = policy
        .iter()
        .filter(|statement| statement.effect == "Allow")
        .flat_map(|statement| &statement.principals)
        .filter_map(|principal| account_of(&principal.value))
        .filter(|account| *account != own)
        .collect();
    named.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::types::{Grantee, Permission, Type};

    use super::*;

    #[test]
    fn each_type_of_grantee_is_told_by_its_own_member() {
        let of = |grantee: Grantee| {
            let granted = Granted::builder()
                .grantee(grantee)
                .permission(Permission::Read)
                .build();
            grant(&granted).map(|grant| grant.grantee)
        };
        let group = Grantee::builder()
            .r#type(Type::Group)
            .uri("http://everyone");
        assert_eq!(of(group.build().unwrap()), Ok("http://everyone".to_owned()));
        let user = Grantee::builder().r#type(Type::CanonicalUser).id("abc");
        assert_eq!(of(user.build().unwrap()), Ok("abc".to_owned()));
        let nobody = Grantee::builder().r#type(Type::Group).id("abc");
        assert!(of(nobody.build().unwrap()).is_err());
    }

    #[test]
    fn accounts_are_those_of_others_that_are_let_in() {
        let policy = statements(
            r#"{"Statement": [
                {"Effect": "Allow", "Principal": {"AWS": ["444455556666", "arn:aws:iam::111122223333:root"]}},
                {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::333344445555:role/a"}},
                {"Effect": "Allow", "Principal": "*"},
                {"Effect": "Deny", "Principal": {"AWS": "999999999999"}}
            ]}"#,
        )
        .unwrap();
        assert_eq!(
            accounts(&policy, "111122223333"),
            ["333344445555", "444455556666"]
        );
    }

    #[test]
    fn a_switch_that_is_left_out_is_malformed_and_not_off() {
        let three = PublicAccessBlockConfiguration::builder()
            .block_public_acls(true)
            .ignore_public_acls(true)
            .block_public_policy(true);
        assert!(public_access(Some(&three.clone().build())).is_err());
        assert!(public_access(None).is_err());
        let four = public_access(Some(&three.restrict_public_buckets(false).build())).unwrap();
        assert!(four.block_policy && !four.restrict_buckets);
    }
}
