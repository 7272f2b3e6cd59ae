//! Archives: what is kept of the events of a bus.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::events::Archive;

/// Reads the archives of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Archive, Archives>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListArchives", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(page.value.archives.iter(), async |archive| {
                one_archive(site, intake, page, archive).await;
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_archive(site: &Site, intake: &Intake, page: &Told<Archives>, archive: &Listed) {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let name = &archive.name;
    let question = Question::json(json!({ "ArchiveName": name }));
    let about = format!("archive={name}");
    let described = site
        .tell::<Described>(&API, "DescribeArchive", question, about)
        .await;
    let on_default = archive.bus_arn.ends_with(":event-bus/default");
    let fields = Archive {
        name: page.fact(name.clone()),
        bus_arn: page.fact(archive.bus_arn.clone()),
        hears_aws: page.fact(archive.state == "ENABLED" && on_default),
        // 0 is for ever.
        retention_days: page.fact(archive.days.filter(|days| *days != 0)),
        pattern: described.read(|d| Ok(d.pattern.clone())),
    };
    let identity = Identity {
        arn: format!("arn:{partition}:events:{region}:{account}:archive/{name}"),
        name: name.clone(),
    };
    intake.add(account, region, identity, fields);
}

/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Archive.html>
#[derive(Debug, Deserialize)]
struct Archives {
    /// Empty where there are none; an answer without it is no answer.
    #[serde(rename = "Archives")]
    archives: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "ArchiveName")]
    name: String,
    #[serde(rename = "EventSourceArn")]
    bus_arn: String,
    #[serde(rename = "State")]
    state: String,
    /// Left out, or 0, where it keeps them for ever.
    #[serde(rename = "RetentionDays")]
    days: Option<i64>,
}

/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeArchive.html>
#[derive(Debug, Deserialize)]
struct Described {
    /// Always there: an answer without it is none.
    #[serde(rename = "ArchiveName")]
    _name: String,
    /// Left out where it keeps every event.
    #[serde(rename = "EventPattern")]
    pattern: Option<String>,
}
