//! Health checks, and what Route 53's checkers see.

use serde::Deserialize;

use super::{API, ROOT};
use crate::aws::{Missing, Question, Reply, Site, Turn, each, list, missing, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::route53::HealthCheck;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<HealthCheck, Checks>(
        site,
        intake,
        async |token| {
            let question = Question::get(format!("{ROOT}/healthcheck")).with("marker", token);
            site.tell(&API, "ListHealthChecks", question, "").await
        },
        |page| Turn::marked(page.is_truncated, page.next_marker.as_deref()),
        async |page| {
            each(&page.value.health_checks, async |check| {
                one_check(site, intake, page, check).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_check(site: &Site, intake: &Intake, page: &Told<Checks>, check: &Check) {
    let config = &check.health_check_config;
    let status = status(site, check).await;
    let endpoint = config
        .fully_qualified_domain_name
        .as_ref()
        .or(config.ip_address.as_ref());
    let fields = HealthCheck {
        id: page.fact(check.id.clone()),
        r#type: page.fact(config.r#type.clone()),
        endpoint: page.fact(endpoint.cloned()),
        disabled: page.fact(config.disabled),
        inverted: page.fact(config.inverted),
        answered: match &status {
            None => page.fact(None),
            Some(status) => status.read(|s| s.answered().map(Some)),
        },
    };
    let identity = Identity {
        arn: format!("arn:{}:route53:::healthcheck/{}", site.partition, check.id),
        name: endpoint.map_or_else(|| check.id.clone(), Clone::clone),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// What the checkers of an endpoint saw. Of what is calculated from other checks, of alarms and of routing controls the
/// operation tells nothing. <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckStatus.html>
async fn status(site: &Site, check: &Check) -> Option<Reply<Status>> {
    let asks_nothing = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];
    if asks_nothing.contains(&check.health_check_config.r#type.as_str()) {
        return None;
    }
    let path = format!("{ROOT}/healthcheck/{}/status", part(&check.id));
    let about = format!("health_check={}", check.id);
    Some(
        site.tell(&API, "GetHealthCheckStatus", Question::get(path), about)
            .await,
    )
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Checks {
    health_checks: Vec<Check>,
    is_truncated: bool,
    next_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Check {
    id: String,
    health_check_config: Config,
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Config {
    r#type: String,
    fully_qualified_domain_name: Option<String>,
    #[serde(rename = "IPAddress")]
    ip_address: Option<String>,
    #[serde(default)]
    disabled: bool,
    #[serde(default)]
    inverted: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Status {
    health_check_observations: Vec<Observation>,
}

impl Status {
    /// Route 53 says it in a sentence that begins with the word.
    fn answered(&self) -> Result<f64, Missing> {
        let seen = &self.health_check_observations;
        if seen.is_empty() {
            return Err(missing("HealthCheckObservations"));
        }
        let share = seen.iter().map(|one| {
            let good = one.status_report.status.starts_with("Success");
            if good { 100.0 } else { 0.0 }
        });
        let (sum, count) = share.fold((0.0, 0.0), |(sum, count), one| (sum + one, count + 1.0));
        Ok(sum / count)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Observation {
    status_report: Report,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Report {
    status: String,
}
