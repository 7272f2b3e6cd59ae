//! What AWS Security Incident Response tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Case::kind(), Membership::kind()]
}

kind! {
    /// A membership: AWS's own responders help with incidents. Of an organization one account has it for all.
    "security-ir.membership" as membership: Membership, listed by ["security-ir:ListMemberships"] {
        /// Id.
        id: String,
        /// `Active`, `Cancelled` or `Terminated`; none: the service does not say.
        status: Option<String>,
    }
}

kind! {
    /// A case: an incident or an investigation that somebody brought to the service, or the service to somebody.
    "security-ir.case" as case: Case, listed by ["security-ir:ListMemberships", "security-ir:ListCases"] {
        /// Id.
        id: String,
        /// Its title; none: it has none.
        title: Option<String>,
        /// `Submitted`, `Acknowledged`, `Detection and Analysis`, `Containment, Eradication and Recovery`,
        /// `Post-incident Activities`, `Ready to Close` or `Closed`.
        status: String,
        /// Who works on it: `AWS` or `Self`; none: the service does not say.
        worked_on_by: Option<String>,
        /// When it was opened.
        opened: Timestamp,
        /// When it was closed; none: it is not.
        closed: Option<Timestamp>,
    }
}
