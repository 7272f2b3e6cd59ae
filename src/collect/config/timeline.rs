//! The history that AWS Config keeps of a few resources, picked as an auditor picks a sample: without looking at what they
//! are, and so that a second scan picks the same.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::API;
use crate::aws::{Moment, Question, Reply, Site, each};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::config::Timeline;
use crate::inventory::{Read, Told};

/// Types that nearly everybody has, and whose changes an auditor asks about.
const TYPES: &[&str] = &[
    "AWS::EC2::SecurityGroup",
    "AWS::IAM::Role",
    "AWS::RDS::DBInstance",
    "AWS::S3::Bucket",
];

/// Resources picked of each type.
const EACH: usize = 3;

/// Resources of a type among which they are picked: one page.
const AMONG: usize = 100;

/// How the customer's recorders of a region stand.
pub(super) struct Recording {
    /// Whether one records at this moment.
    pub(super) now: Read<bool>,
    /// When one was last stopped; none: never.
    pub(super) stopped: Read<Option<Timestamp>>,
}

/// Reads the samples of one region.
pub(super) async fn collect(site: &Site, intake: &Intake, records: &Recording) {
    // A call for each type: nothing to make in vain.
    if !site.plans_any(&["config:ListDiscoveredResources"]) {
        return;
    }
    for kind in TYPES {
        let question = Question::json(json!({ "resourceType": kind, "limit": AMONG }));
        let listed: Reply<Discovered> = site
            .tell(
                &API,
                "ListDiscoveredResources",
                question,
                format!("type={kind}"),
            )
            .await;
        match listed.told() {
            Err(gap) => intake.incomplete::<Timeline>(&site.account, &site.region, gap),
            Ok(told) => {
                intake.listed::<Timeline>(&site.account, &site.region, &told.source);
                each(picked(&told.value), async |one| {
                    one_resource(site, intake, (&told, records), (kind, one)).await;
                })
                .await;
            }
        }
    }
}

/// By the digest of their place in AWS's listing: neither the oldest nor the first, and whatever they are called, because a run
/// is performed again without its names, too.
fn picked(listed: &Discovered) -> Vec<&Resource> {
    let mut all: Vec<(usize, &Resource)> = listed.resources.iter().enumerate().collect();
    all.sort_by_key(|(place, _)| Sha256::digest(place.to_string()));
    let picked = all.into_iter().take(EACH);
    picked.map(|(_, resource)| resource).collect()
}

async fn one_resource(
    site: &Site,
    intake: &Intake,
    (told, records): (&Told<Discovered>, &Recording),
    (kind, resource): (&str, &Resource),
) {
    let id = &resource.id;
    let ask = async |order: &str| {
        let question = Question::json(json!({
            "resourceType": kind, "resourceId": id, "chronologicalOrder": order, "limit": 1,
        }));
        let about = format!("resource={id} order={order}");
        site.tell::<History>(&API, "GetResourceConfigHistory", question, about)
            .await
    };
    let (oldest, newest) = futures::join!(ask("Forward"), ask("Reverse"));
    let fields = Timeline {
        r#type: told.fact(kind.to_owned()),
        resource: told.fact(id.clone()),
        first: oldest.read_or(|| None, |h| Ok(h.items.first().map(|one| one.captured.0))),
        created: newest.read_or(
            || None,
            |h| Ok(h.items.first().and_then(|one| Some(one.created?.0))),
        ),
        last_status: newest.read_or(
            || None,
            |h| Ok(h.items.first().map(|one| one.status.clone())),
        ),
        last: newest.read_or(|| None, |h| Ok(h.items.first().map(|one| one.captured.0))),
        recording: records.now.clone(),
        stopped: records.stopped.clone(),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    // AWS has no ARN for a history; ours names whose it is.
    let identity = Identity {
        arn: format!("arn:{partition}:config:{region}:{account}:timeline/{kind}/{id}"),
        name: resource.name.clone().unwrap_or_else(|| id.clone()),
    };
    intake.add(account, region, identity, fields);
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_ListDiscoveredResources.html>
#[derive(Debug, Deserialize)]
struct Discovered {
    /// Empty where there are none; an answer without it is no answer.
    #[serde(rename = "resourceIdentifiers")]
    resources: Vec<Resource>,
}

#[derive(Debug, Deserialize)]
struct Resource {
    #[serde(rename = "resourceId")]
    id: String,
    /// Left out where it has no name beside its id.
    #[serde(rename = "resourceName")]
    name: Option<String>,
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html>
#[derive(Debug, Deserialize)]
struct History {
    #[serde(rename = "configurationItems")]
    items: Vec<Item>,
}

#[derive(Debug, Deserialize)]
struct Item {
    #[serde(rename = "configurationItemCaptureTime")]
    captured: Moment,
    #[serde(rename = "configurationItemStatus")]
    status: String,
    /// Left out by types that do not tell it.
    #[serde(rename = "resourceCreationTime")]
    created: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked_of(ids: &[&str]) -> Vec<String> {
        let resources = ids.iter().map(|id| Resource {
            id: (*id).to_owned(),
            name: None,
        });
        let listed = Discovered {
            resources: resources.collect(),
        };
        picked(&listed).iter().map(|one| one.id.clone()).collect()
    }

    #[test]
    fn the_same_places_are_picked_whatever_stands_in_them() {
        let one_way = picked_of(&["a", "b", "c", "d", "e"]);
        assert_eq!(one_way.len(), EACH);
        let other: Vec<String> = one_way.iter().map(|id| id.to_uppercase()).collect();
        assert_eq!(picked_of(&["A", "B", "C", "D", "E"]), other);
        assert!(picked_of(&[]).is_empty());
    }
}
