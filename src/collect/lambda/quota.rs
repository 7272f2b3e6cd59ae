//! How many calls may run at once in a region, and how many did.

use aws_sdk_cloudwatch::types::{Metric, MetricDataQuery, MetricStat};
use aws_smithy_types::DateTime;
use serde::Deserialize;

use super::API;
use crate::ask;
use crate::aws::{Missing, Question, Site, Turn, gather, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::lambda::Quota;
use crate::inventory::{Read, Told};

const DAY: i32 = 86_400;
const DAYS: i64 = 30;

/// Reads it.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let question = Question::get("/2016-08-19/account-settings/");
    let asked = site.tell::<Settings>(&API, "GetAccountSettings", question, "");
    let told = match asked.await.told() {
        Ok(told) => told,
        Err(gap) => return intake.incomplete::<Quota>(account, region, gap),
    };
    intake.listed::<Quota>(account, region, &told.source);
    let limit = &told.value.account_limit;
    let functions = told.value.account_usage.function_count;
    let (peak, throttled) = if functions == 0 {
        // What is not there was not called, and a metric that was never written costs a call all the same.
        (told.fact(0.0), told.fact(0.0))
    } else {
        used(site).await
    };
    let fields = Quota {
        functions: told.fact(functions),
        concurrent: told.fact(limit.concurrent_executions),
        unreserved: told.fact(limit.unreserved_concurrent_executions),
        peak,
        throttled,
    };
    let identity = Identity {
        arn: format!("arn:{partition}:lambda:{region}:{account}:quota"),
        name: "concurrency".to_owned(),
    };
    intake.add(account, region, identity, fields);
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Settings {
    account_limit: Limit,
    account_usage: Usage,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Limit {
    concurrent_executions: i64,
    unreserved_concurrent_executions: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Usage {
    function_count: i64,
}

/// The most that ran at once, and all that was turned away. Without a dimension, Lambda's metrics are of the whole region.
/// <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html>
async fn used(site: &Site) -> (Read<f64>, Read<f64>) {
    let queries = [
        query("peak", "ConcurrentExecutions", "Maximum"),
        query("throttled", "Throttles", "Sum"),
    ];
    let now = site.now().as_second();
    let cloudwatch = site.cloudwatch();
    let read: Read<Vec<(String, Vec<f64>)>> = gather(
        async |token| {
            let data = cloudwatch
                .get_metric_data()
                .set_metric_data_queries(Some(queries.to_vec()))
                .start_time(DateTime::from_secs(now - DAYS * i64::from(DAY)))
                .end_time(DateTime::from_secs(now))
                .set_next_token(token);
            ask!(site, "cloudwatch:GetMetricData", data, "metrics=AWS/Lambda")
        },
        |page| Turn::to(page.next_token()),
        |page| {
            let results = page.metric_data_results.as_ref();
            let results = results.ok_or_else(|| missing("MetricDataResults"))?;
            let read = results.iter().map(|result| {
                let id = result.id().ok_or_else(|| missing("Id"))?;
                Ok((id.to_owned(), result.values().to_vec()))
            });
            read.collect()
        },
    )
    .await;
    match read {
        Err(gap) => (Err(gap.clone()), Err(gap)),
        Ok(told) => (
            of(&told, "peak", |all| all.fold(0.0, f64::max)),
            of(&told, "throttled", |all| all.sum()),
        ),
    }
}

fn of(
    told: &Told<Vec<(String, Vec<f64>)>>,
    id: &str,
    fold: impl Fn(&mut dyn Iterator<Item = f64>) -> f64,
) -> Read<f64> {
    told.read(|results| -> Result<f64, Missing> {
        let of_id = || results.iter().filter(|(named, _)| named == id);
        if of_id().next().is_none() {
            return Err(missing("a metric that was asked for"));
        }
        Ok(fold(
            &mut of_id().flat_map(|(_, values)| values.iter().copied()),
        ))
    })
}

fn query(id: &str, metric: &str, statistic: &str) -> MetricDataQuery {
    let metric = Metric::builder()
        .namespace("AWS/Lambda")
        .metric_name(metric)
        .build();
    let by_day = MetricStat::builder()
        .metric(metric)
        .period(DAY)
        .stat(statistic)
        .build();
    MetricDataQuery::builder()
        .id(id)
        .metric_stat(by_day)
        .build()
}
