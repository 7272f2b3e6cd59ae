//! CloudWatch: alarms on metrics, and alarms on alarms.

mod composite;
mod history;

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{AlarmType, CompositeAlarm, MetricAlarm};
use aws_smithy_types::DateTime;

use crate::ask;
use crate::aws::{Missing, Site, Turn, instant, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::cloudwatch::Alarm;
use crate::inventory::kinds::statement::account_of;

/// Reads the alarms of one region, and when they went off.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let cloudwatch = site.cloudwatch();
    futures::join!(
        alarms(site, &cloudwatch, intake),
        history::collect(site, &cloudwatch, intake),
    );
}

async fn alarms(site: &Site, cloudwatch: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            // Without the types, only alarms on metrics are answered.
            // <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html>
            let describe = cloudwatch
                .describe_alarms()
                .alarm_types(AlarmType::MetricAlarm)
                .alarm_types(AlarmType::CompositeAlarm)
                .max_records(100)
                .set_next_token(token);
            ask!(site, "cloudwatch:DescribeAlarms", describe)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<Alarm>(&site.account, &site.region, &page.source);
            let on_metrics = page.value.metric_alarms.as_ref();
            for alarm in on_metrics.ok_or(missing("MetricAlarms"))? {
                let identity = identity(alarm.alarm_arn(), alarm.alarm_name())?;
                intake.add(
                    &site.account,
                    &site.region,
                    identity,
                    on_metric(site, page, alarm),
                );
            }
            let on_alarms = page.value.composite_alarms.as_ref();
            for alarm in on_alarms.ok_or(missing("CompositeAlarms"))? {
                let identity = identity(alarm.alarm_arn(), alarm.alarm_name())?;
                intake.add(
                    &site.account,
                    &site.region,
                    identity,
                    on_alarms_of(page, alarm),
                );
            }
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Alarm>(&site.account, &site.region, gap);
    }
}

fn identity(arn: Option<&str>, name: Option<&str>) -> Result<Identity, Missing> {
    Ok(Identity {
        arn: arn.ok_or(missing("AlarmArn"))?.to_owned(),
        name: name.ok_or(missing("AlarmName"))?.to_owned(),
    })
}

fn on_metric<T>(site: &Site, page: &Told<T>, alarm: &MetricAlarm) -> Alarm {
    let actions = alarm.alarm_actions.as_deref();
    Alarm {
        name: page.read(|_| text(alarm.alarm_name(), "AlarmName")),
        composite: page.fact(false),
        metrics: page.fact(metrics(alarm)),
        expressions: page.fact(expressions(alarm)),
        about: page.fact(about(site, alarm)),
        watches: page.fact(Vec::new()),
        comparison: page.fact(
            alarm
                .comparison_operator()
                .map(|kind| kind.as_str().to_owned()),
        ),
        threshold: page.fact(alarm.threshold()),
        actions_enabled: page.read(|_| alarm.actions_enabled().ok_or(missing("ActionsEnabled"))),
        actions: page.read(|_| listed(actions)),
        topic_arns: page.read(|_| listed(actions).map(topics)),
        own_topic_arns: page.read(|_| own(listed(actions).map(topics)?, alarm.alarm_arn())),
        state: page.read(|_| {
            text(
                alarm.state_value().map(|state| state.as_str()),
                "StateValue",
            )
        }),
        state_since: page.read(|_| since(alarm.state_transitioned_timestamp())),
    }
}

fn on_alarms_of<T>(page: &Told<T>, alarm: &CompositeAlarm) -> Alarm {
    let actions = alarm.alarm_actions.as_deref();
    Alarm {
        name: page.read(|_| text(alarm.alarm_name(), "AlarmName")),
        composite: page.fact(true),
        metrics: page.fact(Vec::new()),
        expressions: page.fact(Vec::new()),
        about: page.fact(Vec::new()),
        watches: page.read(|_| {
            Ok(composite::watched(
                alarm.alarm_rule().ok_or(missing("AlarmRule"))?,
            ))
        }),
        comparison: page.fact(None),
        threshold: page.fact(None),
        actions_enabled: page.read(|_| alarm.actions_enabled().ok_or(missing("ActionsEnabled"))),
        actions: page.read(|_| listed(actions)),
        topic_arns: page.read(|_| listed(actions).map(topics)),
        own_topic_arns: page.read(|_| own(listed(actions).map(topics)?, alarm.alarm_arn())),
        state: page.read(|_| {
            text(
                alarm.state_value().map(|state| state.as_str()),
                "StateValue",
            )
        }),
        state_since: page.read(|_| since(alarm.state_transitioned_timestamp())),
    }
}

