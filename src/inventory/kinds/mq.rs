//! What Amazon MQ tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Broker::kind()]
}

kind! {
    /// A message broker of Amazon MQ.
    "mq.broker" as broker: Broker, listed by ["mq:ListBrokers"] {
        /// Name.
        name: String,
        /// `ACTIVEMQ` or `RABBITMQ`.
        engine: String,
        /// Whether another instance, in another zone, takes over where one fails.
        stands_by: bool,
        /// Version of the engine: `5.18`.
        version: String => ["mq:DescribeBroker"],
        /// Whether it can be reached from the internet.
        public: bool => ["mq:DescribeBroker"],
        /// Whether AWS brings in new minor versions by itself.
        takes_minor_versions: bool => ["mq:DescribeBroker"],
        /// Whether it logs what happens in it to CloudWatch Logs.
        logs_events: bool => ["mq:DescribeBroker"],
        /// Whether it logs what is done in its management to CloudWatch Logs; RabbitMQ has no such log.
        logs_audit: bool => ["mq:DescribeBroker"],
    }
}
