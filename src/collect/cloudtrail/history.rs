//! The event history: calls of the last ninety days, by name.
//!
//! CloudTrail lets two requests a second through, each for one name, so the names are few and asked for one after the
//! other. <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html>

mod names;

use std::sync::Arc;

use serde_json::json;

use crate::aws::cloudtrail::{API, Listed, PAGE, Page, Record};
use crate::aws::{Missing, Question, Site, Turn, list_to};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cloudtrail::{Change, Event};
use crate::inventory::schema::Fields;
use crate::inventory::{Gap, Reason, Told};

use names::{CHANGES, SUBJECTS, Where};

/// As long as CloudTrail keeps the history, in seconds.
const WINDOW: i64 = 90 * 24 * 60 * 60;

/// Pages that are read of one name. More would keep a scan of a busy account for hours; that there are more is a gap.
const PAGES: usize = 20;

/// Reads the history of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let home = home(&site.partition);
    // The events of services without a region are in one of them: a scan that leaves it out does not know them all.
    if let Some(home) = home.filter(|home| *site.region != **home && site.reads_for(home)) {
        let why = format!("IAM's events are in {home}, which this scan does not read");
        intake.incomplete::<Event>(&site.account, &site.region, not_asked(site, &why));
        intake.incomplete::<Change>(&site.account, &site.region, not_asked(site, &why));
    }
    let here = |place: Where| match place {
        Where::Everywhere => true,
        Where::Home => home.is_none_or(|home| *site.region == *home),
    };
    for (subject, names) in SUBJECTS {
        for (name, _) in names.iter().filter(|(_, place)| here(*place)) {
            of_name::<Event>(site, intake, name, |page, listed, record| {
                one_event(page, listed, record, subject)
            })
            .await;
        }
    }
    for (name, _) in CHANGES.iter().filter(|(_, place)| here(*place)) {
        of_name::<Change>(site, intake, name, one_change).await;
    }
}

/// Where IAM's events are. Of other partitions we do not know, and look everywhere.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events>
fn home(partition: &str) -> Option<&'static str> {
    match partition {
        "aws" => Some("us-east-1"),
        "aws-us-gov" => Some("us-gov-west-1"),
        _ => None,
    }
}

fn not_asked(site: &Site, why: &str) -> Arc<Gap> {
    Arc::new(Gap {
        service: API.service.to_owned(),
        operation: "LookupEvents".to_owned(),
        account: site.account.to_string(),
        region: site.region.to_string(),
        parameters: String::new(),
        reason: Reason::NotAsked,
        code: None,
        message: why.to_owned(),
        action: String::new(),
        request_id: None,
    })
}

async fn of_name<K: Fields>(
    site: &Site,
    intake: &Intake,
    name: &str,
    fields: impl Fn(&Told<Page>, &Listed, &Record) -> Result<K, Missing>,
) {
    let until = site.now().as_second();
    list_to::<K, Page>(
        (site, intake, PAGES),
        async |token| {
            let input = json!({
                "LookupAttributes": [{ "AttributeKey": "EventName", "AttributeValue": name }],
                "StartTime": until - WINDOW,
                "EndTime": until,
                "MaxResults": PAGE,
                "NextToken": token,
            });
            let about = format!("name={name}");
            site.tell::<Page>(&API, "LookupEvents", Question::json(input), about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for listed in &page.value.events {
                let record = listed.record()?;
                let identity = Identity {
                    arn: format!(
                        "arn:{}:cloudtrail:{}:{}:event/{}",
                        site.partition, site.region, site.account, listed.id
                    ),
                    name: format!("{} by {}", listed.name()?, last_part(&record.actor()?)),
                };
                let fields = fields(page, listed, &record)?;
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

fn last_part(arn: &str) -> &str {
    arn.rsplit(['/', ':']).next().unwrap_or(arn)
}

fn one_event(
    page: &Told<Page>,
    listed: &Listed,
    record: &Record,
    subject: &str,
) -> Result<Event, Missing> {
    Ok(Event {
        name: page.fact(listed.name()?.to_owned()),
        source: page.fact(listed.source()?.to_owned()),
        subject: page.fact(subject.to_owned()),
        time: page.fact(listed.time()?),
        actor: page.fact(record.actor()?),
        role_arn: page.fact(record.role()),
        by_service: page.fact(record.by_service()),
        from_console: page.fact(record.in_console()),
        error: page.fact(record.error.clone()),
        status: page.fact(record.status()?),
        targets: page.fact(listed.targets()),
        request_id: page.fact(record.request_id.clone()),
    })
}

fn one_change(page: &Told<Page>, listed: &Listed, record: &Record) -> Result<Change, Missing> {
    Ok(Change {
        name: page.fact(listed.name()?.to_owned()),
        source: page.fact(listed.source()?.to_owned()),
        time: page.fact(listed.time()?),
        actor: page.fact(record.actor()?),
        role_arn: page.fact(record.role()),
        by_service: page.fact(record.by_service()),
        from_console: page.fact(record.in_console()),
        error: page.fact(record.error.clone()),
        targets: page.fact(listed.targets()),
        request_id: page.fact(record.request_id.clone()),
    })
}
