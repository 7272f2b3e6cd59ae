//! Compute Optimizer: which instances are too small for what they do.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::compute_optimizer::Recommendation;

/// <https://docs.aws.amazon.com/compute-optimizer/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "compute-optimizer",
    Protocol::Json {
        version: "1.0",
        target: "ComputeOptimizerService",
    },
);

/// Reads what one region recommends. Where the account has not opted in, that one call says so.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let question = Question::json(json!({}));
    let status: Reply<Enrollment> = site.tell(&API, "GetEnrollmentStatus", question, "").await;
    let (account, region) = (&site.account, &site.region);
    match status.told() {
        Ok(told) if told.value.status == "Active" => recommendations(site, intake).await,
        Ok(told) => intake.listed::<Recommendation>(account, region, &told.source),
        Err(gap) => intake.incomplete::<Recommendation>(account, region, gap),
    }
}

#[derive(Debug, Deserialize)]
struct Enrollment {
    status: String,
}

async fn recommendations(site: &Site, intake: &Intake) {
    list::<Recommendation, Page>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell(&API, "GetEC2InstanceRecommendations", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for one in &page.value.recommendations {
                let fields = Recommendation {
                    instance_type: page.fact(one.instance_type.clone()),
                    finding: page.fact(one.finding.clone()),
                    too_small: page.fact(is_too_small(&one.finding)),
                };
                let id = one.arn.rsplit('/').next();
                let identity = Identity {
                    arn: one.arn.clone(),
                    name: id.map_or_else(|| one.arn.clone(), str::to_owned),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// AWS documents `Underprovisioned` and answers `UNDER_PROVISIONED`.
/// <https://docs.aws.amazon.com/compute-optimizer/latest/APIReference/API_InstanceRecommendation.html>
fn is_too_small(finding: &str) -> bool {
    finding
        .replace('_', "")
        .eq_ignore_ascii_case("underprovisioned")
}

#[derive(Debug, Deserialize)]
struct Page {
    #[serde(rename = "instanceRecommendations")]
    recommendations: Vec<Listed>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "instanceArn")]
    arn: String,
    #[serde(rename = "currentInstanceType")]
    instance_type: String,
    finding: String,
}

#[cfg(test)]
mod tests {
    use super::is_too_small;

    #[test]
    fn both_spellings_are_the_same_finding() {
        assert!(is_too_small("Underprovisioned") && is_too_small("UNDER_PROVISIONED"));
        assert!(!is_too_small("Overprovisioned") && !is_too_small("OPTIMIZED"));
    }
}
