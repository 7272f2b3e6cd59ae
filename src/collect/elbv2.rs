//! Elastic Load Balancing: application, network and gateway load balancers, their listeners and target groups.

mod listeners;
mod targets;

use serde::Deserialize;

use crate::aws::hosts::plain;
use crate::aws::{
    Api, Missing, Moment, Protocol, Question, Reply, Site, Tag, Turn, each, missing, pages, tags,
};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::elbv2::{Listener, LoadBalancer};
use listeners::Policies;

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "elbv2",
    Protocol::Query {
        version: "2015-12-01",
    },
)
.at("elasticloadbalancing", "elasticloadbalancing");

/// The most resources that DescribeTags takes.
const TAGGED: usize = 20;

/// Reads the load balancers and target groups of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(balancers(site, intake), targets::collect(site, intake));
}

async fn balancers(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let with_listeners = site.plans_any(&["elbv2:DescribeListeners"]);
    let policies = Policies::default();
    let listing = pages(
        async |token| {
            let question = Question::form().with("Marker", token);
            site.tell::<Balancers>(&API, "DescribeLoadBalancers", question, "")
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            intake.listed::<LoadBalancer>(account, region, &page.source);
            if with_listeners {
                intake.listed::<Listener>(account, region, &page.source);
            }
            each(page.value.load_balancers.chunks(TAGGED), async |few| {
                let tagged = tags_of(site, few).await;
                each(few, async |balancer| {
                    one_balancer(site, intake, page, balancer, &tagged).await;
                    // Gateway load balancers listen to everything, and have neither protocol nor port.
                    if with_listeners && balancer.r#type != "gateway" {
                        listeners::collect(site, intake, balancer, &policies).await;
                    }
                })
                .await;
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<LoadBalancer>(account, region, gap.clone());
        if with_listeners {
            intake.incomplete::<Listener>(account, region, gap);
        }
    }
}

async fn one_balancer(
    site: &Site,
    intake: &Intake,
    page: &Told<Balancers>,
    balancer: &Described,
    tagged: &Reply<Tagged>,
) {
    let (arn, name) = (&balancer.load_balancer_arn, &balancer.load_balancer_name);
    let attributes = site
        .tell::<Attributes>(
            &API,
            "DescribeLoadBalancerAttributes",
            Question::form().with("LoadBalancerArn", Some(arn)),
            format!("load_balancer={name}"),
        )
        .await;
    let fields = LoadBalancer {
        name: page.fact(name.clone()),
        arn: page.fact(arn.clone()),
        r#type: page.fact(balancer.r#type.clone()),
        internet_facing: page.fact(balancer.scheme.as_deref() == Some("internet-facing")),
        dns_name: page.fact(balancer.dns_name.as_deref().map(plain)),
        vpc: page.fact(balancer.vpc_id.clone()),
        state: page.fact(balancer.state.code.clone()),
        created: page.fact(balancer.created_time.0),
        zones: page.fact(
            balancer
                .availability_zones
                .iter()
                .map(|zone| zone.zone_name.clone())
                .collect(),
        ),
        security_groups: page.fact(balancer.security_groups.clone()),
        deletion_protection: attributes.read(|a| {
            a.flag("deletion_protection.enabled")?
                .ok_or(missing("deletion_protection.enabled"))
        }),
        // Gateway load balancers have no such attribute.
        access_logs: attributes.read(|a| match a.flag("access_logs.s3.enabled")? {
            None if balancer.r#type != "gateway" => Err(missing("access_logs.s3.enabled")),
            enabled => Ok(enabled == Some(true)),
        }),
        drops_invalid_headers: attributes
            .read(|a| a.flag("routing.http.drop_invalid_header_fields.enabled")),
        desync_mode: attributes.read(|a| {
            Ok(a.value("routing.http.desync_mitigation_mode")
                .map(str::to_owned))
        }),
        cross_zone: attributes.read(|a| a.flag("load_balancing.cross_zone.enabled")),
        tags: tagged.read(|t| {
            let found = t.tag_descriptions.iter().find(|d| d.resource_arn == *arn);
            Ok(tags(&found.ok_or(missing("the load balancer"))?.tags))
        }),
    };
    let identity = Identity {
        arn: arn.clone(),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

async fn tags_of(site: &Site, few: &[Described]) -> Reply<Tagged> {
    let names: Vec<&str> = few.iter().map(|b| b.load_balancer_name.as_str()).collect();
    let arns = few.iter().map(|b| &b.load_balancer_arn);
    let question = Question::form().with_each("ResourceArns.member", arns);
    let about = format!("load_balancers={}", names.join(","));
    site.tell(&API, "DescribeTags", question, about).await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Balancers {
    load_balancers: Vec<Described>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    load_balancer_arn: String,
    load_balancer_name: String,
    r#type: String,
    /// Left out of gateway load balancers.
    scheme: Option<String>,
    /// Left out of gateway load balancers.
    #[serde(rename = "DNSName")]
    dns_name: Option<String>,
    vpc_id: String,
    state: State,
    created_time: Moment,
    availability_zones: Vec<Zone>,
    /// Left out where there are none.
    #[serde(default)]
    security_groups: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct State {
    code: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Zone {
    zone_name: String,
}

/// <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attributes {
    attributes: Vec<Attribute>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute {
    key: String,
    value: String,
}

impl Attributes {
    fn value(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|a| a.key == key);
        found.map(|attribute| attribute.value.as_str())
    }

    fn flag(&self, key: &str) -> Result<Option<bool>, Missing> {
        match self.value(key) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(other) => Err(Missing(format!("{key} is `{other}`, not true or false"))),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tagged {
    tag_descriptions: Vec<TagsOf>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TagsOf {
    resource_arn: String,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
}
