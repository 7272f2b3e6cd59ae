//! What the Tagging API tells.

use std::collections::BTreeMap;

use crate::facet;
use crate::inventory::schema::{Fields, Kind};

/// Its facet of a region.
pub fn kinds() -> Vec<Kind> {
    vec![Tagging::kind()]
}

facet! {
    /// Which tags the resources of a region carry.
    of "region": Tagging {
        /// How many resources have a tag or once had one; those that never had any AWS leaves out.
        taggable: i64 => ["resourcegroupstaggingapi:GetResources"],
        /// How many of them carry a tag, by its key.
        tagged: BTreeMap<String, i64> => ["resourcegroupstaggingapi:GetResources"],
        /// Whom tags name as owners: each value once of the tags whose key is `owner`, in whatever case.
        owners: Vec<String> => ["resourcegroupstaggingapi:GetResources"],
    }
}
