//! Redshift Serverless: namespaces, which hold the data, and workgroups, by which it is reached.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::redshift_serverless::{Namespace, Workgroup};

/// <https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "redshift-serverless",
    Protocol::Json {
        version: "1.1",
        target: "RedshiftServerless",
    },
);

/// Reads the namespaces and workgroups of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(namespaces(site, intake), workgroups(site, intake));
}

async fn namespaces(site: &Site, intake: &Intake) {
    list::<Namespace, Namespaces>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell(&API, "ListNamespaces", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for space in &page.value.namespaces {
                let fields = Namespace {
                    name: page.fact(space.namespace_name.clone()),
                    log_exports: page.fact(space.log_exports.clone()),
                    managed_password: page.fact(space.admin_password_secret_arn.is_some()),
                };
                let identity = Identity {
                    arn: space.namespace_arn.clone(),
                    name: space.namespace_name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

async fn workgroups(site: &Site, intake: &Intake) {
    list::<Workgroup, Workgroups>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell(&API, "ListWorkgroups", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for group in &page.value.workgroups {
                let parameters = group.config_parameters.iter().map(|one| {
                    let (key, value) = (&one.parameter_key, &one.parameter_value);
                    (key.clone(), value.clone())
                });
                let fields = Workgroup {
                    name: page.fact(group.workgroup_name.clone()),
                    namespace: page.fact(group.namespace_name.clone()),
                    public: page.fact(group.publicly_accessible),
                    enhanced_vpc_routing: page.fact(group.enhanced_vpc_routing),
                    parameters: page.fact(parameters.collect::<BTreeMap<_, _>>()),
                };
                let identity = Identity {
                    arn: group.workgroup_arn.clone(),
                    name: group.workgroup_name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Namespaces {
    namespaces: Vec<Space>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_Namespace.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Space {
    namespace_name: String,
    namespace_arn: String,
    /// Left out where nothing is exported.
    #[serde(default)]
    log_exports: Vec<String>,
    /// Left out where Secrets Manager does not hold the password.
    admin_password_secret_arn: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Workgroups {
    workgroups: Vec<Group>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_Workgroup.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    workgroup_name: String,
    workgroup_arn: String,
    namespace_name: String,
    publicly_accessible: bool,
    enhanced_vpc_routing: bool,
    config_parameters: Vec<Parameter>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameter {
    parameter_key: String,
    parameter_value: String,
}
