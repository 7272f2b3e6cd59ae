//! What SNS tells.

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Subscription::kind(), Topic::kind()]
}

kind! {
    /// An SNS topic.
    "sns.topic" as topic: Topic, listed by ["sns:ListTopics"] {
        /// Name.
        name: String,
        /// Statements of the topic's access policy.
        policy: Vec<Statement> => ["sns:GetTopicAttributes"],
        /// KMS key that encrypts messages at rest, as id, alias or ARN; none: they are not encrypted with KMS.
        kms_key: Option<String> => ["sns:GetTopicAttributes"],
        /// ARN of that key, or of its alias; none: they are not encrypted with KMS.
        key_arn: Option<String> => ["sns:GetTopicAttributes"],
        /// Confirmed subscriptions, those of other accounts among them, which the listing of this account's
        /// subscriptions leaves out.
        confirmed: i64 => ["sns:GetTopicAttributes"],
    }
}

kind! {
    /// A subscription that this account owns.
    "sns.subscription" as subscription: Subscription, listed by ["sns:ListSubscriptions"] {
        /// ARN of its topic, which may be another account's.
        topic_arn: String,
        /// `email`, `https`, `sqs`, `lambda`, `sms` …
        protocol: String,
        /// Whether the endpoint has confirmed that it wants the messages.
        confirmed: bool,
        /// E-mail address that gets the messages; none: they go elsewhere.
        email: Option<String>,
        /// Host of the address on the web that gets them; none: they go elsewhere. What comes after the host may be a token,
        /// and is not kept.
        host: Option<String>,
    }
}
