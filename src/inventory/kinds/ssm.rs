//! What Systems Manager tells. Never the value of a parameter.

mod region;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

pub use region::{DocumentSharing, SessionPreferences, Sessions};

/// Its kinds, and what it knows of a region.
pub fn kinds() -> Vec<Kind> {
    vec![
        Association::kind(),
        Document::kind(),
        DocumentSharing::kind(),
        Instance::kind(),
        MaintenanceWindow::kind(),
        OpsItem::kind(),
        Parameter::kind(),
        SessionPreferences::kind(),
    ]
}

record! {
    /// What the last look for patches found, or their last installation left.
    pub struct Patches {
        /// `Scan` or `Install`.
        operation: String,
        /// When it ended.
        ended: Timestamp,
        /// Patches that the baseline approves and that are not installed.
        missing: i64,
        /// Patches whose installation failed.
        failed: i64,
        /// Patches that take effect with the next start of the machine.
        pending_reboot: i64,
        /// Patches that the baseline calls critical and that are missing, failed or not in effect yet.
        critical_missing: i64,
        /// Patches of class security that are missing, failed or not in effect yet.
        security_missing: i64,
    }
}

kind! {
    /// A machine that has registered with Systems Manager: an EC2 instance, or one that runs elsewhere.
    "ssm.instance" as managed: Instance, listed by ["ssm:DescribeInstanceInformation"] {
        /// `i-…` of EC2, `mi-…` of others.
        id: String,
        /// `EC2Instance` or `ManagedInstance`.
        r#type: String,
        /// Whether its agent answers.
        online: bool,
        /// When the agent last answered.
        last_seen: Timestamp,
        /// `Linux`, `Windows` or `MacOS`; none: the agent has not said so yet.
        platform: Option<String>,
        /// Operating system: `Amazon Linux`; none: the agent does not say.
        system: Option<String>,
        /// Version of the agent; none: it has not said so yet.
        agent: Option<String>,
        /// Whether that is the newest version; none: Systems Manager does not say, as of Windows.
        agent_current: Option<bool>,
        /// Its patches; none: nobody has ever looked.
        patches: Option<Patches> => ["ssm:DescribeInstancePatchStates"],
        /// Whether it meets its patch baseline, as Systems Manager judges; none: it does not judge.
        baseline_met: Option<bool> => ["ssm:ListResourceComplianceSummaries"],
        /// Whether all that State Manager is to keep on it is kept; none: nothing is.
        associations_met: Option<bool> => ["ssm:ListResourceComplianceSummaries"],
        /// Names of the software that Inventory found on it; empty where it was not listed.
        software: Vec<String> => ["ssm:GetInventory"],
        /// When that software was listed; none: never.
        software_listed: Option<Timestamp> => ["ssm:GetInventory"],
    }
}

record! {
    /// What an association applies to.
    pub struct Target {
        /// `InstanceIds`, `tag:Name`, `resource-groups:Name` …
        key: String,
        /// Its values; `*` for every machine.
        values: Vec<String>,
    }
}

kind! {
    /// An association of State Manager: a document that is run on machines, once or again and again.
    "ssm.association" as association: Association, listed by ["ssm:ListAssociations"] {
        /// Id.
        id: String,
        /// Name; none: nobody gave it one.
        name: Option<String>,
        /// The document it runs: `AWS-RunPatchBaseline`.
        document: String,
        /// Cron or rate expression; none: it runs once.
        schedule: Option<String>,
        /// What it applies to; empty: it was made for one instance.
        targets: Vec<Target>,
        /// When it last ran; none: never.
        last_run: Option<Timestamp>,
        /// `Pending`, `Success`, `Failed` …; none: it has not come to an end yet.
        status: Option<String>,
    }
}

kind! {
    /// A document that the account owns.
    "ssm.document" as document: Document, listed by ["ssm:ListDocuments"] {
        /// Name.
        name: String,
        /// `Command`, `Automation`, `Session`, `Policy` …
        r#type: String,
        /// When this version was made.
        created: Timestamp,
        /// Ids of the accounts it is shared with; `all`: with everyone.
        shared_with: Vec<String> => ["ssm:DescribeDocumentPermission"],
    }
}

kind! {
    /// A maintenance window.
    "ssm.maintenance_window" as window: MaintenanceWindow, listed by ["ssm:DescribeMaintenanceWindows"] {
        /// `mw-…`.
        id: String,
        /// Name.
        name: String,
        /// Whether it is enabled.
        enabled: bool,
        /// Whether it will open again.
        comes_again: bool,
        /// What is run in it: names of documents, ARNs of functions and state machines; empty: nothing.
        runs: Vec<String> => ["ssm:DescribeMaintenanceWindowTasks"],
    }
}

kind! {
    /// A parameter of Parameter Store. Its value is never read.
    "ssm.parameter" as parameter: Parameter, listed by ["ssm:DescribeParameters"] {
        /// Name, with its path.
        name: String,
        /// `String`, `StringList` or `SecureString`.
        r#type: String,
        /// KMS key that encrypts it, as id, alias or ARN; none: it is not encrypted with KMS.
        kms_key: Option<String>,
        /// When it was last changed.
        modified: Timestamp,
    }
}

kind! {
    /// An item of OpsCenter that nobody has closed.
    "ssm.ops_item" as item: OpsItem, listed by ["ssm:DescribeOpsItems"] {
        /// `oi-…`.
        id: String,
        /// `Open` or `InProgress`.
        status: String,
        /// What opened it: a service, an alarm, or a person.
        source: String,
        /// `Availability`, `Cost`, `Performance`, `Recovery` or `Security`; none: nobody has said so.
        category: Option<String>,
        /// `1` (critical) to `4` (low); none: nobody has said so.
        severity: Option<String>,
        /// When it was opened.
        created: Timestamp,
    }
}
