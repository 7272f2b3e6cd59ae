//! What Resource Explorer tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Index::kind()]
}

kind! {
    /// What Resource Explorer knows of the resources of a region.
    "resource-explorer-2.index" as index: Index, listed by ["resource-explorer-2:ListIndexes"] {
        /// The region.
        region: String,
        /// Whether it also holds what the indexes of the other regions know.
        aggregates: bool,
    }
}
