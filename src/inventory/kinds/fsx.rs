//! What FSx tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![FileSystem::kind()]
}

kind! {
    /// An FSx file system. AWS encrypts every one at rest.
    "fsx.file_system" as file_system: FileSystem, listed by ["fsx:DescribeFileSystems"] {
        /// Id.
        id: String,
        /// `WINDOWS`, `LUSTRE`, `ONTAP` or `OPENZFS`.
        r#type: String,
        /// When it was created.
        created: Timestamp,
        /// KMS key that encrypts it; none: FSx's own, as of scratch file systems.
        kms_key: Option<String>,
        /// `MULTI_AZ_1`, `SINGLE_AZ_2`, `PERSISTENT_2`, `SCRATCH_2` …
        deployment: String,
        /// Whether a second zone takes over. Lustre knows one zone only.
        multi_az: bool,
        /// Days that automatic backups are kept; 0: there are none.
        backup_retention_days: i64,
        /// Whether its tags go to its backups; none: its type leaves that to volumes.
        copies_tags: Option<bool>,
        /// Whether access to files is written to a log. Windows alone can.
        audits_access: bool,
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}
