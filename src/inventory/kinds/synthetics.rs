//! What CloudWatch Synthetics tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Canary::kind()]
}

kind! {
    /// A canary: it tries a site from outside, again and again.
    "synthetics.canary" as canary: Canary, listed by ["synthetics:DescribeCanaries"] {
        /// Name.
        name: String,
        /// Whether it is at work.
        running: bool,
        /// How its last run went: `PASSED`, `FAILED` or `RUNNING`; none: it has not run.
        last_run: Option<String> => ["synthetics:DescribeCanariesLastRun"],
    }
}
