//! What Step Functions tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![StateMachine::kind()]
}

kind! {
    /// A state machine.
    "stepfunctions.state_machine" as machine: StateMachine, listed by ["stepfunctions:ListStateMachines"] {
        /// Name.
        name: String,
        /// `STANDARD`, whose history Step Functions keeps for ninety days, or `EXPRESS`, which has none but its logs.
        r#type: String,
        /// When it was created.
        created: Timestamp,
        /// ARN of its role.
        role: String => ["stepfunctions:DescribeStateMachine"],
        /// What of its executions is logged: `ALL`, `ERROR`, `FATAL` or `OFF`.
        log_level: String => ["stepfunctions:DescribeStateMachine"],
        /// Whether logs hold the data that goes through it.
        logs_data: bool => ["stepfunctions:DescribeStateMachine"],
        /// Whether X-Ray traces it.
        traced: bool => ["stepfunctions:DescribeStateMachine"],
        /// KMS key of the customer that encrypts it, as id, alias or ARN; none: a key that AWS owns.
        kms_key: Option<String> => ["stepfunctions:DescribeStateMachine"],
    }
}
