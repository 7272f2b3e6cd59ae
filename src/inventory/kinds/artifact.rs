//! What Artifact tells: AWS's own audit reports, and what was agreed with AWS.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Agreement::kind(), Report::kind()]
}

kind! {
    /// A report on AWS by its auditors, or of a vendor on the Marketplace.
    "artifact.report" as report: Report, listed by ["artifact:ListReports"] {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// Whose report it is; none: AWS does not say.
        company: Option<String>,
        /// Its version; a report that is corrected gets the next.
        version: i64,
        /// Whether it is published, rather than withdrawn.
        published: bool,
        /// When the period begins that it covers; none: it covers none.
        period_start: Option<Timestamp>,
        /// When that period ends; none: it covers none.
        period_end: Option<Timestamp>,
    }
}

kind! {
    /// An agreement with AWS that was accepted for the account or for its organization.
    "artifact.agreement" as agreement: Agreement, listed by ["artifact:ListCustomerAgreements"] {
        /// Name.
        name: String,
        /// `ACTIVE`, `CUSTOMER_TERMINATED` or `AWS_TERMINATED`.
        state: String,
    }
}
