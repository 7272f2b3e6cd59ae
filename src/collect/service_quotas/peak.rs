//! The most that was in use at once, as CloudWatch measured it.

use std::collections::BTreeMap;

use aws_sdk_cloudwatch::types::{
    Dimension, Metric, MetricDataQuery, MetricDataResult, MetricStat, StatusCode,
};
use aws_smithy_types::DateTime;
use jiff::SignedDuration;

use super::Listed;
use crate::ask;
use crate::aws::{Missing, Site, Turn, gather, missing};
use crate::inventory::Read;

/// How far back the use is looked at: through the peak of a month.
const DAYS: i64 = 30;

/// Seconds in a day. One value a day and quota, so that a month of a page of quotas is one answer.
const DAY: i32 = 86_400;

/// The peak of each quota in the last month; none where nothing was measured, which is how CloudWatch says that nothing
/// was in use.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Usage-Metrics.html>
pub(super) async fn of(site: &Site, quotas: &[&Listed], about: &str) -> Vec<Read<Option<f64>>> {
    if quotas.is_empty() {
        return Vec::new();
    }
    let queries: Vec<MetricDataQuery> = quotas.iter().enumerate().map(query).collect();
    let until = site.now().as_second();
    let since = until - SignedDuration::from_hours(24 * DAYS).as_secs();
    let cloudwatch = site.cloudwatch();
    let measured = gather(
        async |token| {
            let asked = cloudwatch
                .get_metric_data()
                .set_metric_data_queries(Some(queries.clone()))
                .start_time(DateTime::from_secs(since))
                .end_time(DateTime::from_secs(until))
                .set_next_token(token);
            ask!(site, "cloudwatch:GetMetricData", asked, about)
        },
        |page| Turn::to(page.next_token()),
        |page| {
            let results = page.metric_data_results.as_ref();
            Ok(results.ok_or_else(|| missing("MetricDataResults"))?.clone())
        },
    )
    .await;
    let whole = match measured {
        Err(gap) => return quotas.iter().map(|_| Err(gap.clone())).collect(),
        Ok(whole) => whole,
    };
    (0..quotas.len())
        .map(|n| whole.read(|results| highest(&id(n), results)))
        .collect()
}

fn id(n: usize) -> String {
    format!("q{n}")
}

fn query((n, quota): (usize, &&Listed)) -> MetricDataQuery {
    let built = MetricDataQuery::builder().id(id(n));
    let Some(usage) = &quota.usage_metric else {
        return built.build();
    };
    let dimensions: &BTreeMap<String, String> = &usage.metric_dimensions;
    let dimensions = dimensions
        .iter()
        .map(|(name, value)| Dimension::builder().name(name).value(value).build());
    let metric = Metric::builder()
        .namespace(&usage.metric_namespace)
        .metric_name(&usage.metric_name)
        .set_dimensions(Some(dimensions.collect()))
        .build();
    let stat = MetricStat::builder()
        .metric(metric)
        .period(DAY)
        .stat("Maximum")
        .build();
    built.metric_stat(stat).build()
}

/// The highest value of a query, whose results may stand in several pages. Only a result that says that it is complete
/// is the last.
fn highest(id: &str, results: &[MetricDataResult]) -> Result<Option<f64>, Missing> {
    let mut whole = false;
    let mut highest: Option<f64> = None;
    for result in results.iter().filter(|result| result.id() == Some(id)) {
        whole |= result.status_code() == Some(&StatusCode::Complete);
        for value in result.values() {
            highest = Some(highest.map_or(*value, |known| known.max(*value)));
        }
    }
    if whole {
        Ok(highest)
    } else {
        Err(missing("a complete result of a metric"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(id: &str, status: StatusCode, values: &[f64]) -> MetricDataResult {
        MetricDataResult::builder()
            .id(id)
            .status_code(status)
            .set_values(Some(values.to_vec()))
            .build()
    }

    #[test]
    fn the_peak_is_the_highest_of_all_pages() {
        let results = [
            result("q0", StatusCode::PartialData, &[3.0, 9.0]),
            result("q1", StatusCode::Complete, &[]),
            result("q0", StatusCode::Complete, &[4.0]),
        ];
        assert_eq!(highest("q0", &results), Ok(Some(9.0)));
        assert_eq!(highest("q1", &results), Ok(None));
    }

    #[test]
    fn what_is_not_complete_is_no_peak() {
        let results = [result("q0", StatusCode::InternalError, &[3.0])];
        assert!(highest("q0", &results).is_err());
        assert!(highest("q1", &results).is_err());
    }
}
