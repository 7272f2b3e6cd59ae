//! OpenSearch Service: domains of OpenSearch and Elasticsearch.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::statements;
use crate::aws::{
    Api, Missing, Moment, Protocol, Question, Reply, Site, Turn, each, list, missing,
};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::opensearch::Domain;
use crate::inventory::{Read, Told};

/// <https://docs.aws.amazon.com/opensearch-service/latest/APIReference/Welcome.html>
const API: Api = Api::new("opensearch", Protocol::RestJson).at("es", "es");

/// The most domains that `DescribeDomains` takes.
const BATCH: usize = 5;

/// Reads the domains of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Domain, Names>(
        site,
        intake,
        // All of them at once: it knows no pages.
        async |_| {
            let question = Question::get("/2021-01-01/domain");
            site.tell(&API, "ListDomainNames", question, "").await
        },
        |_| Turn::End,
        async |page| {
            each(page.value.domain_names.chunks(BATCH), async |names| {
                let names: Vec<&str> = names.iter().map(|one| one.domain_name.as_str()).collect();
                let question = Question::post(
                    "/2021-01-01/opensearch/domain-info",
                    json!({ "DomainNames": names }),
                );
                let about = format!("domains={}", names.join(","));
                let described = site
                    .tell::<Domains>(&API, "DescribeDomains", question, about)
                    .await;
                for name in names {
                    one_domain(site, intake, page, &described, name);
                }
            })
            .await;
            Ok(())
        },
    )
    .await;
}

fn one_domain(
    site: &Site,
    intake: &Intake,
    page: &Told<Names>,
    described: &Reply<Domains>,
    name: &str,
) {
    let fields = Domain {
        name: page.fact(name.to_owned()),
        engine_version: of(described, name, |d| Ok(d.engine_version.clone())),
        release: of(described, name, |d| {
            let (engine, version) = d
                .engine_version
                .split_once('_')
                .ok_or_else(|| missing("engine and version of EngineVersion"))?;
            Ok(format!("{} {version}", engine.to_lowercase()))
        }),
        vpc: of(described, name, |d| {
            Ok(d.vpc_options.as_ref().map(|vpc| vpc.vpc_id.clone()))
        }),
        policy: of(described, name, |d| match d.access_policies.as_deref() {
            None | Some("") => Ok(Vec::new()),
            Some(document) => statements(document),
        }),
        encrypted: of(described, name, |d| {
            Ok(d.encryption_at_rest_options.enabled)
        }),
        kms_key: of(described, name, |d| {
            Ok(d.encryption_at_rest_options.kms_key_id.clone())
        }),
        encrypts_between_nodes: of(described, name, |d| {
            Ok(d.node_to_node_encryption_options.enabled)
        }),
        requires_https: of(described, name, |d| {
            Ok(d.domain_endpoint_options.enforce_https)
        }),
        tls_policy: of(described, name, |d| {
            Ok(d.domain_endpoint_options.tls_security_policy.clone())
        }),
        fine_grained_access: of(described, name, |d| Ok(d.advanced_security_options.enabled)),
        internal_users: of(described, name, |d| {
            let options = &d.advanced_security_options;
            Ok(options.internal_user_database_enabled == Some(true))
        }),
        data_nodes: of(described, name, |d| {
            let count = d.cluster_config.instance_count;
            count.ok_or(missing("InstanceCount"))
        }),
        zone_aware: of(described, name, |d| {
            let aware = d.cluster_config.zone_awareness_enabled;
            aware.ok_or(missing("ZoneAwarenessEnabled"))
        }),
        dedicated_masters: of(described, name, |d| d.cluster_config.masters()),
        logs: of(described, name, |d| Ok(d.logs())),
        update_available: of(described, name, |d| {
            Ok(d.service_software_options.update_available)
        }),
        update_due: of(described, name, |d| Ok(d.service_software_options.due())),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!("arn:{partition}:es:{region}:{account}:domain/{name}"),
        name: name.to_owned(),
    };
    intake.add(account, region, identity, fields);
}

