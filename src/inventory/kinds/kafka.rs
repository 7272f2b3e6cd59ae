//! What MSK tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Cluster::kind()]
}

kind! {
    /// An MSK cluster.
    "kafka.cluster" as cluster: Cluster, listed by ["kafka:ListClustersV2"] {
        /// Name.
        name: String,
        /// Whether AWS runs its brokers out of sight; it then takes TLS and IAM only, and delivers no logs of brokers.
        serverless: bool,
        /// How clients may talk to brokers: `TLS`, `TLS_PLAINTEXT` (either) or `PLAINTEXT`.
        client_traffic: String,
        /// Whether brokers talk to each other encrypted.
        encrypts_between_brokers: bool,
        /// Whether clients get in that do not say who they are.
        lets_unknown_clients_in: bool,
        /// Whether brokers can be reached from the internet.
        public: bool,
        /// Whether logs of brokers are delivered anywhere.
        logs: bool,
        /// Version of Kafka: `3.6.0`; none: of a serverless cluster, or AWS does not say.
        version: Option<String>,
        /// Its major and minor version, as AWS ends its support: `msk 3.6`; none: as of `version`.
        release: Option<String>,
    }
}
