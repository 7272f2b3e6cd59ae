//! Elastic Beanstalk: environments, and the settings that say how they are looked after.

use serde::Deserialize;

use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, each, list, looked_like, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::elasticbeanstalk::Environment;
use crate::inventory::kinds::environment::Variable;

/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/Welcome.html>
const API: Api = Api::new(
    "elasticbeanstalk",
    Protocol::Query {
        version: "2010-12-01",
    },
);

// The namespaces of settings. <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html>
const LOGS: &str = "aws:elasticbeanstalk:cloudwatch:logs";
const UPDATES: &str = "aws:elasticbeanstalk:managedactions";
const HEALTH: &str = "aws:elasticbeanstalk:healthreporting:system";
const VARIABLES: &str = "aws:elasticbeanstalk:application:environment";

/// Reads the environments of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Environment, Environments>(
        site,
        intake,
        async |token| {
            let question = Question::form()
                .with("IncludeDeleted", Some(false))
                .with("NextToken", token);
            site.tell(&API, "DescribeEnvironments", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            each(&page.value.environments, async |one| {
                one_environment(site, intake, page, one).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Environments {
    environments: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_EnvironmentDescription.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    environment_name: String,
    environment_arn: String,
    application_name: String,
}

async fn one_environment(site: &Site, intake: &Intake, page: &Told<Environments>, one: &Described) {
    let name = &one.environment_name;
    let question = Question::form()
        .with("ApplicationName", Some(&one.application_name))
        .with("EnvironmentName", Some(name));
    let about = format!("environment={name}");
    let settings = site
        .tell::<Configurations>(&API, "DescribeConfigurationSettings", question, about)
        .await;
    let fields = Environment {
        name: page.fact(name.clone()),
        application: page.fact(one.application_name.clone()),
        streams_logs: settings.read(|s| s.one()?.is_on(LOGS, "StreamLogs")),
        managed_updates: settings.read(|s| s.one()?.is_on(UPDATES, "ManagedActionsEnabled")),
        enhanced_health: settings.read(|s| {
            let system = s.one()?.value(HEALTH, "SystemType")?;
            Ok(system.is_some_and(|system| system.eq_ignore_ascii_case("enhanced")))
        }),
        variables: settings.read(|s| s.one()?.variables()),
    };
    let identity = Identity {
        arn: one.environment_arn.clone(),
        name: name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Configurations {
    configuration_settings: Vec<Settings>,
}

impl Configurations {
    /// The settings in force. While a change is on its way, AWS answers with those that will be, too.
    fn one(&self) -> Result<&Settings, Missing> {
        let in_force = |settings: &&Settings| settings.deployment_status != "pending";
        let found = self.configuration_settings.iter().find(in_force);
        found.ok_or_else(|| missing("the settings in force"))
    }
}

/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ConfigurationSettingsDescription.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Settings {
    deployment_status: String,
    option_settings: Vec<Setting>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Setting {
    namespace: String,
    option_name: String,
    /// Left out of settings that have neither a value nor a default.
    value: Option<String>,
}

impl Settings {
    /// The value of a setting; none: the platform does not know it, or it has none. Several of a name contradict each other.
    fn value(&self, namespace: &str, name: &str) -> Result<Option<&str>, Missing> {
        let named = |one: &&Setting| one.namespace == namespace && one.option_name == name;
        let mut found = self.option_settings.iter().filter(named);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(missing(&format!("one value of {name}"))),
            (Some(one), None) => Ok(one.value.as_deref()),
            (None, None) => Ok(None),
        }
    }

    fn is_on(&self, namespace: &str, name: &str) -> Result<bool, Missing> {
        match self.value(namespace, name)? {
            Some("true") => Ok(true),
            Some("false") | None => Ok(false),
            Some(_) => Err(missing(&format!("yes or no of {name}"))),
        }
    }

    fn variables(&self) -> Result<Vec<Variable>, Missing> {
        let variables = self
            .option_settings
            .iter()
            .filter(|one| one.namespace == VARIABLES);
        variables
            .map(|one| {
                Ok(Variable {
                    name: one.option_name.clone(),
                    looks_like: one.value.as_deref().map_or(Ok(None), looked_like)?,
                })
            })
            .collect()
    }
}
