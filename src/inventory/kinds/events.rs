//! What EventBridge tells.

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        ApiDestination::kind(),
        Archive::kind(),
        Bus::kind(),
        Rule::kind(),
    ]
}

kind! {
    /// An event bus. Every region has one, `default`, to which AWS's own events come.
    "events.bus" as bus: Bus, listed by ["events:ListEventBuses"] {
        /// Name; of a partner, who sends the events, where it is a partner's.
        name: String,
        /// Statements of its policy: who else may send events to it, or manage its rules; empty: nobody.
        policy: Vec<Statement>,
        /// Numbers of other accounts that the policy allows something; empty: none.
        policy_accounts: Vec<String>,
    }
}

kind! {
    /// A rule: what happens with the events of a bus that match a pattern, or at set times.
    "events.rule" as rule: Rule, listed by ["events:ListEventBuses", "events:ListRules"] {
        /// Name, unique on its bus.
        name: String,
        /// Name of its bus.
        bus: String,
        /// Service that made it and looks after it; none: the customer did.
        managed_by: Option<String>,
        /// Whether it is in force.
        enabled: bool,
        /// Whether AWS's own events come to it: it is in force, and on the default bus.
        hears_aws: bool,
        /// Whether the events of services without a region come to it, too, IAM's and Organizations': it hears AWS's own
        /// events in the region where these arrive.
        hears_global: bool,
        /// Whether it also sees the calls that only read, as CloudTrail records them; most rules do not.
        hears_reads: bool,
        /// The pattern that events must match, as written; none: it runs at set times.
        pattern: Option<String>,
        /// When it runs; none: it waits for events.
        schedule: Option<String>,
        /// ARN of its bus while it is in force; none: it is switched off, and nothing comes of what is sent there.
        serves: Option<String>,
        /// ARNs of what it sends to or starts; empty: nothing happens.
        targets: Vec<String> => ["events:ListTargetsByRule"],
        /// Those of them that are SNS topics.
        topic_arns: Vec<String> => ["events:ListTargetsByRule"],
        /// Those of them that are Lambda functions, without version or alias.
        function_arns: Vec<String> => ["events:ListTargetsByRule"],
        /// Those of them that are SQS queues.
        queue_arns: Vec<String> => ["events:ListTargetsByRule"],
        /// Those of them that are event buses.
        bus_arns: Vec<String> => ["events:ListTargetsByRule"],
        /// Those of them that are API destinations.
        destination_arns: Vec<String> => ["events:ListTargetsByRule"],
    }
}

kind! {
    /// An API destination: an address outside AWS that rules may send events to.
    "events.api_destination" as destination: ApiDestination, listed by ["events:ListApiDestinations"] {
        /// Name.
        name: String,
        /// Whether events are sent there: its connection is authorized.
        active: bool,
        /// Host of the address; what comes after it may be a token, and is not kept.
        host: String,
        /// ARN of the connection, which holds the credentials.
        connection_arn: String,
    }
}

kind! {
    /// An archive: it keeps the events of a bus, so that they can be looked at and sent again.
    "events.archive" as archive: Archive, listed by ["events:ListArchives"] {
        /// Name.
        name: String,
        /// ARN of its bus.
        bus_arn: String,
        /// Whether AWS's own events come to it: it is in force, and on the default bus.
        hears_aws: bool,
        /// Days that it keeps them; none: for ever.
        retention_days: Option<i64>,
        /// The pattern that events must match, as written; none: it keeps all.
        pattern: Option<String> => ["events:DescribeArchive"],
    }
}
