//! What AWS Config does by itself about what its rules find, and what is left out of it.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, each, gather, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::config::{Remediation, RemediationException};
use crate::inventory::{Read, Told};

/// Most rules that one call takes. <https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeRemediationConfigurations.html>
const BATCH: usize = 25;

/// Reads the remediation of these rules. A page of rules without any costs one call.
pub(super) async fn collect(site: &Site, intake: &Intake, rules: &[&str]) {
    each(rules.chunks(BATCH), async |names| {
        let question = Question::json(json!({ "ConfigRuleNames": names }));
        let told = site
            .tell::<Configurations>(&API, "DescribeRemediationConfigurations", question, "")
            .await
            .told();
        let (account, region) = (&site.account, &site.region);
        match told {
            Ok(told) => {
                intake.listed::<Remediation>(account, region, &told.source);
                intake.listed::<RemediationException>(account, region, &told.source);
                each(&told.value.all, async |one| {
                    futures::join!(
                        one_remediation(site, intake, &told, one),
                        exceptions(site, intake, &one.rule),
                    );
                })
                .await;
            }
            Err(gap) => {
                intake.incomplete::<Remediation>(account, region, gap.clone());
                intake.incomplete::<RemediationException>(account, region, gap);
            }
        }
    })
    .await;
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_RemediationConfiguration.html>
#[derive(Debug, Deserialize)]
struct Configurations {
    #[serde(rename = "RemediationConfigurations")]
    all: Vec<Configuration>,
}

#[derive(Debug, Deserialize)]
struct Configuration {
    #[serde(rename = "ConfigRuleName")]
    rule: String,
    #[serde(rename = "TargetId")]
    document: String,
    /// Left out where somebody has to start it.
    #[serde(rename = "Automatic", default)]
    automatic: bool,
}

async fn one_remediation(
    site: &Site,
    intake: &Intake,
    page: &Told<Configurations>,
    one: &Configuration,
) {
    let fields = Remediation {
        rule: page.fact(one.rule.clone()),
        document: page.fact(one.document.clone()),
        automatic: page.fact(one.automatic),
        failed: failed(site, &one.rule).await,
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!(
            "arn:{partition}:config:{region}:{account}:remediation-configuration/{}",
            one.rule
        ),
        name: one.rule.clone(),
    };
    intake.add(account, region, identity, fields);
}

async fn failed(site: &Site, rule: &str) -> Read<Vec<String>> {
    gather(
        async |token| {
            let input = json!({ "ConfigRuleName": rule, "NextToken": token });
            let about = format!("rule={rule}");
            let question = Question::json(input);
            site.tell::<Statuses>(&API, "DescribeRemediationExecutionStatus", question, about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            let failed = page.all.iter().filter(|one| one.state == "FAILED");
            Ok(failed.map(|one| one.resource.id.clone()).collect())
        },
    )
    .await
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_RemediationExecutionStatus.html>
#[derive(Debug, Deserialize)]
struct Statuses {
    #[serde(rename = "RemediationExecutionStatuses")]
    all: Vec<Status>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Status {
    #[serde(rename = "ResourceKey")]
    resource: Resource,
    #[serde(rename = "State")]
    state: String,
}

#[derive(Debug, Deserialize)]
struct Resource {
    #[serde(rename = "resourceId")]
    id: String,
}

async fn exceptions(site: &Site, intake: &Intake, rule: &str) {
    let listing = pages(
        async |token| {
            let input = json!({ "ConfigRuleName": rule, "NextToken": token });
            let about = format!("rule={rule}");
            let question = Question::json(input);
            site.tell::<Exceptions>(&API, "DescribeRemediationExceptions", question, about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<RemediationException>(&site.account, &site.region, &page.source);
            for one in &page.value.all {
                one_exception(site, intake, page, one);
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<RemediationException>(&site.account, &site.region, gap);
    }
}

fn one_exception(site: &Site, intake: &Intake, page: &Told<Exceptions>, one: &Exception) {
    let said = one.message.as_ref();
    let fields = RemediationException {
        rule: page.fact(one.rule.clone()),
        resource: page.fact(one.resource.clone()),
        reason: page.fact(said.filter(|said| !said.trim().is_empty()).cloned()),
        expires: page.fact(one.expires.map(|moment| moment.0)),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let identity = Identity {
        arn: format!(
            "arn:{partition}:config:{region}:{account}:remediation-exception/{}/{}",
            one.rule, one.resource
        ),
        name: format!("{} for {}", one.rule, one.resource),
    };
    intake.add(account, region, identity, fields);
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_RemediationException.html>
#[derive(Debug, Deserialize)]
struct Exceptions {
    #[serde(rename = "RemediationExceptions")]
    all: Vec<Exception>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Exception {
    #[serde(rename = "ConfigRuleName")]
    rule: String,
    #[serde(rename = "ResourceId")]
    resource: String,
    /// Left out where nobody gave a reason.
    #[serde(rename = "Message")]
    message: Option<String>,
    /// Left out of one that never ends.
    #[serde(rename = "ExpirationTime")]
    expires: Option<Moment>,
}
