//! FSx: file systems for Windows, Lustre, NetApp ONTAP and OpenZFS.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Missing, Moment, Protocol, Question, Site, Tag, Turn, list, missing, tags};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::fsx::FileSystem;

/// <https://docs.aws.amazon.com/fsx/latest/APIReference/welcome.html>
const API: Api = Api::new(
    "fsx",
    Protocol::Json {
        version: "1.1",
        target: "AWSSimbaAPIService_v20180301",
    },
);

/// Reads the file systems of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<FileSystem, FileSystems>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "DescribeFileSystems", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for system in &page.value.file_systems {
                let tags = tags(&system.tags);
                let identity = Identity {
                    arn: system.resource_arn.clone(),
                    name: tags.get("Name").unwrap_or(&system.file_system_id).clone(),
                };
                let fields = FileSystem {
                    id: page.fact(system.file_system_id.clone()),
                    r#type: page.fact(system.file_system_type.clone()),
                    created: page.fact(system.creation_time.0),
                    kms_key: page.fact(system.kms_key_id.clone()),
                    deployment: page.read(|_| Ok(system.settings()?.deployment_type.clone())),
                    multi_az: page
                        .read(|_| Ok(system.settings()?.deployment_type.starts_with("MULTI_AZ"))),
                    backup_retention_days: page.read(|_| system.settings()?.days()),
                    copies_tags: page.read(|_| Ok(system.settings()?.copy_tags_to_backups)),
                    audits_access: page.read(|_| Ok(system.settings()?.audits())),
                    tags: page.fact(tags),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FileSystems {
    file_systems: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/fsx/latest/APIReference/API_FileSystem.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    file_system_id: String,
    file_system_type: String,
    creation_time: Moment,
    /// Left out of scratch file systems, which FSx's own key encrypts.
    kms_key_id: Option<String>,
    #[serde(rename = "ResourceARN")]
    resource_arn: String,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
    windows_configuration: Option<Settings>,
    lustre_configuration: Option<Settings>,
    ontap_configuration: Option<Settings>,
    #[serde(rename = "OpenZFSConfiguration")]
    open_zfs_configuration: Option<Settings>,
}

impl Described {
    /// The settings of its type; the others' are left out.
    fn settings(&self) -> Result<&Settings, Missing> {
        let settings = match self.file_system_type.as_str() {
            "WINDOWS" => self.windows_configuration.as_ref(),
            "LUSTRE" => self.lustre_configuration.as_ref(),
            "ONTAP" => self.ontap_configuration.as_ref(),
            "OPENZFS" => self.open_zfs_configuration.as_ref(),
            other => return Err(Missing(format!("FSx has a new type {other}"))),
        };
        settings.ok_or_else(|| missing("the settings of its type"))
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Settings {
    deployment_type: String,
    /// Left out of scratch file systems, which have no backups.
    automatic_backup_retention_days: Option<i64>,
    /// Left out of ONTAP, whose volumes have it.
    copy_tags_to_backups: Option<bool>,
    /// Of Windows alone.
    audit_log_configuration: Option<Audit>,
}

impl Settings {
    /// <https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html>
    fn days(&self) -> Result<i64, Missing> {
        let scratch = self.deployment_type.starts_with("SCRATCH").then_some(0);
        let days = self.automatic_backup_retention_days.or(scratch);
        days.ok_or(missing("AutomaticBackupRetentionDays"))
    }

    fn audits(&self) -> bool {
        let audit = self.audit_log_configuration.as_ref();
        audit.is_some_and(|audit| audit.file_access_audit_log_level != "DISABLED")
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Audit {
    file_access_audit_log_level: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scratch_file_system_has_no_backups_and_any_other_must_say() {
        let days = |text: &str| serde_json::from_str::<Settings>(text).unwrap().days();
        assert_eq!(days(r#"{"DeploymentType":"SCRATCH_2"}"#), Ok(0));
        assert_eq!(
            days(r#"{"DeploymentType":"MULTI_AZ_1","AutomaticBackupRetentionDays":30}"#),
            Ok(30)
        );
        assert!(days(r#"{"DeploymentType":"PERSISTENT_2"}"#).is_err());
    }
}
