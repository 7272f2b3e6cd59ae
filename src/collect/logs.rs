//! CloudWatch Logs: log groups with the filters on them, and what other services deliver through it.

mod exports;
mod pattern;
mod policies;
mod subscriptions;

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::types::{
    DeliverySource as Source, LogGroup as Group, MetricFilter as Filter,
};
use jiff::Timestamp;

use crate::ask;
use crate::aws::{Missing, Site, Turn, each, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::logs::{DeliverySource, LogGroup, MetricFilter, Subscription};

/// Reads the log groups, metric filters and delivery sources of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let logs = site.logs();
    futures::join!(
        groups(site, &logs, intake),
        filters(site, &logs, intake),
        sources(site, &logs, intake),
        exports::collect(site, &logs, intake),
        policies::collect(site, intake),
        subscriptions::of_account(site, intake),
    );
}

async fn sources(site: &Site, logs: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            let describe = logs.describe_delivery_sources().set_next_token(token);
            ask!(site, "logs:DescribeDeliverySources", describe)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<DeliverySource>(&site.account, &site.region, &page.source);
            let sources = page.value.delivery_sources.as_ref();
            for source in sources.ok_or(missing("deliverySources"))? {
                let (identity, fields) = one_source(page, source)?;
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<DeliverySource>(&site.account, &site.region, gap);
    }
}

fn one_source<T>(page: &Told<T>, source: &Source) -> Result<(Identity, DeliverySource), Missing> {
    let name = source.name().ok_or(missing("name"))?;
    let log_type = source.log_type().ok_or(missing("logType"))?;
    let resources = source.resource_arns.as_ref();
    let fields = DeliverySource {
        name: page.fact(name.to_owned()),
        log_type: page.fact(log_type.to_owned()),
        resources: page.fact(resources.ok_or(missing("resourceArns"))?.clone()),
    };
    let identity = Identity {
        arn: source.arn().ok_or(missing("arn"))?.to_owned(),
        name: name.to_owned(),
    };
    Ok((identity, fields))
}

async fn groups(site: &Site, logs: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            let describe = logs.describe_log_groups().set_next_token(token);
            ask!(site, "logs:DescribeLogGroups", describe)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<LogGroup>(&site.account, &site.region, &page.source);
            intake.listed::<Subscription>(&site.account, &site.region, &page.source);
            let mut names = Vec::new();
            for group in page.value.log_groups.as_ref().ok_or(missing("logGroups"))? {
                // `arn` ends with `:*`, which is not part of the ARN that other services know the group by.
                // <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html>
                let arn = group
                    .log_group_arn()
                    .or(group.arn())
                    .ok_or(missing("logGroupArn"))?
                    .trim_end_matches(":*");
                let name = group.log_group_name().ok_or(missing("logGroupName"))?;
                let identity = Identity {
                    arn: arn.to_owned(),
                    name: name.to_owned(),
                };
                intake.add(
                    &site.account,
                    &site.region,
                    identity,
                    one_group(page, group, name),
                );
                names.push(name);
            }
            each(names, async |name| {
                subscriptions::collect(site, intake, name).await
            })
            .await;
            Ok(())
        },
    )
    .await;
    // Subscriptions stand on groups: one that was not listed hides its own.
    if let Err(gap) = listing {
        intake.incomplete::<LogGroup>(&site.account, &site.region, gap.clone());
        intake.incomplete::<Subscription>(&site.account, &site.region, gap);
    }
}

fn one_group<T>(page: &Told<T>, group: &Group, name: &str) -> LogGroup {
    LogGroup {
        name: page.fact(name.to_owned()),
        created: page.read(|_| {
            let milliseconds = group.creation_time().ok_or(missing("creationTime"))?;
            Timestamp::from_millisecond(milliseconds).map_err(|_| {
                Missing(format!(
                    "the answer holds the impossible time {milliseconds}"
                ))
            })
        }),
        retention_days: page.fact(group.retention_in_days().map(i64::from)),
        kms_key: page.fact(group.kms_key_id().map(str::to_owned)),
    }
}

async fn filters(site: &Site, logs: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            let describe = logs.describe_metric_filters().set_next_token(token);
            ask!(site, "logs:DescribeMetricFilters", describe)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<MetricFilter>(&site.account, &site.region, &page.source);
            let filters = page.value.metric_filters.as_ref();
            for filter in filters.ok_or(missing("metricFilters"))? {
                let name = filter.filter_name().ok_or(missing("filterName"))?;
                let group = filter.log_group_name().ok_or(missing("logGroupName"))?;
                // AWS gives metric filters no ARN of their own.
                let arn = format!(
                    "arn:{}:logs:{}:{}:log-group:{group}:metric-filter:{name}",
                    site.partition, site.region, site.account
                );
                let identity = Identity {
                    arn,
                    name: name.to_owned(),
                };
                intake.add(
                    &site.account,
                    &site.region,
                    identity,
                    one_filter(page, filter, name, group),
                );
            }
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<MetricFilter>(&site.account, &site.region, gap);
    }
}

fn one_filter<T>(page: &Told<T>, filter: &Filter, name: &str, group: &str) -> MetricFilter {
    let pattern = || filter.filter_pattern().ok_or(missing("filterPattern"));
    let alternatives = || -> Result<pattern::Alternatives, Missing> {
        let narrowed = filter
            .field_selection_criteria()
            .is_some_and(|criteria| !criteria.is_empty());
        let alternatives = pattern::alternatives(pattern()?);
        Ok(if narrowed { Vec::new() } else { alternatives })
    };
    MetricFilter {
        name: page.fact(name.to_owned()),
        log_group: page.fact(group.to_owned()),
        pattern: page.read(|_| Ok(pattern()?.to_owned())),
        events: page.read(|_| Ok(pattern::events(&alternatives()?))),
        alternatives: page.read(|_| alternatives()),
        metrics: page.read(|_| {
            let fed = filter.metric_transformations.as_ref();
            let fed = fed.ok_or(missing("metricTransformations"))?.iter();
            Ok(fed
                .map(|fed| format!("{}:{}", fed.metric_namespace(), fed.metric_name()))
                .collect())
        }),
    }
}
