//! What Incident Manager tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Contact::kind(), Incident::kind(), ResponsePlan::kind()]
}

kind! {
    /// A response plan: whom an incident calls, and what it starts.
    "ssm-incidents.response_plan" as plan: ResponsePlan, listed by ["ssm-incidents:ListReplicationSets", "ssm-incidents:ListResponsePlans"] {
        /// Name.
        name: String,
        /// ARNs of the contacts, escalation plans and rotas that it calls; empty: nobody is called.
        engages: Vec<String> => ["ssm-incidents:GetResponsePlan"],
    }
}

kind! {
    /// An incident of the last year.
    "ssm-incidents.incident" as incident: Incident, listed by ["ssm-incidents:ListReplicationSets", "ssm-incidents:ListIncidentRecords"] {
        /// Its title.
        title: String,
        /// Whether it is over.
        resolved: bool,
        /// From 1, critical, to 5, no impact.
        impact: i64,
        /// When it began.
        opened: Timestamp,
        /// When it was over; none: it is not.
        closed: Option<Timestamp>,
    }
}

kind! {
    /// Somebody whom Incident Manager can call, or an order in which several are called.
    "ssm-incidents.contact" as contact: Contact, listed by ["ssm-incidents:ListReplicationSets", "ssm-contacts:ListContacts"] {
        /// Name.
        name: String,
        /// `PERSONAL` (one person), `ESCALATION` (who after whom) or `ONCALL_SCHEDULE` (who in which week).
        r#type: String,
    }
}
