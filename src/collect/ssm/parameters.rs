//! Parameters: what they are called and how they are kept. Never what is in them.

use serde::Deserialize;
use serde_json::json;

use super::{API, PAGE, arn};
use crate::aws::{Moment, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ssm::Parameter;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Parameter, Parameters>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell(&API, "DescribeParameters", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for parameter in &page.value.parameters {
                let slash = if parameter.name.starts_with('/') {
                    ""
                } else {
                    "/"
                };
                let identity = Identity {
                    arn: arn(site, &format!("parameter{slash}{}", parameter.name)),
                    name: parameter.name.clone(),
                };
                let fields = Parameter {
                    name: page.fact(parameter.name.clone()),
                    r#type: page.fact(parameter.kind.clone()),
                    kms_key: page.fact(parameter.key.clone()),
                    modified: page.fact(parameter.modified.0),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Parameters {
    #[serde(rename = "Parameters")]
    parameters: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterMetadata.html>
#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Type")]
    kind: String,
    /// Left out of parameters that are not encrypted.
    #[serde(rename = "KeyId")]
    key: Option<String>,
    #[serde(rename = "LastModifiedDate")]
    modified: Moment,
}
