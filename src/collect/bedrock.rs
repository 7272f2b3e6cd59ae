//! Bedrock: whether models are called, and if so, whether their calls are logged. Where CloudWatch knows of no call, Bedrock is
//! not asked: it is not there in all regions.

use aws_sdk_cloudwatch::types::MetricDataQuery;
use aws_smithy_types::DateTime;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::ask;
use crate::aws::{Api, Protocol, Question, Site, Turn, gather, missing};
use crate::inventory::Read;
use crate::inventory::intake::Intake;
use crate::inventory::kinds::bedrock::Invocations;

/// <https://docs.aws.amazon.com/bedrock/latest/APIReference/welcome.html>
const API: Api = Api::new("bedrock", Protocol::RestJson);

const DAY: i64 = 86_400;
const DAYS: i64 = 30;

/// Reads it in one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let calls = calls(site).await;
    let fields = Invocations {
        bedrock_logs_calls: logs(site, &calls).await,
        bedrock_calls: calls,
    };
    intake.facet(&site.account, &site.region, fields);
}

async fn logs(site: &Site, calls: &Read<f64>) -> Read<bool> {
    let calls = calls.as_ref().map_err(Clone::clone)?;
    if calls.value <= 0.0 {
        return calls.fact(false);
    }
    let question = Question::get("/logging/modelinvocations");
    let told = site
        .tell::<Logging>(&API, "GetModelInvocationLoggingConfiguration", question, "")
        .await;
    told.read(|logging| Ok(logging.config.is_some()))
}

/// <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetModelInvocationLoggingConfiguration.html>
#[derive(Debug, Deserialize)]
struct Logging {
    /// Left out where nothing is logged.
    #[serde(rename = "loggingConfig")]
    config: Option<IgnoredAny>,
}

/// The calls of all models. The metric is written for each model apart, so it is searched for.
/// <https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring.html>
async fn calls(site: &Site) -> Read<f64> {
    let search =
        format!("SEARCH('{{AWS/Bedrock,ModelId}} MetricName=\"Invocations\"', 'Sum', {DAY})");
    let query = MetricDataQuery::builder()
        .id("calls")
        .expression(search)
        .build();
    let now = site.now().as_second();
    let cloudwatch = site.cloudwatch();
    let all = gather(
        async |token| {
            let data = cloudwatch
                .get_metric_data()
                .metric_data_queries(query.clone())
                .start_time(DateTime::from_secs(now - DAYS * DAY))
                .end_time(DateTime::from_secs(now))
                .set_next_token(token);
            ask!(
                site,
                "cloudwatch:GetMetricData",
                data,
                "metrics=AWS/Bedrock"
            )
        },
        |page| Turn::to(page.next_token()),
        |page| {
            let results = page.metric_data_results.as_ref();
            let results = results.ok_or_else(|| missing("MetricDataResults"))?;
            Ok(results
                .iter()
                .flat_map(|one| one.values().to_vec())
                .collect())
        },
    )
    .await?;
    Ok(all.map(|values| values.iter().sum()))
}
