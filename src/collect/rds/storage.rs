//! How full the disks of instances were: CloudWatch's smallest figure of each day.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::aws::{Api, Protocol, Question, Site, Turn, gather};
use crate::inventory::Read;

/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "cloudwatch",
    Protocol::Json {
        version: "1.0",
        target: "GraniteServiceVersion20100801",
    },
)
.at("monitoring", "monitoring");

const DAY: i64 = 86_400;

/// How far back is looked: far enough for a month's end and what it brings.
const DAYS: i64 = 30;

const GIB: f64 = 1_073_741_824.0;

/// The least free storage of each of these instances within the window, in GiB. One that CloudWatch knows nothing of is
/// left out. A page of instances is fewer than the 500 metrics that one call takes.
pub(super) async fn least_free(site: &Site, instances: &[&str]) -> Read<BTreeMap<String, f64>> {
    let queries: Vec<Value> = instances
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let dimension = json!({ "Name": "DBInstanceIdentifier", "Value": name });
            let metric = json!({
                "Namespace": "AWS/RDS", "MetricName": "FreeStorageSpace", "Dimensions": [dimension],
            });
            json!({
                "Id": format!("m{n}"), "Label": name, "ReturnData": true,
                "MetricStat": { "Metric": metric, "Period": DAY, "Stat": "Minimum" },
            })
        })
        .collect();
    let now = site.now().as_second();
    let all = gather(
        async |token| {
            let question = Question::json(json!({
                "MetricDataQueries": queries,
                "StartTime": now - DAYS * DAY,
                "EndTime": now,
                "NextToken": token,
            }));
            site.tell::<Answer>(&API, "GetMetricData", question, "metric=FreeStorageSpace")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        |page| Ok(page.metric_data_results.clone()),
    );
    all.await?.read(|all: &Vec<Series>| {
        let mut least: BTreeMap<String, f64> = BTreeMap::new();
        for series in all {
            for bytes in &series.values {
                let free = bytes / GIB;
                let known = least.entry(series.label.clone()).or_insert(free);
                *known = known.min(free);
            }
        }
        Ok(least)
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    metric_data_results: Vec<Series>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html>
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Series {
    label: String,
    values: Vec<f64>,
}
