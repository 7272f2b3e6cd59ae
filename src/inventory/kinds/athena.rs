//! What Athena tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Workgroup::kind()]
}

kind! {
    /// An Athena workgroup. Every region has one, `primary`, also where nobody uses Athena.
    "athena.workgroup" as workgroup: Workgroup, listed by ["athena:ListWorkGroups"] {
        /// Name.
        name: String,
        /// Whether queries can be run in it.
        enabled: bool,
        /// Whether a query ran in it within forty-five days, which is as long as Athena remembers.
        used: bool => ["athena:ListQueryExecutions"],
        /// Whether its settings win over those of whoever runs a query.
        enforced: bool => ["athena:GetWorkGroup"],
        /// Whether it encrypts results.
        results_encrypted: bool => ["athena:GetWorkGroup"],
        /// Whether it tells CloudWatch what its queries do.
        metrics: bool => ["athena:GetWorkGroup"],
    }
}
