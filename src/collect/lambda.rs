//! Lambda: functions, who may call them, what they carry, and how much room they have.

mod layers;
mod qualified;
mod quota;
mod signing;
mod urls;

use serde::Deserialize;
use std::collections::BTreeMap;

use crate::aws::documents::statements;
use crate::aws::{
    Api, Missing, Moment, Protocol, Question, Reply, Site, Turn, each, gather, looked_like,
    missing, pages, part,
};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::environment::Variable;
use crate::inventory::kinds::lambda::{Function, FunctionUrl, Layer};
use crate::inventory::kinds::statement::{Statement, account_of};
use crate::inventory::{Read, Told};
use signing::Signed;

/// <https://docs.aws.amazon.com/lambda/latest/api/welcome.html>
const API: Api = Api::new("lambda", Protocol::RestJson);

/// Reads the functions of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        functions(site, intake),
        layers::collect(site, intake),
        quota::collect(site, intake)
    );
}

async fn functions(site: &Site, intake: &Intake) {
    let signed = signing::read(site).await;
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |marker| {
            let question = Question::get("/2015-03-31/functions/").with("Marker", marker);
            site.tell::<Functions>(&API, "ListFunctions", question, "")
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        async |page| {
            intake.listed::<Function>(account, region, &page.source);
            intake.listed::<FunctionUrl>(account, region, &page.source);
            each(&page.value.functions, async |function| {
                one_function(site, intake, page, function, &signed).await
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Function>(account, region, gap.clone());
        intake.incomplete::<FunctionUrl>(account, region, gap);
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Functions {
    functions: Vec<Configuration>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configuration {
    function_name: String,
    function_arn: String,
    /// Left out of container images.
    runtime: Option<String>,
    role: String,
    last_modified: Moment,
    /// Left out where there is none.
    environment: Option<Environment>,
    /// Left out where it was never in a VPC, and with an empty id where it is no longer.
    vpc_config: Option<Vpc>,
    /// Left out where there is none.
    dead_letter_config: Option<DeadLetters>,
    tracing_config: Tracing,
    /// Left out where there are none.
    #[serde(default)]
    layers: Vec<LayerArn>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Environment {
    /// Left out where Lambda could not decrypt them.
    variables: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Vpc {
    vpc_id: String,
    subnet_ids: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DeadLetters {
    /// Left out where it was taken away again.
    target_arn: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tracing {
    mode: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LayerArn {
    arn: String,
}

async fn one_function(
    site: &Site,
    intake: &Intake,
    page: &Told<Functions>,
    function: &Configuration,
    signed: &Read<Signed>,
) {
    let (name, arn) = (&function.function_name, &function.function_arn);
    let (policy, qualified, failures) = futures::join!(
        policy(site, name, None),
        qualified::read(site, name),
        failures(site, name)
    );
    let vpc = function
        .vpc_config
        .as_ref()
        .filter(|vpc| !vpc.vpc_id.is_empty());
    let fields = Function {
        name: page.fact(name.clone()),
        runtime: page.fact(function.runtime.clone()),
        modified: page.fact(function.last_modified.0),
        role_arn: page.fact(function.role.clone()),
        environment: page.read(|_| environment(function.environment.as_ref())),
        vpc: page.fact(vpc.map(|vpc| vpc.vpc_id.clone())),
        subnet_ids: page.fact(vpc.map_or_else(Vec::new, |vpc| vpc.subnet_ids.clone())),
        dead_letters: page.fact(
            function
                .dead_letter_config
                .as_ref()
                .and_then(|letters| letters.target_arn.clone())
                .filter(|arn| !arn.is_empty()),
        ),
        failure_destinations: failures,
        traced: page.fact(function.tracing_config.mode == "Active"),
        layers: page.read(|_| {
            let layers = function.layers.iter();
            layers.map(|one| layer(one, &site.account)).collect()
        }),
        unsigned_code: signed
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|signed| signed.fact(signed.value.get(arn).cloned())),
        policy: policy.read_or(Vec::new, |policy| of_function(&policy.policy)),
        qualified,
    };
    let identity = Identity {
        arn: arn.clone(),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
    urls::collect(site, intake, function, &policy).await;
}

fn environment(environment: Option<&Environment>) -> Result<Vec<Variable>, Missing> {
    let Some(environment) = environment else {
        return Ok(Vec::new());
    };
    let variables = environment.variables.as_ref();
    let variables = variables.ok_or_else(|| missing("the variables of the environment"))?;
    let read = |(name, kept): (&String, &String)| {
        Ok(Variable {
            name: name.clone(),
            looks_like: looked_like(kept)?,
        })
    };
    variables.iter().map(read).collect()
}

fn layer(layer: &LayerArn, account: &str) -> Result<Layer, Missing> {
    let maker = account_of(&layer.arn).ok_or_else(|| missing("the account of a layer"))?;
    Ok(Layer {
        arn: layer.arn.clone(),
        account: maker.to_owned(),
        own: maker == account,
    })
}

/// The statements of a policy that let others call a function by its name.
fn of_function(document: &str) -> Result<Vec<Statement>, Missing> {
    let mut all = statements(document)?;
    all.retain(|statement| !only_over_urls(statement));
    Ok(all)
}

/// Whether a statement holds only for calls over a function URL. Lambda writes such statements, for everyone, when the
/// console makes a URL. <https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html>
fn only_over_urls(statement: &Statement) -> bool {
    statement.conditions.iter().any(|condition| {
        match (condition.key.as_str(), condition.operator.as_str()) {
            ("lambda:functionurlauthtype", "StringEquals") => true,
            ("lambda:invokedviafunctionurl", "Bool") => condition.values == ["true"],
            _ => false,
        }
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    policy: String,
}

/// The resource policy of a function, or of an alias of it.
async fn policy(site: &Site, name: &str, alias: Option<&str>) -> Reply<Policy> {
    let question = Question::get(format!("/2015-03-31/functions/{}/policy", part(name)))
        .with("Qualifier", alias);
    let alias = alias.map_or_else(String::new, |alias| format!(":{alias}"));
    site.tell(
        &API,
        "GetPolicy",
        question,
        format!("function={name}{alias}"),
    )
    .await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EventConfigs {
    function_event_invoke_configs: Vec<EventConfig>,
    next_marker: Option<String>,
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_FunctionEventInvokeConfig.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EventConfig {
    /// Left out where only retries are set.
    destination_config: Option<Destinations>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Destinations {
    on_failure: Option<Destination>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Destination {
    /// Left out where there is none.
    destination: Option<String>,
}

async fn failures(site: &Site, name: &str) -> Read<Vec<String>> {
    let path = format!(
        "/2019-09-25/functions/{}/event-invoke-config/list",
        part(name)
    );
    gather(
        async |marker| {
            let question = Question::get(&path).with("Marker", marker);
            site.tell::<EventConfigs>(
                &API,
                "ListFunctionEventInvokeConfigs",
                question,
                format!("function={name}"),
            )
            .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        |page| {
            let configs = page.function_event_invoke_configs.iter();
            let sent = configs
                .filter_map(|config| config.destination_config.as_ref()?.on_failure.as_ref())
                .filter_map(|failure| failure.destination.clone());
            Ok(sent.collect())
        },
    )
    .await
}
