//! S3 Control: what holds for all buckets of the account, and the further ways into them.

mod points;

use crate::ask;
use crate::aws::{Missing, Site, missing};
use crate::inventory::intake::Intake;
use crate::inventory::kinds::s3::{AccountAccess, PublicAccess};

/// Reads the settings of the account, and the access points of its regions.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(settings(site, intake), points::collect(site, intake));
}

async fn settings(site: &Site, intake: &Intake) {
    let block = ask!(
        site,
        "s3control:GetPublicAccessBlock",
        site.s3control()
            .get_public_access_block()
            .account_id(&*site.account)
    );
    let fields = AccountAccess {
        s3_public_access: block.read_or(
            || PublicAccess {
                block_acls: false,
                ignore_acls: false,
                block_policy: false,
                restrict_buckets: false,
            },
            |answer| {
                let block = answer
                    .public_access_block_configuration()
                    .ok_or_else(|| missing("PublicAccessBlockConfiguration"))?;
                public_access(block)
            },
        ),
    };
    intake.facet(&site.account, &site.region, fields);
}

fn public_access(
    block: &aws_sdk_s3control::types::PublicAccessBlockConfiguration,
) -> Result<PublicAccess, Missing> {
    let flag = |value: Option<bool>, member| -> Result<bool, Missing> {
        value.ok_or_else(|| missing(member))
    };
    Ok(PublicAccess {
        block_acls: flag(block.block_public_acls(), "BlockPublicAcls")?,
        ignore_acls: flag(block.ignore_public_acls(), "IgnorePublicAcls")?,
        block_policy: flag(block.block_public_policy(), "BlockPublicPolicy")?,
        restrict_buckets: flag(block.restrict_public_buckets(), "RestrictPublicBuckets")?,
    })
}
