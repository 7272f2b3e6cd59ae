//! Backup vaults with their lock, policy and notifications.

use aws_sdk_backup::Client;
use aws_sdk_backup::types::BackupVaultListMember;

use super::{PAGE, text};
use crate::ask;
use crate::aws::documents::statements;
use crate::aws::{Missing, Site, Turn, each, gather, instant, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::backup::Vault;
use crate::inventory::{Read, Told};

/// Reads the vaults.
pub(super) async fn collect(site: &Site, backup: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            let list = backup.list_backup_vaults().set_next_token(token);
            ask!(site, "backup:ListBackupVaults", list)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<Vault>(&site.account, &site.region, &page.source);
            let vaults = page.value.backup_vault_list.as_ref();
            let named = vaults
                .ok_or(missing("BackupVaultList"))?
                .iter()
                .map(|vault| {
                    let identity = Identity {
                        arn: text(vault.backup_vault_arn(), "BackupVaultArn")?,
                        name: text(vault.backup_vault_name(), "BackupVaultName")?,
                    };
                    Ok((identity, vault))
                });
            each(
                named.collect::<Result<Vec<_>, Missing>>()?,
                async |(identity, vault)| {
                    let fields = one_vault(site, backup, page, vault, &identity.name).await;
                    intake.add(&site.account, &site.region, identity, fields);
                },
            )
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Vault>(&site.account, &site.region, gap);
    }
}

async fn one_vault<T>(
    site: &Site,
    backup: &Client,
    page: &Told<T>,
    vault: &BackupVaultListMember,
    name: &str,
) -> Vault {
    let about = format!("vault={name}");
    let policy = ask!(
        site,
        "backup:GetBackupVaultAccessPolicy",
        backup
            .get_backup_vault_access_policy()
            .backup_vault_name(name),
        about
    );
    let notifications = ask!(
        site,
        "backup:GetBackupVaultNotifications",
        backup
            .get_backup_vault_notifications()
            .backup_vault_name(name),
        about
    );
    Vault {
        name: page.fact(name.to_owned()),
        r#type: page.read(|_| text(vault.vault_type().map(|kind| kind.as_str()), "VaultType")),
        kms_key: page.fact(vault.encryption_key_arn().map(str::to_owned)),
        recovery_points: page.fact(vault.number_of_recovery_points()),
        locked: page.read(|_| vault.locked().ok_or(missing("Locked"))),
        lock_date: page.read(|_| vault.lock_date().map(instant).transpose()),
        min_days: page.fact(vault.min_retention_days()),
        max_days: page.fact(vault.max_retention_days()),
        unencrypted: unencrypted(site, backup, name).await,
        policy: policy.read_or(Vec::new, |a| {
            statements(a.policy().ok_or(missing("Policy"))?)
        }),
        notifies_of: notifications.read_or(Vec::new, |a| {
            let events = a
                .backup_vault_events
                .as_ref()
                .ok_or(missing("BackupVaultEvents"))?;
            Ok(events
                .iter()
                .map(|event| event.as_str().to_owned())
                .collect())
        }),
        topic_arn: notifications.read_or(
            || None,
            |a| text(a.sns_topic_arn(), "SNSTopicArn").map(Some),
        ),
    }
}

async fn unencrypted(site: &Site, backup: &Client, vault: &str) -> Read<Vec<String>> {
    gather(
        async |token| {
            let list = backup
                .list_recovery_points_by_backup_vault()
                .backup_vault_name(vault)
                .max_results(PAGE)
                .set_next_token(token);
            ask!(
                site,
                "backup:ListRecoveryPointsByBackupVault",
                list,
                format!("vault={vault}")
            )
        },
        |page| Turn::to(page.next_token()),
        |page| {
            let points = page.recovery_points.as_ref();
            points
                .ok_or(missing("RecoveryPoints"))?
                .iter()
                .filter(|point| !point.is_encrypted())
                .map(|point| text(point.recovery_point_arn(), "RecoveryPointArn"))
                .collect()
        },
    )
    .await
}
