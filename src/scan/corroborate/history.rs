//! The event history of each region that the run called.
//!
//! It is asked by the id of the access key that signed the run's calls, or by the name of its session where a run was recorded
//! before the ids were kept: CloudTrail cannot be asked by request id.
//! <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html>

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_types::SdkConfig;
use jiff::Timestamp;
use serde_json::json;

use super::{Document, Subject, Wanted};
use crate::aws::cloudtrail::{API, Listed, PAGE, Page};
use crate::aws::{Missing, Plan, Progress, Question, Shared, Site, Turn, pages, session};
use crate::bundle::corroborate::{Event, SCHEMA, history_of, reconcile};
use crate::bundle::digest;
use crate::inventory::{GLOBAL, Gap, Told};
use crate::scan::ScanError;

/// The calls that are made, as a plan and a policy name them.
pub const CALLS: [&str; 2] = ["cloudtrail:LookupEvents", "sts:GetCallerIdentity"];

/// CloudTrail lets two requests a second through in an account and region.
const PACE: Duration = Duration::from_millis(550);

/// Looks up and compares.
///
/// # Errors
/// When AWS does not tell who is asking. What else it does not tell is a gap.
pub async fn corroborate(
    sdk: SdkConfig,
    wanted: Wanted<'_>,
    progress: Arc<Progress>,
) -> Result<Document, ScanError> {
    let own_region = sdk
        .region()
        .map_or("us-east-1", |region| region.as_ref())
        .to_owned();
    let plan = Plan::new(CALLS.map(str::to_owned));
    let shared = Arc::new(Shared::new(
        sdk,
        plan,
        wanted.now,
        wanted.replayed,
        progress,
    ));
    let door = Site::new("caller", "aws", GLOBAL, &own_region, shared.clone());
    let caller = session::caller(&door).await?;
    let home = session::home_region(&caller.partition);
    let global = Site::new(&caller.account, &caller.partition, GLOBAL, home, shared);

    let (from, to) = wanted.window();
    let regions: BTreeSet<&str> = wanted
        .attempts
        .iter()
        .map(|attempt| history_of(attempt, home))
        .collect();
    let mut read = BTreeSet::new();
    let mut gaps = Vec::new();
    let mut events = BTreeMap::new();
    for region in regions {
        let site = global.at(region);
        match history(&site, &wanted.subject, (from, to)).await {
            Ok(found) => {
                read.insert(region.to_owned());
                let by_id = found.into_iter();
                events.extend(by_id.map(|event| (event.event_id.clone(), event)));
            }
            Err(gap) => gaps.push(gap),
        }
    }
    let events: Vec<Event> = events.into_values().collect();
    let found = reconcile(wanted.attempts, &events, &|attempt| {
        read.contains(history_of(attempt, home))
    });
    Ok(Document {
        schema: SCHEMA,
        run: wanted.manifest.run.id.clone(),
        manifest_sha256: wanted.manifest_sha256.to_owned(),
        asked_at: wanted.now,
        asked_by: Some(caller.arn),
        asked_for: wanted.subject,
        from,
        to,
        read,
        gaps,
        trail: None,
        found,
    })
}

/// The events of one region, page by page.
async fn history(
    site: &Site,
    subject: &Subject,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Event>, Arc<Gap>> {
    let found = Mutex::new(Vec::new());
    for value in &subject.values {
        pages(
            async |token| {
                if !site.is_replayed() {
                    tokio::time::sleep(PACE).await;
                }
                let input = json!({
                    "LookupAttributes": [{ "AttributeKey": subject.attribute, "AttributeValue": value }],
                    "StartTime": from.as_second(),
                    "EndTime": to.as_second(),
                    "MaxResults": PAGE,
                    "NextToken": token,
                });
                let about = format!("{}={value}", subject.attribute);
                site.tell::<Page>(&API, "LookupEvents", Question::json(input), about)
                    .await
            },
            |page| Turn::to(page.next.as_deref()),
            async |page: &Told<Page>| {
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                for listed in &page.value.events {
                    found.push(event(listed, &site.region)?);
                }
                Ok(())
            },
        )
        .await?;
    }
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn event(listed: &Listed, region: &str) -> Result<Event, Missing> {
    let record = listed.record()?;
    Ok(Event {
        event_id: listed.id.clone(),
        name: record.name()?.to_owned(),
        source: record.source()?.to_owned(),
        region: region.to_owned(),
        at: record.time()?,
        request_id: record.request_id,
        error: record.error,
        sha256: digest(listed.text.as_bytes()).sha256,
    })
}
