//! Whom a bucket tells of what happens in it.

use crate::ask;
use crate::aws::{Missing, Site, said};
use crate::inventory::Read;

/// Every list is left out where it is empty.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html>
pub(super) async fn read(site: &Site, bucket: &str) -> Read<Vec<String>> {
    let told = ask!(
        site,
        "s3:GetBucketNotificationConfiguration",
        site.s3()
            .get_bucket_notification_configuration()
            .bucket(bucket),
        format!("bucket={bucket}")
    );
    told.read(|answer| {
        let topics = answer
            .topic_configurations()
            .iter()
            .map(|to| to.topic_arn());
        let queues = answer
            .queue_configurations()
            .iter()
            .map(|to| to.queue_arn());
        let functions = answer
            .lambda_function_configurations()
            .iter()
            .map(|to| to.lambda_function_arn());
        let mut targets = topics
            .chain(queues)
            .chain(functions)
            .map(|arn| said(arn, "the target of a notification"))
            .collect::<Result<Vec<_>, Missing>>()?;
        let bridge = answer.event_bridge_configuration();
        targets.extend(bridge.map(|_| "eventbridge".to_owned()));
        Ok(targets)
    })
}
