//! What the Transfer Family tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Server::kind(), User::kind()]
}

kind! {
    /// A server by which others exchange files.
    "transfer.server" as server: Server, listed by ["transfer:ListServers"] {
        /// Id.
        id: String,
        /// `ONLINE`, `OFFLINE`, `STARTING`, `STOPPING`, `START_FAILED` or `STOP_FAILED`.
        state: String,
        /// `PUBLIC`, `VPC` or `VPC_ENDPOINT`.
        endpoint: String,
        /// Number of its users; those of other identity providers are not counted.
        users: i64,
        /// `SERVICE_MANAGED`, `API_GATEWAY`, `AWS_DIRECTORY_SERVICE` or `AWS_LAMBDA`: who says who may enter.
        identity_provider: String => ["transfer:DescribeServer"],
        /// `SFTP`, `FTPS`, `FTP`, `AS2`.
        protocols: Vec<String> => ["transfer:DescribeServer"],
        /// Name of the policy that says which ciphers it takes: `TransferSecurityPolicy-2024-01`.
        security_policy: String => ["transfer:DescribeServer"],
        /// Whether what its users do is written to CloudWatch Logs.
        logged: bool => ["transfer:DescribeServer"],
        /// Tags.
        tags: BTreeMap<String, String> => ["transfer:DescribeServer"],
    }
}

kind! {
    /// A user of a server that keeps its users itself: a person, or a machine of a partner.
    "transfer.user" as user: User, listed by ["transfer:ListServers", "transfer:DescribeServer", "transfer:ListUsers"] {
        /// Name.
        name: String,
        /// Id of the server.
        server: String,
        /// ARN of the role that decides what it reaches; none: it has none.
        role_arn: Option<String>,
        /// Whether it sees the paths of the storage as they are, and not only directories that are mapped for it.
        sees_all: bool,
        /// Number of its SSH keys; none: AWS does not say.
        keys: Option<i64>,
        /// When the oldest of them was imported; none: it has no key.
        oldest_key: Option<Timestamp> => ["transfer:DescribeUser"],
        /// Whether a policy of its own narrows what the role lets it do.
        narrowed: bool => ["transfer:DescribeUser"],
        /// Tags.
        tags: BTreeMap<String, String> => ["transfer:DescribeUser"],
    }
}
