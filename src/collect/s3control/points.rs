//! Access points: names of their own for a bucket, each with its own policy and its own blocks.

use aws_sdk_s3control::operation::list_access_points::ListAccessPointsOutput;
use aws_sdk_s3control::types::AccessPoint as Listed;

use super::public_access;
use crate::ask;
use crate::aws::{Missing, Site, Turn, each, missing, pages, said};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::s3::AccessPoint;

/// The most that ListAccessPoints allows.
const PAGE: i32 = 1000;

/// Reads the access points of every region of the scan. Their population is the account's, as that of the buckets is.
pub(super) async fn collect(global: &Site, intake: &Intake) {
    each(global.regions(), async |region| {
        in_region(global, &global.at(&region), intake).await;
    })
    .await;
}

async fn in_region(global: &Site, site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            ask!(
                site,
                "s3control:ListAccessPoints",
                site.s3control()
                    .list_access_points()
                    .account_id(&*site.account)
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<AccessPoint>(&global.account, &global.region, &page.source);
            let listed = page.value.access_point_list.as_ref();
            each(
                listed.ok_or_else(|| missing("AccessPointList"))?,
                async |listed| match point(site, page, listed).await {
                    Ok((identity, fields)) => {
                        intake.add(&global.account, &global.region, identity, fields);
                    }
                    Err(missing) => {
                        let gap = page.lacks(missing);
                        intake.incomplete::<AccessPoint>(&global.account, &global.region, gap);
                    }
                },
            )
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<AccessPoint>(&global.account, &global.region, gap);
    }
}

async fn point(
    site: &Site,
    page: &Told<ListAccessPointsOutput>,
    listed: &Listed,
) -> Result<(Identity, AccessPoint), Missing> {
    let arn = listed.access_point_arn();
    let arn = arn.ok_or_else(|| missing("AccessPointArn"))?.to_owned();
    let name = said(listed.name(), "Name")?;
    let described = ask!(
        site,
        "s3control:GetAccessPoint",
        site.s3control()
            .get_access_point()
            .account_id(&*site.account)
            .name(&name),
        format!("access_point={name}")
    );
    let fields = AccessPoint {
        name: page.fact(name.clone()),
        bucket: described.read(|answer| {
            let bucket = answer.bucket().ok_or_else(|| missing("Bucket"))?;
            Ok(bucket.to_owned())
        }),
        region: page.fact(site.region.to_string()),
        vpc: described.read(|answer| {
            let origin = answer.network_origin();
            let origin = origin.ok_or_else(|| missing("NetworkOrigin"))?.as_str();
            let vpc = answer.vpc_configuration().map(|vpc| vpc.vpc_id());
            match (origin, vpc) {
                ("Internet", _) => Ok(None),
                ("VPC", Some(vpc)) => said(vpc, "VpcConfiguration.VpcId").map(Some),
                _ => Err(missing("VpcConfiguration")),
            }
        }),
        public_access: described.read(|answer| {
            let block = answer.public_access_block_configuration();
            public_access(block.ok_or_else(|| missing("PublicAccessBlockConfiguration"))?)
        }),
    };
    Ok((Identity { arn, name }, fields))
}
