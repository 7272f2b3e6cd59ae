//! What Audit Manager tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Assessment::kind()]
}

kind! {
    /// An assessment of Audit Manager, which takes no new customers.
    "auditmanager.assessment" as assessment: Assessment, listed by ["auditmanager:GetAccountStatus", "auditmanager:ListAssessments"] {
        /// Name.
        name: String,
        /// What it is held against, as its framework says: `SOC2`; none: the framework says nothing.
        standard: Option<String>,
        /// Whether it collects evidence.
        active: bool,
        /// When its last report was made; none: none was.
        reported: Option<Timestamp> => ["auditmanager:ListAssessmentReports"],
    }
}
