//! SageMaker AI: notebooks, and the configurations of endpoints.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::sagemaker::{EndpointConfig, Notebook};

/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "sagemaker",
    Protocol::Json {
        version: "1.1",
        target: "SageMaker",
    },
)
.at("api.sagemaker", "sagemaker")
.fips("api-fips.sagemaker");

/// Reads the notebooks and endpoint configurations of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(notebooks(site, intake), endpoints(site, intake));
}

async fn notebooks(site: &Site, intake: &Intake) {
    list::<Notebook, Notebooks>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListNotebookInstances", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.notebook_instances, async |one| {
                one_notebook(site, intake, page, one).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Notebooks {
    notebook_instances: Vec<NotebookSummary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NotebookSummary {
    notebook_instance_name: String,
    notebook_instance_arn: String,
}

async fn one_notebook(site: &Site, intake: &Intake, page: &Told<Notebooks>, one: &NotebookSummary) {
    let name = &one.notebook_instance_name;
    let question = Question::json(json!({ "NotebookInstanceName": name }));
    let told: Reply<NotebookDescription> = site
        .tell(
            &API,
            "DescribeNotebookInstance",
            question,
            format!("notebook={name}"),
        )
        .await;
    let fields = Notebook {
        name: page.fact(name.clone()),
        direct_internet: told.read(|n| Ok(n.direct_internet_access == "Enabled")),
        kms_key: told.read(|n| Ok(n.kms_key_id.clone())),
        subnet: told.read(|n| Ok(n.subnet_id.clone())),
        root: told.read(|n| Ok(n.root_access == "Enabled")),
    };
    let identity = Identity {
        arn: one.notebook_instance_arn.clone(),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeNotebookInstance.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NotebookDescription {
    direct_internet_access: String,
    root_access: String,
    /// Left out where none was named.
    kms_key_id: Option<String>,
    /// Left out where it stands in SageMaker's own network.
    subnet_id: Option<String>,
}

async fn endpoints(site: &Site, intake: &Intake) {
    list::<EndpointConfig, Configs>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListEndpointConfigs", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.endpoint_configs, async |one| {
                let name = &one.endpoint_config_name;
                let question = Question::json(json!({ "EndpointConfigName": name }));
                let told: Reply<ConfigDescription> = site
                    .tell(
                        &API,
                        "DescribeEndpointConfig",
                        question,
                        format!("endpoint_config={name}"),
                    )
                    .await;
                let fields = EndpointConfig {
                    name: page.fact(name.clone()),
                    kms_key: told.read(|c| Ok(c.kms_key_id.clone())),
                };
                let identity = Identity {
                    arn: one.endpoint_config_arn.clone(),
                    name: name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configs {
    endpoint_configs: Vec<ConfigSummary>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ConfigSummary {
    endpoint_config_name: String,
    endpoint_config_arn: String,
}

/// <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpointConfig.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ConfigDescription {
    /// Always there: an answer without it is none.
    #[serde(rename = "EndpointConfigArn")]
    _arn: String,
    /// Left out where none was named.
    kms_key_id: Option<String>,
}
