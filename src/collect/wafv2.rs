//! AWS WAF: web ACLs with their rules, their logs and what they guard.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use tokio::sync::OnceCell;

use crate::aws::{Api, Protocol, Question, Site, Turn, each, gather, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::wafv2::{WebAcl, WebRule};
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/waf/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "wafv2",
    Protocol::Json {
        version: "1.1",
        target: "AWSWAF_20190729",
    },
);

/// The region in which web ACLs for CloudFront live. Outside the partition of the world there are none.
/// <https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html>
const OF_CLOUDFRONT: &str = "us-east-1";

/// The kinds of resources whose web ACL we look for. Each costs a call a web ACL.
const GUARDED: [&str; 2] = ["APPLICATION_LOAD_BALANCER", "API_GATEWAY"];

/// Reads the web ACLs of one region, and CloudFront's where they are at home.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let cloudfront = async {
        if &*site.partition == "aws" && site.reads_for(OF_CLOUDFRONT) {
            acls(site, &site.at(OF_CLOUDFRONT), intake, "CLOUDFRONT").await;
        }
    };
    futures::join!(acls(site, site, intake, "REGIONAL"), cloudfront);
}

/// `there` is where they are asked for, `site` whose population they join.
async fn acls(site: &Site, there: &Site, intake: &Intake, scope: &'static str) {
    let logs = Logs::default();
    list::<WebAcl, Listed>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "Scope": scope, "NextMarker": token }));
            let about = format!("scope={scope}");
            there.tell(&API, "ListWebACLs", question, about).await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            each(&page.value.acls, async |acl| {
                let fields = one_acl(there, page, acl, scope, &logs).await;
                let identity = Identity {
                    arn: acl.arn.clone(),
                    name: acl.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_acl(
    there: &Site,
    page: &Told<Listed>,
    acl: &Summary,
    scope: &'static str,
    logs: &Logs,
) -> WebAcl {
    let question = Question::json(json!({ "Name": acl.name, "Scope": scope, "Id": acl.id }));
    let about = format!("web_acl={}", acl.name);
    let (described, destinations, resources) = futures::join!(
        there.tell::<Answer>(&API, "GetWebACL", question, &about),
        logs.of(there, scope, &acl.arn),
        resources(there, page, acl, scope),
    );
    WebAcl {
        name: page.fact(acl.name.clone()),
        scope: page.fact(scope.to_owned()),
        default_action: described.read(|d| {
            let blocks = d.acl.default_action.block.is_some();
            Ok(if blocks { "block" } else { "allow" }.to_owned())
        }),
        rules: described.read(|d| Ok(d.acl.rules())),
        metrics: described.read(|d| Ok(d.acl.visibility_config.metrics)),
        log_destinations: destinations,
        resources,
    }
}

/// What it guards. CloudFront's are known by their distributions alone.
/// <https://docs.aws.amazon.com/waf/latest/APIReference/API_ListResourcesForWebACL.html>
async fn resources(
    there: &Site,
    page: &Told<Listed>,
    acl: &Summary,
    scope: &str,
) -> Read<Vec<String>> {
    let mut all = page.fact(Vec::new())?;
    if scope == "CLOUDFRONT" {
        return Ok(all);
    }
    for kind in GUARDED {
        let question = Question::json(json!({ "WebACLArn": acl.arn, "ResourceType": kind }));
        let about = format!("web_acl={}, type={kind}", acl.name);
        let told = there
            .tell::<Guarded>(&API, "ListResourcesForWebACL", question, about)
            .await
            .told()?;
        all.value.extend(told.value.arns);
        all.source = told.source;
    }
    Ok(all)
}

/// The log configurations of a scope, asked for with the first web ACL.
#[derive(Debug, Default)]
struct Logs(OnceCell<Read<Vec<LogConfiguration>>>);

impl Logs {
    async fn of(&self, there: &Site, scope: &str, acl: &str) -> Read<Vec<String>> {
        let all = async || {
            gather(
                async |token| {
                    let question = Question::json(json!({ "Scope": scope, "NextMarker": token }));
                    let about = format!("scope={scope}");
                    there
                        .tell::<LogPage>(&API, "ListLoggingConfigurations", question, about)
                        .await
                },
                |page| Turn::to(page.next_marker.as_deref()),
                |page| Ok(page.configurations.clone()),
            )
            .await
        };
        let all = self.0.get_or_init(all).await;
        all.as_ref().map_err(Clone::clone)?.read(|all| {
            let own = all.iter().filter(|known| known.resource_arn == acl);
            Ok(own
                .flat_map(|known| known.log_destination_configs.clone())
                .collect())
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    #[serde(rename = "WebACLs")]
    acls: Vec<Summary>,
    next_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    name: String,
    id: String,
    #[serde(rename = "ARN")]
    arn: String,
}

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "WebACL")]
    acl: Described,
}

/// <https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    default_action: DefaultAction,
    visibility_config: Visibility,
    /// Left out where there are none.
    #[serde(default)]
    rules: Vec<Rule>,
    /// Left out where Firewall Manager adds none.
    #[serde(default)]
    pre_process_firewall_manager_rule_groups: Vec<Rule>,
    /// Left out where Firewall Manager adds none.
    #[serde(default)]
    post_process_firewall_manager_rule_groups: Vec<Rule>,
}

impl Described {
    /// The lowest priority comes first; Firewall Manager's groups stand around the others whatever their priority.
    fn rules(&self) -> Vec<WebRule> {
        let parts = [
            &self.pre_process_firewall_manager_rule_groups,
            &self.rules,
            &self.post_process_firewall_manager_rule_groups,
        ];
        let ordered = parts.into_iter().flat_map(|part| {
            let mut part: Vec<&Rule> = part.iter().collect();
            part.sort_by_key(|rule| rule.priority);
            part
        });
        ordered.map(Rule::told).collect()
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DefaultAction {
    block: Option<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct Visibility {
    #[serde(rename = "CloudWatchMetricsEnabled")]
    metrics: bool,
    #[serde(rename = "SampledRequestsEnabled")]
    samples: bool,
}

/// A rule of the owner's, or of Firewall Manager's, which calls its statement otherwise.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Rule {
    name: String,
    priority: i64,
    #[serde(alias = "FirewallManagerStatement")]
    statement: Statement,
    /// Of a rule that is no group.
    action: Option<Action>,
    /// Of a group.
    override_action: Option<Action>,
    visibility_config: Visibility,
}

/// Groups and rates stand outermost only, so nested statements need no look.
/// <https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    managed_rule_group_statement: Option<Managed>,
    rule_group_reference_statement: Option<IgnoredAny>,
    rate_based_statement: Option<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Managed {
    vendor_name: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Action {
    count: Option<IgnoredAny>,
}

impl Rule {
    fn told(&self) -> WebRule {
        let statement = &self.statement;
        let kind = if statement.managed_rule_group_statement.is_some() {
            "managed"
        } else if statement.rule_group_reference_statement.is_some() {
            "group"
        } else if statement.rate_based_statement.is_some() {
            "rate"
        } else {
            "own"
        };
        let counts = |action: &Option<Action>| action.as_ref().is_some_and(|a| a.count.is_some());
        let managed = statement.managed_rule_group_statement.as_ref();
        WebRule {
            name: self.name.clone(),
            r#type: kind.to_owned(),
            managed: managed.map(|group| format!("{}/{}", group.vendor_name, group.name)),
            counts_only: counts(&self.action) || counts(&self.override_action),
            metrics: self.visibility_config.metrics,
            samples: self.visibility_config.samples,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LogPage {
    #[serde(rename = "LoggingConfigurations")]
    configurations: Vec<LogConfiguration>,
    next_marker: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LogConfiguration {
    resource_arn: String,
    log_destination_configs: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Guarded {
    #[serde(rename = "ResourceArns")]
    arns: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_come_in_the_order_in_which_they_are_tried() {
        let rule = |name: &str, priority: i64, statement: &str, action: &str| {
            format!(
                r#"{{"Name":"{name}","Priority":{priority},{statement},{action},
                "VisibilityConfig":{{"CloudWatchMetricsEnabled":true,"SampledRequestsEnabled":false,"MetricName":"m"}}}}"#
            )
        };
        let managed = r#""ManagedRuleGroupStatement":{"VendorName":"AWS","Name":"Common"}"#;
        let acl = format!(
            r#"{{"DefaultAction":{{"Allow":{{}}}},"VisibilityConfig":{{"CloudWatchMetricsEnabled":true,"SampledRequestsEnabled":true}},
            "Rules":[{},{}],"PreProcessFirewallManagerRuleGroups":[{}]}}"#,
            rule(
                "slow-down",
                7,
                r#""Statement":{"RateBasedStatement":{"Limit":100}}"#,
                r#""Action":{"Block":{}}"#
            ),
            rule(
                "watch",
                2,
                r#""Statement":{"GeoMatchStatement":{}}"#,
                r#""Action":{"Count":{}}"#
            ),
            rule(
                "fms",
                9,
                &format!(r#""FirewallManagerStatement":{{{managed}}}"#),
                r#""OverrideAction":{"None":{}}"#
            ),
        );
        let acl: Described = serde_json::from_str(&acl).unwrap();
        let told = acl.rules();
        let told: Vec<_> = told
            .iter()
            .map(|rule| (rule.name.as_str(), rule.r#type.as_str(), rule.counts_only))
            .collect();
        assert_eq!(
            told,
            [
                ("fms", "managed", false),
                ("watch", "own", true),
                ("slow-down", "rate", false)
            ]
        );
    }
}
