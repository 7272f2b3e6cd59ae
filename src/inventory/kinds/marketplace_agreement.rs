//! What the AWS Marketplace tells of agreements.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Agreement::kind()]
}

kind! {
    /// A purchase on the AWS Marketplace that the account agreed to.
    "marketplace-agreement.agreement" as agreement: Agreement, listed by ["marketplace-agreement:SearchAgreements"] {
        /// Id.
        id: String,
        /// `ACTIVE`, `EXPIRED`, `CANCELLED`, `TERMINATED`, `RENEWED`, `REPLACED`, `SUPERSEDED`, `ARCHIVED`, `ROLLED_BACK`.
        status: String,
        /// Number of the account that sells.
        vendor: String,
        /// When it was agreed to.
        accepted: Timestamp,
        /// When it ends; none: when somebody ends it.
        ends: Option<Timestamp>,
    }
}
