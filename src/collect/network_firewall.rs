//! Network Firewall: firewalls with their logs and what their policy does.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Tag, Turn, each, list, tags};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::network_firewall::Firewall;

/// <https://docs.aws.amazon.com/network-firewall/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "network-firewall",
    Protocol::Json {
        version: "1.0",
        target: "NetworkFirewall_20201112",
    },
);

/// Reads the firewalls of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Firewall, Firewalls>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListFirewalls", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.firewalls, async |firewall| {
                one_firewall(site, intake, page, firewall).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_firewall(site: &Site, intake: &Intake, page: &Told<Firewalls>, firewall: &Summary) {
    let (arn, name) = (&firewall.firewall_arn, &firewall.firewall_name);
    let by_arn = || Question::json(json!({ "FirewallArn": arn }));
    let about = format!("firewall={name}");
    let (described, logging) = futures::join!(
        site.tell::<Answer>(&API, "DescribeFirewall", by_arn(), &about),
        site.tell::<Logging>(&API, "DescribeLoggingConfiguration", by_arn(), &about),
    );
    let policy = policy(site, &described, &about).await;
    let fields = Firewall {
        name: page.fact(name.clone()),
        vpc: described.read(|d| Ok(d.firewall.vpc_id.clone())),
        subnets: described.read(|d| Ok(d.firewall.subnet_mappings.iter().map(|_| 1).sum())),
        deletion_protection: described.read(|d| Ok(d.firewall.delete_protection)),
        policy: described.read(|d| Ok(d.firewall.firewall_policy_arn.clone())),
        logs: logging.read(|l| {
            let written = l
                .configuration
                .iter()
                .flat_map(|c| &c.log_destination_configs);
            let mut kinds: Vec<String> = written.map(|log| log.log_type.clone()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            Ok(kinds)
        }),
        rule_groups: policy.read(|p| {
            let (stateless, stateful) = (&p.policy.stateless, &p.policy.stateful);
            Ok(stateless.iter().chain(stateful).map(|_| 1).sum())
        }),
        default_actions: policy.read(|p| Ok(p.policy.default_actions.clone())),
        tags: described.read(|d| Ok(tags(&d.firewall.tags))),
    };
    let identity = Identity {
        arn: arn.clone(),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// The policy of a firewall, or the gap that hides which it is.
async fn policy(site: &Site, firewall: &Reply<Answer>, about: &str) -> Reply<PolicyAnswer> {
    match firewall.read(|d| Ok(d.firewall.firewall_policy_arn.clone())) {
        Err(gap) => Reply::Gap(gap),
        Ok(arn) => {
            let question = Question::json(json!({ "FirewallPolicyArn": arn.value }));
            site.tell(&API, "DescribeFirewallPolicy", question, about)
                .await
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Firewalls {
    firewalls: Vec<Summary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    firewall_name: String,
    firewall_arn: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    firewall: Described,
}

/// <https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_Firewall.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    vpc_id: String,
    firewall_policy_arn: String,
    subnet_mappings: Vec<IgnoredAny>,
    delete_protection: bool,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Debug, Deserialize)]
struct Logging {
    /// Always there: an answer without it is none.
    #[serde(rename = "FirewallArn")]
    _firewall: String,
    /// Left out where nothing is logged.
    #[serde(rename = "LoggingConfiguration")]
    configuration: Option<LoggingConfiguration>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LoggingConfiguration {
    log_destination_configs: Vec<Log>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Log {
    log_type: String,
}

#[derive(Debug, Deserialize)]
struct PolicyAnswer {
    #[serde(rename = "FirewallPolicy")]
    policy: Policy,
}

/// <https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_FirewallPolicy.html>
#[derive(Debug, Deserialize)]
struct Policy {
    /// Left out where there are none.
    #[serde(rename = "StatelessRuleGroupReferences", default)]
    stateless: Vec<IgnoredAny>,
    /// Left out where there are none.
    #[serde(rename = "StatefulRuleGroupReferences", default)]
    stateful: Vec<IgnoredAny>,
    #[serde(rename = "StatelessDefaultActions")]
    default_actions: Vec<String>,
}
