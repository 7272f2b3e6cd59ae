//! What EFS tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![AccessPoint::kind(), FileSystem::kind()]
}

kind! {
    /// An access point: a way into a file system, with a directory and a user of its own.
    "efs.access_point" as access_point: AccessPoint, listed by ["efs:DescribeFileSystems", "efs:DescribeAccessPoints"] {
        /// Id.
        id: String,
        /// Id of the file system.
        file_system: String,
        /// Directory that its clients see as the root; `/`: the whole file system.
        root: String,
        /// Whether all who enter by it are one POSIX user, whatever their machine says.
        sets_user: bool,
    }
}

kind! {
    /// An EFS file system.
    "efs.file_system" as file_system: FileSystem, listed by ["efs:DescribeFileSystems"] {
        /// Id.
        id: String,
        /// When it was created.
        created: Timestamp,
        /// Whether it is encrypted at rest.
        encrypted: bool,
        /// ARN of the KMS key that encrypts it; none: it is not encrypted.
        kms_key: Option<String>,
        /// Whether it is kept in one zone only.
        one_zone: bool,
        /// Statements of its policy; empty: it has none, and every client that reaches a mount target may mount and write.
        policy: Vec<Statement> => ["efs:DescribeFileSystemPolicy"],
        /// Whether AWS Backup backs it up daily by EFS's own setting.
        automatic_backups: bool => ["efs:DescribeBackupPolicy"],
        /// Ids of the subnets that it can be mounted from: those of its mount targets.
        subnets: Vec<String> => ["efs:DescribeMountTargets"],
        /// Tags.
        tags: BTreeMap<String, String>,
    }
}
