//! What AWS Health tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![ScheduledChange::kind()]
}

kind! {
    /// A change that AWS has set a date for and that is not over: a host that is retired, an upgrade, a certificate.
    "health.scheduled_change" as planned: ScheduledChange, listed by ["health:DescribeEvents"] {
        /// Service it is about: `EC2`, `RDS` …
        service: String,
        /// What is to happen: `AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED`.
        r#type: String,
        /// Region it happens in; none: in no one region.
        place: Option<String>,
        /// `open` or `upcoming`.
        status: String,
        /// Whether it is about resources of this account alone.
        ours: bool,
        /// When it begins; none: AWS has not said.
        starts: Option<Timestamp>,
    }
}
