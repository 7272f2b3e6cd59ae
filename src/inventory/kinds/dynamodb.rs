//! What DynamoDB tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Export::kind(), Table::kind()]
}

kind! {
    /// A DynamoDB table.
    "dynamodb.table" as table: Table, listed by ["dynamodb:ListTables"] {
        /// Name.
        name: String,
        /// `CREATING`, `ACTIVE`, `UPDATING`, `ARCHIVED` …
        status: String => ["dynamodb:DescribeTable"],
        /// When it was created.
        created: Timestamp => ["dynamodb:DescribeTable"],
        /// ARN of the KMS key of this account that encrypts it; none: a key that DynamoDB owns. Either way it is encrypted.
        kms_key: Option<String> => ["dynamodb:DescribeTable"],
        /// Whether it refuses to be deleted.
        deletion_protection: bool => ["dynamodb:DescribeTable"],
        /// Whether capacity follows the load by itself; if not, it is provisioned.
        on_demand: bool => ["dynamodb:DescribeTable"],
        /// Read capacity units that are provisioned, 0 on demand; none: DynamoDB does not say.
        read_capacity: Option<i64> => ["dynamodb:DescribeTable"],
        /// Write capacity units that are provisioned, 0 on demand; none: DynamoDB does not say.
        write_capacity: Option<i64> => ["dynamodb:DescribeTable"],
        /// Regions of the replicas of a global table; empty: it is in one region.
        replicas: Vec<String> => ["dynamodb:DescribeTable"],
        /// Whether it can be restored to any second of its recovery period.
        point_in_time_recovery: bool => ["dynamodb:DescribeContinuousBackups"],
        /// Attribute that says when an item expires; none: items stay until they are deleted.
        expires_by: Option<String> => ["dynamodb:DescribeTimeToLive"],
        /// Statements of the table's resource policy; empty: it has none.
        policy: Vec<Statement> => ["dynamodb:GetResourcePolicy"],
        /// Other accounts that the table's resource policy lets in, in order.
        policy_accounts: Vec<String> => ["dynamodb:GetResourcePolicy"],
        /// Tags.
        tags: BTreeMap<String, String> => ["dynamodb:ListTagsOfResource"],
    }
}

kind! {
    /// An export of a table to a bucket. DynamoDB tells of those of the last ninety days.
    "dynamodb.export" as export: Export, listed by ["dynamodb:ListExports"] {
        /// `IN_PROGRESS`, `COMPLETED` or `FAILED`.
        status: String,
        /// ARN of the table.
        table_arn: String => ["dynamodb:DescribeExport"],
        /// The bucket it goes to.
        bucket: String => ["dynamodb:DescribeExport"],
        /// When it was asked for.
        started: Timestamp => ["dynamodb:DescribeExport"],
    }
}
