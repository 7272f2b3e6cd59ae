//! When alarms went off in the last thirty days, which is as long as CloudWatch keeps their history.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{AlarmHistoryItem, AlarmType, HistoryItemType};
use aws_smithy_types::DateTime;
use serde::Deserialize;

use crate::ask;
use crate::aws::{Missing, Site, Turn, instant, list_to, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cloudwatch::GoingOff;

/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html>
const WINDOW: i64 = 30 * 24 * 60 * 60;

/// Pages of a hundred changes of state that are read. An alarm that flutters fills any number.
const PAGES: usize = 20;

/// Reads the changes of state of one region.
pub(super) async fn collect(site: &Site, cloudwatch: &Client, intake: &Intake) {
    let until = site.now().as_second();
    list_to::<GoingOff, _>(
        (site, intake, PAGES),
        async |token| {
            let describe = cloudwatch
                .describe_alarm_history()
                .alarm_types(AlarmType::MetricAlarm)
                .alarm_types(AlarmType::CompositeAlarm)
                .history_item_type(HistoryItemType::StateUpdate)
                .start_date(DateTime::from_secs(until - WINDOW))
                .end_date(DateTime::from_secs(until))
                .max_records(100)
                .set_next_token(token);
            ask!(site, "cloudwatch:DescribeAlarmHistory", describe)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            let items = page.value.alarm_history_items.as_ref();
            for item in items.ok_or(missing("AlarmHistoryItems"))? {
                if !went_off(item)? {
                    continue;
                }
                let alarm = item.alarm_name().ok_or(missing("AlarmName"))?;
                let at = instant(item.timestamp().ok_or(missing("Timestamp"))?)?;
                let fields = GoingOff {
                    alarm_name: page.fact(alarm.to_owned()),
                    at: page.fact(at),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    // Ours: the history knows an alarm and a time.
                    arn: format!(
                        "arn:{partition}:cloudwatch:{region}:{account}:alarm:{alarm}/{at}"
                    ),
                    name: format!("{alarm} at {at}"),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// Whether an alarm changed into the state of alarm.
fn went_off(item: &AlarmHistoryItem) -> Result<bool, Missing> {
    let data = item.history_data().ok_or(missing("HistoryData"))?;
    let data: Change = serde_json::from_str(data).map_err(|error| {
        Missing(format!(
            "the history of an alarm is not what it was: {error}"
        ))
    })?;
    Ok(data.new.value == "ALARM")
}

#[derive(Debug, Deserialize)]
struct Change {
    #[serde(rename = "newState")]
    new: State,
}

#[derive(Debug, Deserialize)]
struct State {
    #[serde(rename = "stateValue")]
    value: String,
}
