//! What WorkSpaces tells.

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Directory::kind(), Workspace::kind()]
}

kind! {
    /// A directory that is registered with WorkSpaces.
    "workspaces.directory" as directory: Directory, listed by ["workspaces:DescribeWorkspaceDirectories"] {
        /// Id.
        id: String,
        /// `REGISTERING`, `REGISTERED`, `DEREGISTERING`, `DEREGISTERED` or `ERROR`.
        state: String,
        /// Whether users are administrators of their desktop.
        local_administrators: bool,
        /// Whether desktops are updated in a maintenance window.
        maintained: bool,
        /// Groups of addresses that desktops may be reached from; empty: from everywhere.
        ip_groups: Vec<String>,
    }
}

kind! {
    /// A desktop in the cloud.
    "workspaces.workspace" as workspace: Workspace, listed by ["workspaces:DescribeWorkspaces"] {
        /// Id.
        id: String,
        /// Its user.
        user: String,
        /// Id of the directory that the user is in.
        directory: String,
        /// `AVAILABLE`, `STOPPED`, `SUSPENDED`, `PENDING` …
        state: String,
        /// Whether the volume with the system is encrypted.
        root_encrypted: bool,
        /// Whether the volume with the user's files is encrypted.
        user_encrypted: bool,
        /// When its user last connected; none: never.
        last_connected: Option<Timestamp> => ["workspaces:DescribeWorkspacesConnectionStatus"],
    }
}
