//! AWS Health: changes that AWS has set a date for, and that this account has a part in.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::health::ScheduledChange;

/// One endpoint answers for all regions. <https://docs.aws.amazon.com/health/latest/ug/health-api.html>
const API: Api = Api::new(
    "health",
    Protocol::Json {
        version: "1.1",
        target: "AWSHealth_20160804",
    },
)
.alone(&[
    ("aws", "health.us-east-1.amazonaws.com", "us-east-1"),
    (
        "aws-us-gov",
        "health.us-gov-west-1.amazonaws.com",
        "us-gov-west-1",
    ),
    (
        "aws-cn",
        "health.cn-northwest-1.amazonaws.com.cn",
        "cn-northwest-1",
    ),
]);

/// Reads what is to come, once for the account.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let filter = json!({
        "eventTypeCategories": ["scheduledChange"],
        "eventStatusCodes": ["open", "upcoming"],
    });
    list::<ScheduledChange, Events>(
        site,
        intake,
        async |token| {
            let input = json!({ "filter": filter, "maxResults": 100, "nextToken": token });
            site.tell(&API, "DescribeEvents", Question::json(input), "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for event in &page.value.events {
                let fields = ScheduledChange {
                    service: page.fact(event.service.clone()),
                    r#type: page.fact(event.kind.clone()),
                    place: page.fact(event.region.clone()),
                    status: page.fact(event.status.clone()),
                    ours: page.fact(event.scope.as_deref() == Some("ACCOUNT_SPECIFIC")),
                    starts: page.fact(event.starts.map(|moment| moment.0)),
                };
                let identity = Identity {
                    arn: event.arn.clone(),
                    name: event.kind.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/health/latest/APIReference/API_Event.html>
#[derive(Debug, Deserialize)]
struct Events {
    events: Vec<Event>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Event {
    arn: String,
    service: String,
    #[serde(rename = "eventTypeCode")]
    kind: String,
    /// Left out of events that are about no one region.
    region: Option<String>,
    #[serde(rename = "statusCode")]
    status: String,
    #[serde(rename = "eventScopeCode")]
    scope: Option<String>,
    /// Left out where AWS has not set a time.
    #[serde(rename = "startTime")]
    starts: Option<Moment>,
}
