//! API Gateway: REST APIs with their methods and stages, and custom domain names.

mod parts;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::aws::documents::statements;
use crate::aws::{Api, Missing, Moment, Protocol, Question, Site, Turn, each, list, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::apigateway::{DomainName, Method, RestApi, Stage};
use crate::inventory::kinds::statement::Statement;
use crate::inventory::schema::Fields;

/// <https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html>
const API: Api = Api::new("apigateway", Protocol::RestJson);

/// The most that a page may hold.
const PAGE: u16 = 500;

/// Reads the REST APIs and domain names of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(apis(site, intake), domain_names(site, intake));
}

async fn apis(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let methods = site.plans_any(&["apigateway:GetResources"]);
    let stages = site.plans_any(&["apigateway:GetStages"]);
    let listing = pages(
        async |token| {
            let question = page_of("/restapis").with("position", token);
            site.tell::<Page<DescribedApi>>(&API, "GetRestApis", question, "")
                .await
        },
        |page| Turn::to(page.position.as_deref()),
        async |page| {
            intake.listed::<RestApi>(account, region, &page.source);
            if methods {
                intake.listed::<Method>(account, region, &page.source);
            }
            if stages {
                intake.listed::<Stage>(account, region, &page.source);
            }
            each(&page.value.item, async |api| {
                let configured = &api.endpoint_configuration;
                let fields = RestApi {
                    id: page.fact(api.id.clone()),
                    name: page.fact(api.name.clone()),
                    created: page.fact(api.created_date.0),
                    endpoints: page.fact(configured.types.clone()),
                    default_endpoint_disabled: page.fact(api.disable_execute_api_endpoint),
                    policy: page.read(|_| policy(api.policy.as_deref())),
                    tags: page.fact(api.tags.clone()),
                };
                intake.add(account, region, identity(site, api, ""), fields);
                if methods {
                    parts::methods(site, intake, api).await;
                }
                if stages {
                    parts::stages(site, intake, api).await;
                }
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<RestApi>(account, region, gap.clone());
        if methods {
            intake.incomplete::<Method>(account, region, gap.clone());
        }
        if stages {
            intake.incomplete::<Stage>(account, region, gap);
        }
    }
}

/// An API, or what follows its path.
fn identity(site: &Site, api: &DescribedApi, rest: &str) -> Identity {
    let (partition, region) = (&site.partition, &site.region);
    Identity {
        arn: format!(
            "arn:{partition}:apigateway:{region}::/restapis/{}{rest}",
            api.id
        ),
        name: api.name.clone(),
    }
}

/// API Gateway answers the policy with its quotes escaped once more.
/// <https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html>
fn policy(document: Option<&str>) -> Result<Vec<Statement>, Missing> {
    match document {
        None | Some("") => Ok(Vec::new()),
        Some(escaped) if escaped.starts_with("{\\") => {
            let document: String = serde_json::from_str(&format!("\"{escaped}\""))
                .map_err(|error| Missing(format!("the policy is not escaped JSON: {error}")))?;
            statements(&document)
        }
        Some(document) => statements(document),
    }
}

async fn domain_names(site: &Site, intake: &Intake) {
    list::<DomainName, Page<DescribedDomain>>(
        site,
        intake,
        async |token| {
            let question = page_of("/domainnames").with("position", token);
            site.tell(&API, "GetDomainNames", question, "").await
        },
        |page| Turn::to(page.position.as_deref()),
        async |page| {
            for domain in &page.value.item {
                let fields = DomainName {
                    name: page.fact(domain.domain_name.clone()),
                    endpoints: page.fact(domain.endpoint_configuration.types.clone()),
                    tls_policy: page.fact(domain.security_policy.clone()),
                    mutual_tls: page.fact(domain.mutual_tls_authentication.is_some()),
                    tags: page.fact(domain.tags.clone()),
                };
                let (partition, region) = (&site.partition, &site.region);
                let name = &domain.domain_name;
                let identity = Identity {
                    arn: format!("arn:{partition}:apigateway:{region}::/domainnames/{name}"),
                    name: name.clone(),
                };
                intake.add(&site.account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

fn page_of(path: impl Into<String>) -> Question {
    Question::get(path).with("limit", Some(PAGE))
}

/// Reads a listing of what belongs to one API. What it is called in the evidence: `api=orders`.
async fn of_api<K: Fields, T: DeserializeOwned + std::fmt::Debug + Send + Sync + 'static>(
    site: &Site,
    intake: &Intake,
    api: &DescribedApi,
    operation: &'static str,
    question: impl Fn(Option<String>) -> Question,
    one: impl Fn(&crate::inventory::Told<Page<T>>, &T),
) {
    list::<K, Page<T>>(
        site,
        intake,
        async |token| {
            let about = format!("api={}", api.name);
            site.tell(&API, operation, question(token), about).await
        },
        |page| Turn::to(page.position.as_deref()),
        async |page| {
            page.value.item.iter().for_each(|item| one(page, item));
            Ok(())
        },
    )
    .await;
}

/// API Gateway's listings.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
struct Page<T> {
    item: Vec<T>,
    position: Option<String>,
}

/// <https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DescribedApi {
    id: String,
    name: String,
    created_date: Moment,
    endpoint_configuration: Endpoints,
    disable_execute_api_endpoint: bool,
    /// Left out where there is none.
    policy: Option<String>,
    /// Left out where there are none.
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Endpoints {
    types: Vec<String>,
}

/// <https://docs.aws.amazon.com/apigateway/latest/api/API_DomainName.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DescribedDomain {
    domain_name: String,
    endpoint_configuration: Endpoints,
    security_policy: String,
    /// Left out where clients need no certificate.
    mutual_tls_authentication: Option<serde::de::IgnoredAny>,
    /// Left out where there are none.
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_whether_its_quotes_are_escaped_or_not() {
        let plain = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"execute-api:Invoke","Resource":"*"}]}"#;
        let escaped = plain.replace('"', "\\\"").replace('/', "\\/");
        let read = policy(Some(plain)).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(policy(Some(&escaped)), Ok(read));
        assert_eq!(policy(None), Ok(Vec::new()));
        assert!(policy(Some("{\\")).is_err());
    }
}
