//! Where a detector exports its findings to.

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Reply, Site, Turn, each, gather_part, missing, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::guardduty::Destination;
use crate::inventory::{Read, Told};

/// Reads the destinations of one detector, and tells the ids of those that findings are published to.
pub(super) async fn collect(site: &Site, intake: &Intake, detector: &str) -> Read<Vec<String>> {
    let (account, region) = (&site.account, &site.region);
    let path = format!("/detector/{}/publishingDestination", part(detector));
    let about = format!("detector={detector}");
    let all = gather_part(
        async |token| {
            let question = Question::get(&path).with("nextToken", token);
            site.tell::<Destinations>(&API, "ListPublishingDestinations", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| page.all.clone(),
    )
    .await;
    for told in &all.members {
        intake.listed::<Destination>(account, region, &told.source);
    }
    match &all.end {
        Ok(end) => intake.listed::<Destination>(account, region, &end.source),
        Err(gap) => intake.incomplete::<Destination>(account, region, gap.clone()),
    }
    each(&all.members, async |told| {
        one(site, intake, (detector, &path), told).await;
    })
    .await;
    let publishing = all.members.iter().map(|told| &told.value);
    let publishing = publishing.filter(|one| one.status == PUBLISHING);
    all.end?
        .fact(publishing.map(|one| one.id.clone()).collect())
}

/// A destination that takes what it is sent.
const PUBLISHING: &str = "PUBLISHING";

async fn one(site: &Site, intake: &Intake, (detector, path): (&str, &str), told: &Told<Listed>) {
    let id = &told.value.id;
    let question = Question::get(format!("{path}/{}", part(id)));
    let about = format!("destination={id}");
    let described: Reply<Described> = site
        .tell(&API, "DescribePublishingDestination", question, about)
        .await;
    let fields = Destination {
        id: told.fact(id.clone()),
        status: told.fact(told.value.status.clone()),
        bucket_name: described.read(|d| {
            let bucket = bucket(&d.properties.destination);
            bucket.ok_or_else(|| missing("the bucket of destinationArn"))
        }),
        kms_key: described.read(|d| Ok(d.properties.key.clone())),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!(
            "arn:{partition}:guardduty:{region}:{account}:detector/{detector}/publishingdestination/{id}"
        ),
        name: id.clone(),
    };
    intake.add(account, region, identity, fields);
}

/// The bucket of `arn:aws:s3:::bucket/prefix`.
fn bucket(arn: &str) -> Option<String> {
    let (_, path) = arn.split_once(":s3:::")?;
    let bucket = path.split('/').next()?;
    (!bucket.is_empty()).then(|| bucket.to_owned())
}

#[derive(Debug, Deserialize)]
struct Destinations {
    #[serde(rename = "destinations")]
    all: Vec<Listed>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Destination.html>
#[derive(Debug, Clone, Deserialize)]
struct Listed {
    #[serde(rename = "destinationId")]
    id: String,
    status: String,
}

/// <https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DescribePublishingDestination.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "destinationProperties")]
    properties: Properties,
}

#[derive(Debug, Deserialize)]
struct Properties {
    #[serde(rename = "destinationArn")]
    destination: String,
    #[serde(rename = "kmsKeyArn")]
    key: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::bucket;

    #[test]
    fn the_bucket_of_a_destination_stands_before_its_prefix() {
        let of = |arn| bucket(arn);
        assert_eq!(of("arn:aws:s3:::logs/guardduty/x").as_deref(), Some("logs"));
        assert_eq!(of("arn:aws-cn:s3:::logs").as_deref(), Some("logs"));
        assert_eq!(of("arn:aws:s3:::"), None);
        assert_eq!(of("logs"), None);
    }
}
