//! What Kinesis Data Streams tells.

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Stream::kind()]
}

kind! {
    /// A Kinesis data stream.
    "kinesis.stream" as stream: Stream, listed by ["kinesis:ListStreams"] {
        /// Name.
        name: String,
        /// Whether records are encrypted at rest with a key of KMS.
        encrypted: bool => ["kinesis:DescribeStreamSummary"],
        /// The key, as ARN, id or alias; none: nothing is encrypted.
        kms_key: Option<String> => ["kinesis:DescribeStreamSummary"],
        /// Hours for which a record can be read again; a day at the least.
        retention_hours: i64 => ["kinesis:DescribeStreamSummary"],
        /// Statements of its policy; empty: it has none, and this account alone gets in.
        policy: Vec<Statement> => ["kinesis:GetResourcePolicy"],
        /// Other accounts that its policy lets in by name, in order.
        policy_accounts: Vec<String> => ["kinesis:GetResourcePolicy"],
    }
}
