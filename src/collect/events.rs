//! EventBridge: buses with their policies, the rules on them with their targets, destinations outside AWS, and archives.

mod archives;
mod destinations;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::statements;
use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, each, gather, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::events::{Bus, Rule};
use crate::inventory::kinds::statement::{Statement, account_of};
use crate::inventory::{Gap, Read, Told};

/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "events",
    Protocol::Json {
        version: "1.1",
        target: "AWSEvents",
    },
);

/// Reads the buses of one region, their rules, where these may send events outside AWS, and what is archived.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        buses(site, intake),
        destinations::collect(site, intake),
        archives::collect(site, intake),
    );
}

async fn buses(site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell::<Buses>(&API, "ListEventBuses", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Bus>(&site.account, &site.region, &page.source);
            intake.listed::<Rule>(&site.account, &site.region, &page.source);
            each(&page.value.buses, async |bus| {
                one_bus(site, intake, page, bus);
                if let Err(gap) = rules(site, intake, bus).await {
                    intake.incomplete::<Rule>(&site.account, &site.region, gap);
                }
            })
            .await;
            Ok(())
        },
    );
    // Rules stand on buses: a bus that was not listed hides its own.
    if let Err(gap) = listing.await {
        intake.incomplete::<Bus>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Rule>(&site.account, &site.region, gap);
    }
}

/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EventBus.html>
#[derive(Debug, Deserialize)]
struct Buses {
    #[serde(rename = "EventBuses")]
    buses: Vec<ListedBus>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ListedBus {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Arn")]
    arn: String,
    /// Left out where no other account may send events.
    #[serde(rename = "Policy")]
    policy: Option<String>,
}

fn one_bus(site: &Site, intake: &Intake, page: &Told<Buses>, bus: &ListedBus) {
    let fields = Bus {
        name: page.fact(bus.name.clone()),
        policy: page.read(|_| policy(bus.policy.as_deref())),
        policy_accounts: page.read(|_| others(&policy(bus.policy.as_deref())?, &site.account)),
    };
    let identity = Identity {
        arn: bus.arn.clone(),
        name: bus.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

fn policy(document: Option<&str>) -> Result<Vec<Statement>, Missing> {
    document
        .filter(|document| !document.is_empty())
        .map_or_else(|| Ok(Vec::new()), statements)
}

/// Accounts that are let in, but this.
fn others(policy: &[Statement], account: &str) -> Result<Vec<String>, Missing> {
    let allowed = policy.iter().filter(|one| one.effect == "Allow");
    let accounts: BTreeSet<&str> = allowed
        .flat_map(|one| &one.principals)
        .filter_map(|principal| account_of(&principal.value))
        .filter(|other| *other != account)
        .collect();
    Ok(accounts.into_iter().map(str::to_owned).collect())
}

async fn rules(site: &Site, intake: &Intake, bus: &ListedBus) -> Result<(), Arc<Gap>> {
    let about = format!("bus={}", bus.name);
    pages(
        async |token| {
            let input = json!({ "EventBusName": bus.name, "NextToken": token });
            site.tell::<Rules>(&API, "ListRules", Question::json(input), &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Rule>(&site.account, &site.region, &page.source);
            each(&page.value.rules, async |rule| {
                one_rule(site, intake, page, bus, rule).await
            })
            .await;
            Ok(())
        },
    )
    .await
}

/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Rule.html>
#[derive(Debug, Deserialize)]
struct Rules {
    #[serde(rename = "Rules")]
    rules: Vec<ListedRule>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ListedRule {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Arn")]
    arn: String,
    #[serde(rename = "State")]
    state: String,
    /// Left out of rules that run at set times only.
    #[serde(rename = "EventPattern")]
    pattern: Option<String>,
    /// Left out of rules that wait for events.
    #[serde(rename = "ScheduleExpression")]
    schedule: Option<String>,
    #[serde(rename = "ManagedBy")]
    managed_by: Option<String>,
}

/// In force also for the calls that only read.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html>
const WITH_READS: &str = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

async fn one_rule(
    site: &Site,
    intake: &Intake,
    page: &Told<Rules>,
    bus: &ListedBus,
    rule: &ListedRule,
) {
    let hears_reads = rule.state == WITH_READS;
    let enabled = hears_reads || rule.state == "ENABLED";
    let hears_aws = enabled && bus.name == "default";
    let targets = targets(site, &bus.name, &rule.name).await;
    let fields = Rule {
        name: page.fact(rule.name.clone()),
        bus: page.fact(bus.name.clone()),
        managed_by: page.fact(rule.managed_by.clone()),
        enabled: page.fact(enabled),
        hears_aws: page.fact(hears_aws),
        hears_global: page.fact(hears_aws && hosts_global_services(site)),
        hears_reads: page.fact(hears_reads),
        pattern: page.fact(rule.pattern.clone()),
        schedule: page.fact(rule.schedule.clone()),
        serves: page.fact(enabled.then(|| bus.arn.clone())),
        topic_arns: of_service(&targets, "sns", ""),
        function_arns: functions(&targets),
        queue_arns: of_service(&targets, "sqs", ""),
        // Of EventBridge itself there are buses, and destinations that lead out of AWS.
        bus_arns: of_service(&targets, "events", "event-bus/"),
        destination_arns: of_service(&targets, "events", "api-destination/"),
        targets,
    };
    let identity = Identity {
        arn: rule.arn.clone(),
        name: rule.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// Of other partitions we do not know where those events arrive.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events>
fn hosts_global_services(site: &Site) -> bool {
    matches!(
        (&*site.partition, &*site.region),
        ("aws", "us-east-1") | ("aws-us-gov", "us-gov-west-1")
    )
}

async fn targets(site: &Site, bus: &str, rule: &str) -> Read<Vec<String>> {
    let about = format!("rule={bus}/{rule}");
    gather(
        async |token| {
            let input = json!({ "Rule": rule, "EventBusName": bus, "NextToken": token });
            site.tell::<Targets>(&API, "ListTargetsByRule", Question::json(input), &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.targets.iter().map(|one| one.arn.clone()).collect()),
    )
    .await
}

#[derive(Debug, Deserialize)]
struct Targets {
    #[serde(rename = "Targets")]
    targets: Vec<Target>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Target {
    #[serde(rename = "Arn")]
    arn: String,
}

/// The targets of one service whose resource begins so.
fn of_service(targets: &Read<Vec<String>>, service: &str, resource: &str) -> Read<Vec<String>> {
    let all = targets.as_ref().map_err(Clone::clone)?;
    let of = |arn: &&String| {
        let mut parts = arn.splitn(6, ':');
        parts.nth(2) == Some(service) && parts.nth(2).is_some_and(|name| name.starts_with(resource))
    };
    all.read(|all| Ok(all.iter().filter(of).cloned().collect()))
}

/// Functions by the ARN they are listed by: a target may name a version or an alias after it.
fn functions(targets: &Read<Vec<String>>) -> Read<Vec<String>> {
    let whole = |arn: &String| arn.split(':').take(7).collect::<Vec<_>>().join(":");
    let all = of_service(targets, "lambda", "")?;
    Ok(all.map(|all| all.iter().map(whole).collect()))
}
