//! What Resilience Hub tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![App::kind()]
}

kind! {
    /// An application that Resilience Hub knows.
    "resiliencehub.app" as app: App, listed by ["resiliencehub:ListApps"] {
        /// Name.
        name: String,
        /// What its last assessment found: `PolicyMet`, `PolicyBreached`, `NotAssessed`, `ChangesDetected` (since then it was
        /// changed), `NotApplicable` or `MissingPolicy`; none: Resilience Hub does not say.
        assessment: Option<String>,
        /// When it was last assessed; none: never.
        assessed: Option<Timestamp>,
    }
}
