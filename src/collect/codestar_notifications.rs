//! Notification rules of the developer tools: who hears of deployments, builds and approvals.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codestar_notifications::Rule;

/// <https://docs.aws.amazon.com/codestar-notifications/latest/APIReference/Welcome.html>
const API: Api = Api::new("codestar-notifications", Protocol::RestJson);

/// Reads the rules of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Rule, Rules>(
        site,
        intake,
        async |token| {
            let question = Question::post("/listNotificationRules", json!({ "NextToken": token }));
            site.tell(&API, "ListNotificationRules", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.rules, async |rule| {
                one_rule(site, intake, page, rule).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Rules {
    #[serde(rename = "NotificationRules")]
    rules: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "Arn")]
    arn: String,
}

async fn one_rule(site: &Site, intake: &Intake, page: &Told<Rules>, rule: &Listed) {
    let question = Question::post("/describeNotificationRule", json!({ "Arn": rule.arn }));
    let about = format!("rule={}", rule.id);
    let described = site
        .tell::<Described>(&API, "DescribeNotificationRule", question, about)
        .await;
    let fields = Rule {
        id: page.fact(rule.id.clone()),
        name: described.read(|d| Ok(d.name.clone())),
        resource_arn: described.read(|d| Ok(d.resource.clone())),
        enabled: described.read(|d| Ok(d.status == "ENABLED")),
        events: described.read(|d| Ok(d.events.iter().map(|one| one.id.clone()).collect())),
        reaches: described.read(|d| {
            let reached = d.targets.iter().filter(|one| one.status == "ACTIVE");
            Ok(reached.map(|one| one.address.clone()).collect())
        }),
    };
    let identity = Identity {
        arn: rule.arn.clone(),
        name: rule.id.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// <https://docs.aws.amazon.com/codestar-notifications/latest/APIReference/API_DescribeNotificationRule.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Resource")]
    resource: String,
    #[serde(rename = "Status")]
    status: String,
    #[serde(rename = "EventTypes")]
    events: Vec<EventType>,
    #[serde(rename = "Targets")]
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct EventType {
    #[serde(rename = "EventTypeId")]
    id: String,
}

#[derive(Debug, Deserialize)]
struct Target {
    #[serde(rename = "TargetAddress")]
    address: String,
    #[serde(rename = "TargetStatus")]
    status: String,
}
