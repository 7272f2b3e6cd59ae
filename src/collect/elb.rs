//! Elastic Load Balancing: classic load balancers.

use serde::Deserialize;

use crate::aws::hosts::plain;
use crate::aws::{
    Api, Moment, Protocol, Question, Reply, Site, Tag, Turn, each, list, missing, tags,
};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::elb::{ClassicListener, LoadBalancer};
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/Welcome.html>
const API: Api = Api::new(
    "elb",
    Protocol::Query {
        version: "2012-06-01",
    },
)
.at("elasticloadbalancing", "elasticloadbalancing");

/// The most load balancers that DescribeTags takes.
const TAGGED: usize = 20;

/// Reads the classic load balancers of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<LoadBalancer, Balancers>(
        site,
        intake,
        async |token| {
            let question = Question::form().with("Marker", token);
            site.tell(&API, "DescribeLoadBalancers", question, "").await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            each(
                page.value.load_balancer_descriptions.chunks(TAGGED),
                async |few| {
                    let tagged = tags_of(site, few).await;
                    each(few, async |balancer| {
                        one_balancer(site, intake, page, balancer, &tagged).await
                    })
                    .await;
                },
            )
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_balancer(
    site: &Site,
    intake: &Intake,
    page: &Told<Balancers>,
    balancer: &Described,
    tagged: &Reply<Tagged>,
) {
    let name = &balancer.load_balancer_name;
    let about = format!("load_balancer={name}");
    let by_name = || Question::form().with("LoadBalancerName", Some(name));
    let (attributes, health, tls_protocols) = futures::join!(
        site.tell::<Attributes>(&API, "DescribeLoadBalancerAttributes", by_name(), &about),
        site.tell::<Health>(&API, "DescribeInstanceHealth", by_name(), &about),
        tls_protocols(site, page, balancer, &about),
    );
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let arn =
        format!("arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{name}");
    let fields = LoadBalancer {
        name: page.fact(name.clone()),
        arn: page.fact(arn.clone()),
        internet_facing: page.fact(balancer.scheme == "internet-facing"),
        dns_name: page.fact(plain(&balancer.dns_name)),
        created: page.fact(balancer.created_time.0),
        zones: page.fact(balancer.availability_zones.clone()),
        listeners: page.fact(
            balancer
                .listener_descriptions
                .iter()
                .map(|described| described.listener.told())
                .collect(),
        ),
        tls_protocols,
        instances: page.fact(balancer.instances.iter().map(|_| 1).sum()),
        healthy: health.read(|h| {
            let in_service = h.instance_states.iter().filter(|i| i.state == "InService");
            Ok(in_service.map(|_| 1).sum())
        }),
        access_logs: attributes.read(|a| Ok(a.load_balancer_attributes.access_log.enabled)),
        cross_zone: attributes.read(|a| {
            let cross_zone = &a.load_balancer_attributes.cross_zone_load_balancing;
            Ok(cross_zone.enabled)
        }),
        drains_connections: attributes
            .read(|a| Ok(a.load_balancer_attributes.connection_draining.enabled)),
        desync_mode: attributes.read(|a| {
            let others = &a.load_balancer_attributes.additional_attributes;
            let mode = others.iter().find(|a| a.key == DESYNC_MODE);
            Ok(mode.map(|mode| mode.value.clone()))
        }),
        tags: tagged.read(|t| {
            let found = t
                .tag_descriptions
                .iter()
                .find(|d| d.load_balancer_name == *name);
            Ok(tags(&found.ok_or(missing("the load balancer"))?.tags))
        }),
    };
    let identity = Identity {
        arn,
        name: name.clone(),
    };
    intake.add(account, region, identity, fields);
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_AdditionalAttribute.html>
const DESYNC_MODE: &str = "elb.http.desyncmitigationmode";

/// The versions that the policies of the TLS listeners allow. Those are attributes of a policy, AWS's own policies among
/// them. <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html>
async fn tls_protocols(
    site: &Site,
    page: &Told<Balancers>,
    balancer: &Described,
    about: &str,
) -> Read<Vec<String>> {
    let secure = balancer.listener_descriptions.iter().filter(|described| {
        let protocol = described.listener.protocol.as_str();
        protocol == "HTTPS" || protocol == "SSL"
    });
    let mut names: Vec<&String> = secure
        .flat_map(|described| &described.policy_names)
        .collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return page.fact(Vec::new());
    }
    let question = Question::form()
        .with("LoadBalancerName", Some(&balancer.load_balancer_name))
        .with_each("PolicyNames.member", names);
    let policies = site
        .tell::<Policies>(&API, "DescribeLoadBalancerPolicies", question, about)
        .await;
    policies.read(|p| {
        let attributes = p
            .policy_descriptions
            .iter()
            .flat_map(|policy| &policy.policy_attribute_descriptions);
        let mut allowed: Vec<String> = attributes
            .filter(|attribute| attribute.attribute_value == "true")
            .filter_map(|attribute| attribute.attribute_name.strip_prefix("Protocol-"))
            .map(str::to_owned)
            .collect();
        allowed.sort_unstable();
        allowed.dedup();
        Ok(allowed)
    })
}

async fn tags_of(site: &Site, few: &[Described]) -> Reply<Tagged> {
    let names: Vec<&str> = few.iter().map(|b| b.load_balancer_name.as_str()).collect();
    let about = format!("load_balancers={}", names.join(","));
    let question = Question::form().with_each("LoadBalancerNames.member", names);
    site.tell(&API, "DescribeTags", question, about).await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Balancers {
    load_balancer_descriptions: Vec<Described>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_LoadBalancerDescription.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    load_balancer_name: String,
    #[serde(rename = "DNSName")]
    dns_name: String,
    scheme: String,
    created_time: Moment,
    availability_zones: Vec<String>,
    instances: Vec<Instance>,
    listener_descriptions: Vec<DescribedListener>,
}

#[derive(Debug, Deserialize)]
struct Instance {}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DescribedListener {
    listener: Listener,
    /// Left out where there are none.
    #[serde(default)]
    policy_names: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listener {
    protocol: String,
    load_balancer_port: i64,
    instance_protocol: String,
    /// Left out where the listener does not end TLS.
    #[serde(rename = "SSLCertificateId")]
    certificate: Option<String>,
}

impl Listener {
    fn told(&self) -> ClassicListener {
        ClassicListener {
            protocol: self.protocol.clone(),
            port: self.load_balancer_port,
            instance_protocol: self.instance_protocol.clone(),
            certificate: self.certificate.clone(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attributes {
    load_balancer_attributes: All,
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_LoadBalancerAttributes.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct All {
    access_log: Switch,
    cross_zone_load_balancing: Switch,
    connection_draining: Switch,
    /// Left out where there are none.
    #[serde(default)]
    additional_attributes: Vec<Additional>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Switch {
    enabled: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Additional {
    key: String,
    value: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Health {
    instance_states: Vec<InstanceState>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InstanceState {
    state: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policies {
    policy_descriptions: Vec<Policy>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    policy_attribute_descriptions: Vec<PolicyAttribute>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyAttribute {
    attribute_name: String,
    attribute_value: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tagged {
    tag_descriptions: Vec<TagsOf>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TagsOf {
    load_balancer_name: String,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
}
