//! What CloudWatch Logs tells.

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        DeliverySource::kind(),
        ExportTask::kind(),
        LogGroup::kind(),
        MetricFilter::kind(),
        ResourcePolicy::kind(),
        Subscription::kind(),
    ]
}

kind! {
    /// A log group.
    "logs.log_group" as group: LogGroup, listed by ["logs:DescribeLogGroups"] {
        /// Name.
        name: String,
        /// When it was created.
        created: Timestamp,
        /// Days after which events are deleted; none: they are kept for ever.
        retention_days: Option<i64>,
        /// ARN of the customer's KMS key; none: CloudWatch's own key encrypts it.
        kms_key: Option<String>,
    }
}

kind! {
    /// A metric filter: it counts the log events that match a pattern.
    "logs.metric_filter" as filter: MetricFilter, listed by ["logs:DescribeMetricFilters"] {
        /// Name, unique within its log group.
        name: String,
        /// Name of its log group.
        log_group: String,
        /// The pattern as written.
        pattern: String,
        /// CloudTrail events every one of which the pattern matches: `CreateVpc` where it tests the name alone,
        /// `ec2.amazonaws.com:CreateVpc` where it tests the source too. An event that must meet any further
        /// condition is not among them.
        events: Vec<String>,
        /// The pattern's meaning, for patterns of the form `{ … }`: the alternatives, any of which matches, each as
        /// the conditions that must all hold. A condition is written one way, whatever its quotes and spaces:
        /// `userIdentity.type = Root`, `userIdentity.invokedBy NOT EXISTS`. Empty for every other form,
        /// and where a field selection narrows what the pattern sees.
        alternatives: Vec<Vec<String>>,
        /// Metrics it feeds, as `namespace:name`.
        metrics: Vec<String>,
    }
}

kind! {
    /// A resource of another service whose logs go through CloudWatch Logs to wherever they are delivered.
    "logs.delivery_source" as source: DeliverySource, listed by ["logs:DescribeDeliverySources"] {
        /// Name.
        name: String,
        /// What is logged: `ACCESS_LOGS`, `APPLICATION_LOGS`, …
        log_type: String,
        /// ARNs of the resources.
        resources: Vec<String>,
    }
}

kind! {
    /// A policy that lets others write into log groups, or read them.
    "logs.resource_policy" as resource_policy: ResourcePolicy, listed by ["logs:DescribeResourcePolicies"] {
        /// Name.
        name: String,
        /// Its statements.
        policy: Vec<Statement>,
    }
}

kind! {
    /// A subscription filter: it sends the events of a log group on as they come, or those of every group, where the account
    /// has one for all.
    "logs.subscription" as subscription: Subscription, listed by ["logs:DescribeLogGroups", "logs:DescribeSubscriptionFilters", "logs:DescribeAccountPolicies"] {
        /// Name, unique within its log group.
        name: String,
        /// Name of its log group; `*` for every one, but those that the account's policy leaves out.
        log_group: String,
        /// ARN of what gets the events: a stream, a function, or a destination of another account.
        destination_arn: String,
        /// Account of the destination.
        destination_account: String,
    }
}

kind! {
    /// A task that exports the events of a log group to a bucket.
    "logs.export_task" as export: ExportTask, listed by ["logs:DescribeExportTasks"] {
        /// Id.
        id: String,
        /// Name of the log group.
        log_group: String,
        /// The bucket it goes to.
        bucket: String,
        /// `COMPLETED`, `RUNNING`, `FAILED` …
        status: String,
        /// When it was asked for; none: CloudWatch Logs does not say.
        created: Option<Timestamp>,
    }
}
