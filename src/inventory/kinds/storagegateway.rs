//! What Storage Gateway tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Gateway::kind()]
}

kind! {
    /// A storage gateway.
    "storagegateway.gateway" as gateway: Gateway, listed by ["storagegateway:ListGateways"] {
        /// Id.
        id: String,
        /// `STORED`, `CACHED`, `VTL`, `FILE_S3` …
        r#type: String,
        /// Whether it runs on EC2; if not, it runs on the customer's own hardware.
        on_ec2: bool,
    }
}
