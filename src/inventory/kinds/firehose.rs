//! What Firehose tells.

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Stream::kind()]
}

record! {
    /// Where a stream writes.
    pub struct Destination {
        /// `S3`, `Redshift`, `Elasticsearch`, `Amazonopensearchservice`, `Splunk`, `HttpEndpoint`, `Snowflake`, `Iceberg` …
        r#type: String,
        /// Whether what cannot be delivered is told in CloudWatch Logs.
        logs_errors: bool,
    }
}

kind! {
    /// A Firehose delivery stream.
    "firehose.stream" as stream: Stream, listed by ["firehose:ListDeliveryStreams"] {
        /// Name.
        name: String,
        /// `DirectPut` (producers write to it), `KinesisStreamAsSource`, `MSKAsSource` or `DatabaseAsSource`.
        reads_from: String => ["firehose:DescribeDeliveryStream"],
        /// ARN of the data stream it reads from; none: it reads from none.
        source_arn: Option<String> => ["firehose:DescribeDeliveryStream"],
        /// Whether what waits in it is encrypted at rest by itself; what it reads from another service that one encrypts.
        encrypted: bool => ["firehose:DescribeDeliveryStream"],
        /// Where it writes.
        destinations: Vec<Destination> => ["firehose:DescribeDeliveryStream"],
    }
}