/// Those topics that are of the account of the alarm.
fn own(mut topics: Vec<String>, alarm: Option<&str>) -> Result<Vec<String>, Missing> {
    let account = alarm.and_then(account_of).ok_or(missing("AlarmArn"))?;
    topics.retain(|topic| account_of(topic) == Some(account));
    Ok(topics)
}

/// The metric of the alarm, or those inside its expressions. A query that names its metrics itself has none here.
fn metrics(alarm: &MetricAlarm) -> Vec<String> {
    let inside = alarm
        .metrics()
        .iter()
        .filter_map(|query| query.metric_stat()?.metric());
    let inside = inside.map(|metric| (metric.namespace(), metric.metric_name()));
    let mut metrics: Vec<String> = inside
        .chain([(alarm.namespace(), alarm.metric_name())])
        .filter_map(|(namespace, name)| Some(format!("{}:{}", namespace?, name?)))
        .collect();
    metrics.sort();
    metrics.dedup();
    metrics
}

fn expressions(alarm: &MetricAlarm) -> Vec<String> {
    let computed = alarm
        .metrics()
        .iter()
        .filter_map(|query| query.expression());
    computed.map(str::to_owned).collect()
}

/// The values of the dimensions of its metrics. Those of load balancers are the ends of their ARNs, of which the whole is
/// made. <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html>
fn about(site: &Site, alarm: &MetricAlarm) -> Vec<String> {
    let inside = alarm
        .metrics()
        .iter()
        .filter_map(|query| query.metric_stat()?.metric());
    let dimensions = inside.flat_map(|metric| metric.dimensions());
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let named = dimensions
        .chain(alarm.dimensions())
        .filter_map(|dimension| {
            let value = dimension.value()?;
            let whole = format!(
                "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{value}"
            );
            // A classic load balancer goes by its name.
            let by_arn = dimension.name() == Some("LoadBalancer");
            Some(if by_arn { whole } else { value.to_owned() })
        });
    let mut named: Vec<String> = named.collect();
    named.sort();
    named.dedup();
    named
}

fn text(value: Option<&str>, member: &str) -> Result<String, Missing> {
    value.map(str::to_owned).ok_or(missing(member))
}

fn listed(actions: Option<&[String]>) -> Result<Vec<String>, Missing> {
    actions
        .map(<[String]>::to_vec)
        .ok_or(missing("AlarmActions"))
}

/// The actions that notify a topic; others start or stop instances, or run something.
fn topics(actions: Vec<String>) -> Vec<String> {
    let is_topic = |arn: &String| arn.split(':').nth(2) == Some("sns");
    actions.into_iter().filter(is_topic).collect()
}

fn since(time: Option<&DateTime>) -> Result<Option<jiff::Timestamp>, Missing> {
    time.map(instant).transpose()
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudwatch::types::{Metric, MetricDataQuery, MetricStat};

    use super::*;

    #[test]
    fn metrics_are_found_wherever_an_alarm_names_them() {
        let one = MetricAlarm::builder()
            .namespace("CIS")
            .metric_name("Root")
            .build();
        assert_eq!(metrics(&one), ["CIS:Root"]);

        let query = |name: &str| {
            let metric = Metric::builder().namespace("CIS").metric_name(name).build();
            let stat = MetricStat::builder()
                .metric(metric)
                .period(60)
                .stat("Sum")
                .build();
            MetricDataQuery::builder().id("m").metric_stat(stat).build()
        };
        let sum = MetricDataQuery::builder()
            .id("s")
            .expression("SUM(METRICS())")
            .build();
        let many = MetricAlarm::builder()
            .metrics(query("Root"))
            .metrics(query("Denied"))
            .metrics(sum)
            .build();
        assert_eq!(metrics(&many), ["CIS:Denied", "CIS:Root"]);
    }

    #[test]
    fn only_topics_are_topics() {
        let actions = [
            "arn:aws:sns:eu-west-1:111122223333:oncall",
            "arn:aws:automate:eu-west-1:ec2:stop",
            "arn:aws:lambda:eu-west-1:111122223333:function:sns",
        ];
        let actions = actions.map(str::to_owned).to_vec();
        assert_eq!(
            topics(actions),
            ["arn:aws:sns:eu-west-1:111122223333:oncall"]
        );
    }
}
