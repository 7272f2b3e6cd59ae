//! Which regions AWS offers a service in, as it tells by the parameters that it keeps for everybody. Asked only where the
//! host of a service was not found: nothing else tells a service that a region does not have from one that is out of reach.
//! <https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-global-infrastructure.html>

use serde::Deserialize;
use serde_json::json;

use super::{Api, Protocol, Question, Site, Turn, gather, missing};
use crate::inventory::Read;

const API: Api = Api::new(
    "ssm",
    Protocol::Json {
        version: "1.1",
        target: "AmazonSSM",
    },
);

/// The call, in every plan.
pub const CALL: &str = "ssm:GetParametersByPath";

/// All that the call may read: what AWS publishes, and nothing of the account's own.
pub const PUBLISHED: &str = "arn:*:ssm:*::parameter/aws/service/global-infrastructure/*";

/// What a message begins with where a host was not found.
pub(super) const NO_HOST: &str = "no host of that name: ";

/// Whether a message says that a host was not found.
pub fn hostless(message: &str) -> bool {
    message.starts_with(NO_HOST)
}

/// Services that the parameters know by another name than the AWS CLI.
const OTHERWISE: &[(&str, &str)] = &[
    ("elbv2", "elb"),
    ("opensearch", "es"),
    ("service-quotas", "servicequotas"),
    ("sesv2", "ses"),
    ("sso-admin", "sso"),
];

fn name(service: &str) -> &str {
    let otherwise = OTHERWISE.iter().find(|(known, _)| *known == service);
    otherwise.map_or(service, |(_, name)| name)
}

/// The regions that a service is offered in. A service that AWS publishes no regions of is a gap: it may be known by a name
/// that we do not know.
pub async fn regions(site: &Site, service: &str) -> Read<Vec<String>> {
    let path = format!(
        "/aws/service/global-infrastructure/services/{}/regions",
        name(service)
    );
    let listed = gather(
        async |token| {
            let question = Question::json(json!({ "Path": path, "NextToken": token }));
            let about = format!("service={service}");
            site.tell::<Page>(&API, "GetParametersByPath", question, about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            Ok(page
                .parameters
                .iter()
                .map(|one| one.value.clone())
                .collect())
        },
    )
    .await?;
    if listed.value.is_empty() {
        return Err(listed.lacks(missing("any region of the service")));
    }
    Ok(listed)
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html>
#[derive(Debug, Deserialize)]
struct Page {
    #[serde(rename = "Parameters")]
    parameters: Vec<Parameter>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Parameter {
    #[serde(rename = "Value")]
    value: String,
}
