//! What SQS tells.

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Queue::kind()]
}

kind! {
    /// An SQS queue.
    "sqs.queue" as queue: Queue, listed by ["sqs:ListQueues"] {
        /// Name; one of a FIFO queue ends with `.fifo`.
        name: String,
        /// Statements of its access policy; empty: it has none, and this account alone gets in.
        policy: Vec<Statement> => ["sqs:GetQueueAttributes"],
        /// Other accounts that its policy lets in by name, in order.
        policy_accounts: Vec<String> => ["sqs:GetQueueAttributes"],
        /// Whether messages are encrypted at rest, with a key of SQS's own or of KMS.
        encrypted: bool => ["sqs:GetQueueAttributes"],
        /// KMS key that encrypts messages at rest, as id, alias or ARN; none: no key of KMS does.
        kms_key: Option<String> => ["sqs:GetQueueAttributes"],
        /// ARN of that key, or of its alias; none: no key of KMS does.
        key_arn: Option<String> => ["sqs:GetQueueAttributes"],
        /// ARN of the queue that takes what could not be worked off; none: there is none.
        dead_letter_arn: Option<String> => ["sqs:GetQueueAttributes"],
        /// Seconds until a message that nobody takes is dropped.
        retention_seconds: i64 => ["sqs:GetQueueAttributes"],
    }
}
