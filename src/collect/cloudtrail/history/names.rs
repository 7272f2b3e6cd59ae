//! The names that are asked for: each is a call more in every region where it may happen, so there are no more than
//! controls are about.

/// Where events of a name are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// In the region of the call.
    Everywhere,
    /// In the region that keeps the events of services without one.
    Home,
}

use Where::{Everywhere, Home};

/// Rare and telling: what they are about, and their names.
pub(super) const SUBJECTS: &[(&str, &[(&str, Where)])] = &[
    (
        "watching",
        &[
            ("StopLogging", Everywhere),
            ("DeleteTrail", Everywhere),
            ("UpdateTrail", Everywhere),
            ("PutEventSelectors", Everywhere),
            ("StopConfigurationRecorder", Everywhere),
            ("DeleteConfigurationRecorder", Everywhere),
            ("DeleteDeliveryChannel", Everywhere),
            ("DeleteDetector", Everywhere),
            ("DisableSecurityHub", Everywhere),
            ("DeleteFlowLogs", Everywhere),
        ],
    ),
    ("findings", &[("BatchUpdateFindings", Everywhere)]),
    (
        "access given",
        &[
            // IAM's, and Identity Center's in its own region.
            ("CreateUser", Everywhere),
            ("CreateAccountAssignment", Everywhere),
            ("CreateLoginProfile", Home),
            ("CreateAccessKey", Home),
            ("AttachUserPolicy", Home),
            ("PutUserPolicy", Home),
            ("AddUserToGroup", Home),
        ],
    ),
    (
        "access taken",
        &[
            ("DeleteUser", Everywhere),
            ("DeleteAccountAssignment", Everywhere),
            ("DeleteLoginProfile", Home),
            ("DeleteAccessKey", Home),
            ("UpdateAccessKey", Home),
            ("DetachUserPolicy", Home),
            ("RemoveUserFromGroup", Home),
        ],
    ),
    (
        "restore",
        &[
            ("RestoreDBInstanceFromDBSnapshot", Everywhere),
            ("RestoreDBInstanceToPointInTime", Everywhere),
            ("RestoreDBClusterFromSnapshot", Everywhere),
            ("RestoreDBClusterToPointInTime", Everywhere),
            ("RestoreTableFromBackup", Everywhere),
            ("RestoreTableToPointInTime", Everywhere),
        ],
    ),
    (
        "export",
        &[
            ("ModifySnapshotAttribute", Everywhere),
            ("ModifyImageAttribute", Everywhere),
            ("ModifyDBSnapshotAttribute", Everywhere),
            ("ModifyDBClusterSnapshotAttribute", Everywhere),
            ("StartExportTask", Everywhere),
            ("ExportTableToPointInTime", Everywhere),
            ("CreateInstanceExportTask", Everywhere),
            ("ExportImage", Everywhere),
            ("CreateStoreImageTask", Everywhere),
            ("PutBucketReplication", Everywhere),
            // CloudWatch Logs'.
            ("CreateExportTask", Everywhere),
            // The Database Migration Service's, and DataSync's.
            ("StartReplicationTask", Everywhere),
            ("StartTaskExecution", Everywhere),
        ],
    ),
];

/// What puts new code, new settings or new ways in into production. Lambda's names carry the date of their API.
/// <https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html>
pub(super) const CHANGES: &[(&str, Where)] = &[
    ("CreateFunction20150331", Everywhere),
    ("UpdateFunctionCode20150331v2", Everywhere),
    ("UpdateFunctionConfiguration20150331v2", Everywhere),
    ("UpdateService", Everywhere),
    ("RegisterTaskDefinition", Everywhere),
    ("CreateStack", Everywhere),
    ("UpdateStack", Everywhere),
    ("ExecuteChangeSet", Everywhere),
    ("DeleteStack", Everywhere),
    ("RunInstances", Everywhere),
    ("ModifyInstanceAttribute", Everywhere),
    ("AuthorizeSecurityGroupIngress", Everywhere),
    ("CreateRoute", Everywhere),
    ("ModifyDBInstance", Everywhere),
    ("ModifyDBCluster", Everywhere),
    ("DeleteDBInstance", Everywhere),
    ("PutBucketPolicy", Everywhere),
    ("PutKeyPolicy", Everywhere),
    ("CreateRole", Home),
    ("UpdateAssumeRolePolicy", Home),
    ("PutRolePolicy", Home),
    ("AttachRolePolicy", Home),
    ("CreatePolicyVersion", Home),
    ("ChangeResourceRecordSets", Home),
];
