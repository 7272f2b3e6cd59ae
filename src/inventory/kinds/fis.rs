//! What the Fault Injection Service tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Experiment::kind()]
}

kind! {
    /// An experiment: something was broken on purpose, to see what happens.
    "fis.experiment" as experiment: Experiment, listed by ["fis:ListExperiments"] {
        /// Id.
        id: String,
        /// `pending`, `initiating`, `running`, `completed`, `stopping`, `stopped`, `failed` or `cancelled`.
        status: String,
        /// When it was started.
        created: Timestamp,
    }
}
