//! What CloudWatch tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Alarm::kind(), GoingOff::kind()]
}

kind! {
    /// A CloudWatch alarm on metrics, or on other alarms.
    "cloudwatch.alarm" as alarm: Alarm, listed by ["cloudwatch:DescribeAlarms"] {
        /// Name.
        name: String,
        /// Whether it watches other alarms and not metrics.
        composite: bool,
        /// Metrics it watches, as `namespace:name`, those inside an expression among them; empty for a composite.
        metrics: Vec<String>,
        /// What it computes from them, in metric math: `m1 / SERVICE_QUOTA(m1) * 100`; empty: nothing.
        expressions: Vec<String>,
        /// What those metrics are about, by the values of their dimensions, such as the name of a database; a load balancer by
        /// its ARN. Empty for a composite.
        about: Vec<String>,
        /// Alarms that a composite watches, by name or ARN as its rule has them; empty for others.
        watches: Vec<String>,
        /// How a value is held against the threshold, `GreaterThanOrEqualToThreshold`; none: it has no fixed
        /// comparison, as a composite.
        comparison: Option<String>,
        /// The threshold; none: a composite, or one against a band of expected values.
        threshold: Option<f64>,
        /// Whether its actions are switched on.
        actions_enabled: bool,
        /// ARNs of what it does on going into `ALARM`; empty: nothing.
        actions: Vec<String>,
        /// Those of them that are SNS topics.
        topic_arns: Vec<String>,
        /// Those of these that are this account's.
        own_topic_arns: Vec<String>,
        /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        state: String,
        /// Since when it is in that state; none: AWS does not say.
        state_since: Option<Timestamp>,
    }
}

kind! {
    /// An alarm that went off, of the last thirty days.
    "cloudwatch.going_off" as going_off: GoingOff, listed by ["cloudwatch:DescribeAlarmHistory"] {
        /// Name of the alarm.
        alarm_name: String,
        /// When.
        at: Timestamp,
    }
}
