//! The records of a public zone that lead to machines.

use serde::Deserialize;

use super::{API, ROOT, Zone};
use crate::aws::{Question, Site, Turn, hosts, list, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::route53::Record;

pub(super) async fn collect(site: &Site, intake: &Intake, zone: &Zone) {
    list::<Record, Page>(
        site,
        intake,
        async |token| {
            let path = format!("{ROOT}/hostedzone/{}/rrset", part(zone.id()));
            let question = starting_at(Question::get(path), token.as_deref());
            let about = format!("zone={}", zone.name());
            site.tell(&API, "ListResourceRecordSets", question, about)
                .await
        },
        |page| Turn::marked(page.is_truncated, page.next().as_deref()),
        async |page| {
            let sets = page.value.resource_record_sets.iter();
            for set in sets.filter(|set| matches!(set.r#type.as_str(), "A" | "AAAA" | "CNAME")) {
                add(site, intake, page, zone, set);
            }
            Ok(())
        },
    )
    .await;
}

/// A page begins at a name, a type, and the identifier of one of several records of both.
fn starting_at(question: Question, token: Option<&str>) -> Question {
    let mut parts = token.into_iter().flat_map(|token| token.split('\n'));
    question
        .with("name", parts.next())
        .with("type", parts.next())
        .with("identifier", parts.next())
}

fn add(site: &Site, intake: &Intake, page: &Told<Page>, zone: &Zone, set: &RecordSet) {
    let name = readable(&set.name);
    let leads = set.leads(&name);
    let alias = set.alias_target.as_ref();
    let fields = Record {
        name: page.fact(name.clone()),
        r#type: page.fact(set.r#type.clone()),
        zone_id: page.fact(zone.id().to_owned()),
        values: page.fact(set.values()),
        target: page.fact(set.target()),
        bucket: page.fact(leads.bucket),
        distribution: page.fact(leads.distribution),
        load_balancer: page.fact(leads.load_balancer),
        health_check: page.fact(set.health_check_id.clone()),
        follows_health: page.fact(alias.map(|alias| alias.evaluate_target_health)),
        failover: page.fact(set.failover.clone()),
    };
    // AWS has no ARN for a record; ours goes on where the zone's ends.
    let mut arn = format!(
        "arn:{}:route53:::hostedzone/{}/rrset/{name}/{}",
        site.partition,
        zone.id(),
        set.r#type
    );
    if let Some(identifier) = &set.set_identifier {
        arn.push_str(&format!("/{identifier}"));
    }
    let identity = Identity {
        arn,
        name: format!("{name} {}", set.r#type),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// A name as people write it: without the last dot, and with the asterisk that Route 53 writes as an octal code.
/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html>
pub(super) fn readable(name: &str) -> String {
    name.trim_end_matches('.').replace("\\052", "*")
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    resource_record_sets: Vec<RecordSet>,
    is_truncated: bool,
    next_record_name: Option<String>,
    next_record_type: Option<String>,
    /// Left out where the next record is the only one of its name and type.
    next_record_identifier: Option<String>,
}

impl Page {
    fn next(&self) -> Option<String> {
        let mut next = format!(
            "{}\n{}",
            self.next_record_name.as_ref()?,
            self.next_record_type.as_ref()?
        );
        if let Some(identifier) = &self.next_record_identifier {
            next.push('\n');
            next.push_str(identifier);
        }
        Some(next)
    }
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RecordSet {
    name: String,
    r#type: String,
    /// Left out of the only record of its name and type.
    set_identifier: Option<String>,
    /// Left out of aliases.
    #[serde(default)]
    resource_records: Vec<Value>,
    /// Left out of all but aliases.
    alias_target: Option<Alias>,
    health_check_id: Option<String>,
    failover: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Value {
    value: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Alias {
    #[serde(rename = "DNSName")]
    name: String,
    evaluate_target_health: bool,
}

/// What a record leads to.
#[derive(Debug, Default, PartialEq)]
struct Leads {
    bucket: Option<String>,
    distribution: Option<String>,
    load_balancer: Option<String>,
}

impl RecordSet {
    fn values(&self) -> Vec<String> {
        let values = self.resource_records.iter();
        values.map(|value| value.value.clone()).collect()
    }

    fn target(&self) -> Option<String> {
        let name = match (&self.alias_target, self.r#type.as_str()) {
            (Some(alias), _) => Some(&alias.name),
            (None, "CNAME") => self.resource_records.first().map(|value| &value.value),
            (None, _) => None,
        };
        name.map(|name| hosts::plain(name))
    }

    fn leads(&self, name: &str) -> Leads {
        let Some(target) = self.target() else {
            return Leads::default();
        };
        if hosts::is_distribution(&target) {
            return Leads {
                distribution: Some(target),
                ..Leads::default()
            };
        }
        if hosts::is_load_balancer(&target) {
            return Leads {
                load_balancer: Some(target),
                ..Leads::default()
            };
        }
        let bucket = if hosts::is_shared_website(&target) {
            Some(name.to_ascii_lowercase())
        } else {
            hosts::bucket(&target).map(|(bucket, _)| bucket.to_owned())
        };
        Leads {
            bucket,
            ..Leads::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(to: &str) -> RecordSet {
        RecordSet {
            name: "www.acme.example.".to_owned(),
            r#type: "A".to_owned(),
            set_identifier: None,
            resource_records: Vec::new(),
            alias_target: Some(Alias {
                name: to.to_owned(),
                evaluate_target_health: false,
            }),
            health_check_id: None,
            failover: None,
        }
    }

    fn cname(to: &str) -> RecordSet {
        RecordSet {
            r#type: "CNAME".to_owned(),
            resource_records: vec![Value {
                value: to.to_owned(),
            }],
            alias_target: None,
            ..alias("")
        }
    }

    fn leads(set: &RecordSet) -> Leads {
        set.leads("www.acme.example")
    }

    #[test]
    fn an_alias_to_a_website_leads_to_the_bucket_of_its_own_name() {
        let bucket = leads(&alias("s3-website-us-east-1.amazonaws.com.")).bucket;
        assert_eq!(bucket.as_deref(), Some("www.acme.example"));
    }

    #[test]
    fn a_cname_names_its_bucket() {
        for host in [
            "acme.s3-website-us-east-1.amazonaws.com",
            "acme.s3.amazonaws.com.",
        ] {
            assert_eq!(
                leads(&cname(host)).bucket.as_deref(),
                Some("acme"),
                "{host}"
            );
        }
    }

    #[test]
    fn balancers_and_distributions_are_found_however_they_are_written() {
        let to = alias("dualstack.Web-1.us-east-1.elb.amazonaws.com.");
        let balancer = leads(&to).load_balancer;
        assert_eq!(
            balancer.as_deref(),
            Some("web-1.us-east-1.elb.amazonaws.com")
        );
        let distribution = leads(&cname("D1.cloudfront.net")).distribution;
        assert_eq!(distribution.as_deref(), Some("d1.cloudfront.net"));
        assert_eq!(leads(&cname("acme.example.org")), Leads::default());
    }

    #[test]
    fn addresses_lead_by_themselves() {
        let addresses = RecordSet {
            alias_target: None,
            ..alias("")
        };
        assert_eq!(addresses.target(), None);
        assert_eq!(leads(&addresses), Leads::default());
    }
}
