//! Route 53 Resolver: which VPCs log their DNS queries, and which filter them.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::route53resolver::{FirewallAssociation, QueryLog};

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53_Resolver.html>
const API: Api = Api::new(
    "route53resolver",
    Protocol::Json {
        version: "1.1",
        target: "Route53Resolver",
    },
);

/// Reads what is associated with the VPCs of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(query_logs(site, intake), firewalls(site, intake));
}

async fn query_logs(site: &Site, intake: &Intake) {
    list::<QueryLog, QueryLogs>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            let operation = "ListResolverQueryLogConfigAssociations";
            site.tell(&API, operation, question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for log in &page.value.associations {
                let fields = QueryLog {
                    id: page.fact(log.id.clone()),
                    vpc: page.fact(log.resource_id.clone()),
                    status: page.fact(log.status.clone()),
                    config: page.fact(log.resolver_query_log_config_id.clone()),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                // AWS has no ARN for an association; ours follows the form of the others.
                let identity = Identity {
                    arn: format!(
                        "arn:{partition}:route53resolver:{region}:{account}:resolver-query-log-config-association/{}",
                        log.id
                    ),
                    name: log.resource_id.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

async fn firewalls(site: &Site, intake: &Intake) {
    list::<FirewallAssociation, Firewalls>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListFirewallRuleGroupAssociations", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for association in &page.value.associations {
                let fields = FirewallAssociation {
                    name: page.fact(association.name.clone()),
                    vpc: page.fact(association.vpc_id.clone()),
                    rule_group: page.fact(association.firewall_rule_group_id.clone()),
                    status: page.fact(association.status.clone()),
                    protected: page.fact(association.mutation_protection == "ENABLED"),
                };
                let identity = Identity {
                    arn: association.arn.clone(),
                    name: association.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct QueryLogs {
    #[serde(rename = "ResolverQueryLogConfigAssociations")]
    associations: Vec<QueryLogAssociation>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ResolverQueryLogConfigAssociation.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct QueryLogAssociation {
    id: String,
    resource_id: String,
    resolver_query_log_config_id: String,
    status: String,
}

#[derive(Debug, Deserialize)]
struct Firewalls {
    #[serde(rename = "FirewallRuleGroupAssociations")]
    associations: Vec<Association>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_FirewallRuleGroupAssociation.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Association {
    arn: String,
    name: String,
    vpc_id: String,
    firewall_rule_group_id: String,
    status: String,
    mutation_protection: String,
}
