//! CloudTrail: trails with their status and what they record, and the stores of CloudTrail Lake.

mod history;
mod lake;
mod selectors;

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::operation::get_trail_status::GetTrailStatusOutput;
use aws_sdk_cloudtrail::types::Trail as Described;
use aws_smithy_types::DateTime;
use jiff::Timestamp;

use crate::ask;
use crate::aws::{Missing, Reply, Site, Turn, each, instant, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cloudtrail::Trail;
use crate::inventory::{Read, Told};

/// Reads the trails that are at home in this region, and its event history.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(trails(site, intake), lake::collect(site, intake), async {
        // A call for each name: nothing to make in vain.
        if site.plans_any(&["cloudtrail:LookupEvents"]) {
            history::collect(site, intake).await;
        }
    });
}

async fn trails(site: &Site, intake: &Intake) {
    let cloudtrail = site.cloudtrail();
    // DescribeTrails answers in one page. With shadow trails, because only they show a member account the
    // organization's trail, and a scan of few regions the trails that are at home in others.
    // <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html>
    let listing = pages(
        async |_| {
            let describe = cloudtrail.describe_trails().include_shadow_trails(true);
            ask!(site, "cloudtrail:DescribeTrails", describe)
        },
        |_| Turn::End,
        async |page| {
            intake.listed::<Trail>(&site.account, &site.region, &page.source);
            let trails = page.value.trail_list.as_ref().ok_or(missing("trailList"))?;
            let mut ours = Vec::new();
            for trail in trails {
                if site.reads_for(trail.home_region().ok_or(missing("HomeRegion"))?) {
                    ours.push((trail.trail_arn().ok_or(missing("TrailARN"))?, trail));
                }
            }
            each(ours, async |(arn, trail)| {
                let fields = one_trail(site, &cloudtrail, page, trail, arn).await;
                let name = arn.rsplit('/').next().unwrap_or(arn).to_owned();
                let identity = Identity {
                    arn: arn.to_owned(),
                    name,
                };
                intake.add(&site.account, &site.region, identity, fields);
            })
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Trail>(&site.account, &site.region, gap);
    }
}

async fn one_trail<T>(
    site: &Site,
    cloudtrail: &Client,
    page: &Told<T>,
    trail: &Described,
    arn: &str,
) -> Trail {
    // By ARN: a name means a trail of this account and region, and this may be a shadow of another's.
    let about = format!("trail={arn}");
    let status = ask!(
        site,
        "cloudtrail:GetTrailStatus",
        cloudtrail.get_trail_status().name(arn),
        about
    );
    let selectors = ask!(
        site,
        "cloudtrail:GetEventSelectors",
        cloudtrail.get_event_selectors().trail_name(arn),
        about
    );
    Trail {
        name: page.read(|_| text(trail.name(), "Name")),
        multi_region: page.read(|_| {
            trail
                .is_multi_region_trail()
                .ok_or(missing("IsMultiRegionTrail"))
        }),
        organization: page.read(|_| {
            trail
                .is_organization_trail()
                .ok_or(missing("IsOrganizationTrail"))
        }),
        bucket_name: page.read(|_| text(trail.s3_bucket_name(), "S3BucketName")),
        kms_key: page.fact(trail.kms_key_id().map(str::to_owned)),
        validation: page.read(|_| {
            trail
                .log_file_validation_enabled()
                .ok_or(missing("LogFileValidationEnabled"))
        }),
        log_group_arn: page.fact(
            trail
                .cloud_watch_logs_log_group_arn()
                .map(|arn| arn.trim_end_matches(":*").to_owned()),
        ),
        logging: status.read(logging),
        stopped: moment(&status, GetTrailStatusOutput::stop_logging_time),
        last_delivery: moment(&status, GetTrailStatusOutput::latest_delivery_time),
        delivery_error: error(&status, GetTrailStatusOutput::latest_delivery_error),
        last_digest: moment(&status, GetTrailStatusOutput::latest_digest_delivery_time),
        digest_error: error(&status, GetTrailStatusOutput::latest_digest_delivery_error),
        last_log_delivery: moment(
            &status,
            GetTrailStatusOutput::latest_cloud_watch_logs_delivery_time,
        ),
        log_delivery_error: error(
            &status,
            GetTrailStatusOutput::latest_cloud_watch_logs_delivery_error,
        ),
        management: selectors.read(selectors::management),
        object_events: selectors.read(selectors::object_events),
        data_events: selectors.read(selectors::data_events),
    }
}

fn text(value: Option<&str>, member: &str) -> Result<String, Missing> {
    value.map(str::to_owned).ok_or(missing(member))
}

/// The one member of a status that AWS always answers. Without it, what else is missing says nothing: not that the
/// trail never delivered.
fn logging(status: &GetTrailStatusOutput) -> Result<bool, Missing> {
    status.is_logging().ok_or(missing("IsLogging"))
}

fn moment(
    status: &Reply<GetTrailStatusOutput>,
    time: fn(&GetTrailStatusOutput) -> Option<&DateTime>,
) -> Read<Option<Timestamp>> {
    status.read(|a| {
        logging(a)?;
        time(a).map(instant).transpose()
    })
}

/// AWS answers an empty text where there was no error.
fn error(
    status: &Reply<GetTrailStatusOutput>,
    error: fn(&GetTrailStatusOutput) -> Option<&str>,
) -> Read<Option<String>> {
    status.read(|a| {
        logging(a)?;
        Ok(error(a).filter(|said| !said.is_empty()).map(str::to_owned))
    })
}