/// A fact of the domain of that name.
fn of<T>(
    described: &Reply<Domains>,
    name: &str,
    fact: impl FnOnce(&Described) -> Result<T, Missing>,
) -> Read<T> {
    described.read(|all| {
        let found = all.all.iter().find(|domain| domain.domain_name == name);
        fact(found.ok_or_else(|| missing(&format!("the domain {name}")))?)
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Names {
    domain_names: Vec<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Name {
    domain_name: String,
}

#[derive(Debug, Deserialize)]
struct Domains {
    #[serde(rename = "DomainStatusList")]
    all: Vec<Described>,
}

/// <https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainStatus.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    domain_name: String,
    engine_version: String,
    cluster_config: ClusterConfig,
    /// Left out, or empty, where there is none.
    access_policies: Option<String>,
    /// Left out where the domain is reached over the internet.
    #[serde(rename = "VPCOptions")]
    vpc_options: Option<Vpc>,
    encryption_at_rest_options: Encryption,
    node_to_node_encryption_options: Switch,
    domain_endpoint_options: Endpoint,
    advanced_security_options: Security,
    service_software_options: Software,
    /// Left out where nothing is published.
    #[serde(default)]
    log_publishing_options: BTreeMap<String, LogOption>,
}

impl Described {
    fn logs(&self) -> Vec<String> {
        let options = self.log_publishing_options.iter();
        let on = options.filter(|(_, option)| option.enabled == Some(true));
        on.map(|(kind, _)| kind.clone()).collect()
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ClusterConfig {
    instance_count: Option<i64>,
    zone_awareness_enabled: Option<bool>,
    dedicated_master_enabled: Option<bool>,
    /// Left out where there are no dedicated masters.
    dedicated_master_count: Option<i64>,
}

impl ClusterConfig {
    fn masters(&self) -> Result<i64, Missing> {
        match self.dedicated_master_enabled {
            None => Err(missing("DedicatedMasterEnabled")),
            Some(false) => Ok(0),
            Some(true) => self
                .dedicated_master_count
                .ok_or(missing("DedicatedMasterCount")),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Vpc {
    #[serde(rename = "VPCId")]
    vpc_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Encryption {
    enabled: bool,
    /// Left out where it is off.
    kms_key_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Switch {
    enabled: bool,
}

#[derive(Debug, Deserialize)]
struct Endpoint {
    #[serde(rename = "EnforceHTTPS")]
    enforce_https: bool,
    #[serde(rename = "TLSSecurityPolicy")]
    tls_security_policy: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Security {
    enabled: bool,
    /// Left out where fine-grained access control has never been on.
    internal_user_database_enabled: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Software {
    update_available: bool,
    /// Until when the owner chooses the time; the beginning of 1970 where OpenSearch does not press.
    automated_update_date: Option<Moment>,
}

impl Software {
    fn due(&self) -> Option<jiff::Timestamp> {
        let date = self.automated_update_date.map(|date| date.0);
        date.filter(|date| self.update_available && date.as_second() > 0)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LogOption {
    enabled: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_that_nobody_presses_for_has_no_date() {
        let due = |text: &str| serde_json::from_str::<Software>(text).unwrap().due();
        assert!(due(r#"{"UpdateAvailable":true,"AutomatedUpdateDate":0.0}"#).is_none());
        assert!(due(r#"{"UpdateAvailable":false,"AutomatedUpdateDate":1.7e9}"#).is_none());
        assert!(due(r#"{"UpdateAvailable":true}"#).is_none());
        assert!(due(r#"{"UpdateAvailable":true,"AutomatedUpdateDate":1.7e9}"#).is_some());
    }

    #[test]
    fn dedicated_masters_are_counted_where_there_are_any() {
        let masters = |text: &str| {
            serde_json::from_str::<ClusterConfig>(text)
                .unwrap()
                .masters()
        };
        assert_eq!(masters(r#"{"DedicatedMasterEnabled":false}"#), Ok(0));
        assert_eq!(
            masters(r#"{"DedicatedMasterEnabled":true,"DedicatedMasterCount":3}"#),
            Ok(3)
        );
        assert!(masters(r#"{"DedicatedMasterEnabled":true}"#).is_err());
        assert!(masters("{}").is_err());
    }
}
