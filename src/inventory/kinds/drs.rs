//! What Elastic Disaster Recovery tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![SourceServer::kind()]
}

kind! {
    /// A server that Elastic Disaster Recovery replicates.
    "drs.source_server" as server: SourceServer, listed by ["drs:DescribeSourceServers"] {
        /// Id.
        id: String,
        /// `CONTINUOUS`, `INITIAL_SYNC`, `BACKLOG`, `RESCAN`, `STALLED`, `PAUSED`, `DISCONNECTED`, `STOPPED` …
        replication: String,
        /// When it was last launched from its replica; none: never.
        last_launch: Option<Timestamp>,
        /// `DRILL` or `RECOVERY`; none: it was never launched.
        last_launch_was: Option<String>,
        /// `NOT_STARTED`, `PENDING`, `SUCCEEDED` or `FAILED`; none: AWS does not say.
        last_launch_result: Option<String>,
    }
}
