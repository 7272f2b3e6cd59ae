//! Which functions take signed code only. The configurations are few and are asked which functions they hold for, so that a
//! region that signs nothing costs one call.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, gather, part};
use crate::inventory::Read;

/// What becomes of unsigned code, by the ARN of the function.
pub(super) type Signed = BTreeMap<String, String>;

/// Reads all of it or nothing.
pub(super) async fn read(site: &Site) -> Read<Signed> {
    let configs = gather(
        async |marker| {
            let question =
                Question::get("/2020-04-22/code-signing-configs/").with("Marker", marker);
            site.tell::<Configs>(&API, "ListCodeSigningConfigs", question, "")
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        |page| Ok(page.code_signing_configs.clone()),
    )
    .await?;
    let mut source = configs.source;
    let mut signed = Signed::new();
    for config in configs.value {
        let functions = functions(site, &config.code_signing_config_arn).await?;
        let policy = config
            .code_signing_policies
            .untrusted_artifact_on_deployment;
        signed.extend(functions.value.into_iter().map(|arn| (arn, policy.clone())));
        source = functions.source;
    }
    Ok(crate::inventory::Told {
        value: signed,
        source,
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configs {
    code_signing_configs: Vec<Config>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_CodeSigningConfig.html>
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Config {
    code_signing_config_arn: String,
    code_signing_policies: Policies,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policies {
    untrusted_artifact_on_deployment: String,
}

async fn functions(site: &Site, config: &str) -> Read<Vec<String>> {
    let path = format!(
        "/2020-04-22/code-signing-configs/{}/functions",
        part(config)
    );
    gather(
        async |marker| {
            let question = Question::get(&path).with("Marker", marker);
            site.tell::<Functions>(
                &API,
                "ListFunctionsByCodeSigningConfig",
                question,
                format!("config={config}"),
            )
            .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        |page| Ok(page.function_arns.clone()),
    )
    .await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Functions {
    function_arns: Vec<String>,
    next_marker: Option<String>,
}
