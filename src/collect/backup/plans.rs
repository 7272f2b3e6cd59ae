//! Backup plans with their rules and selections.

use aws_sdk_backup::Client;
use aws_sdk_backup::types::{BackupPlansListMember, BackupRule, CopyAction, Lifecycle};

use super::text;
use crate::ask;
use crate::aws::{Missing, Site, Turn, each, gather, instant, missing, pages, said};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::backup::{Copy, Plan, PlanRule};
use crate::inventory::{Read, Told};

/// Reads the plans.
pub(super) async fn collect(site: &Site, backup: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            let list = backup.list_backup_plans().set_next_token(token);
            ask!(site, "backup:ListBackupPlans", list)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<Plan>(&site.account, &site.region, &page.source);
            let plans = page.value.backup_plans_list.as_ref();
            let named = plans.ok_or(missing("BackupPlansList"))?.iter().map(|plan| {
                let identity = Identity {
                    arn: text(plan.backup_plan_arn(), "BackupPlanArn")?,
                    name: text(plan.backup_plan_name(), "BackupPlanName")?,
                };
                Ok((identity, text(plan.backup_plan_id(), "BackupPlanId")?, plan))
            });
            each(
                named.collect::<Result<Vec<_>, Missing>>()?,
                async |(identity, id, plan)| {
                    let fields = one_plan(site, backup, page, plan, &identity, &id).await;
                    intake.add(&site.account, &site.region, identity, fields);
                },
            )
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Plan>(&site.account, &site.region, gap);
    }
}

async fn one_plan<T>(
    site: &Site,
    backup: &Client,
    page: &Told<T>,
    plan: &BackupPlansListMember,
    identity: &Identity,
    id: &str,
) -> Plan {
    let get = backup.get_backup_plan().backup_plan_id(id);
    let details = ask!(site, "backup:GetBackupPlan", get, format!("plan={id}"));
    Plan {
        id: page.fact(id.to_owned()),
        name: page.fact(identity.name.clone()),
        last_run: page.read(|_| plan.last_execution_date().map(instant).transpose()),
        rules: details.read(|a| {
            let rules = a.backup_plan().ok_or(missing("BackupPlan"))?.rules();
            // The SDK makes an empty list of one that is missing, and every plan has a rule.
            // <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupPlanInput.html>
            if rules.is_empty() {
                return Err(missing("Rules"));
            }
            rules
                .iter()
                .map(|rule| one_rule(&identity.arn, rule))
                .collect()
        }),
        selections: selections(site, backup, id).await,
    }
}

fn one_rule(plan: &str, rule: &BackupRule) -> Result<PlanRule, Missing> {
    Ok(PlanRule {
        name: said(rule.rule_name(), "RuleName")?,
        schedule: rule.schedule_expression().map(str::to_owned),
        vault: said(rule.target_backup_vault_name(), "TargetBackupVaultName")?,
        keep_days: keep_days(rule.lifecycle()),
        // Left out of plans that were made before it existed, and that have snapshots only.
        // <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html>
        continuous: rule.enable_continuous_backup() == Some(true),
        copies: rule
            .copy_actions()
            .iter()
            .map(|copy| one_copy(plan, copy))
            .collect::<Result<_, _>>()?,
    })
}

fn one_copy(plan: &str, copy: &CopyAction) -> Result<Copy, Missing> {
    let vault = copy.destination_backup_vault_arn();
    Ok(Copy {
        vault_arn: said(vault, "DestinationBackupVaultArn")?,
        elsewhere: place(vault).is_some_and(|there| place(plan).is_some_and(|here| there != here)),
        keep_days: keep_days(copy.lifecycle()),
    })
}

/// Region and account in an ARN.
fn place(arn: &str) -> Option<(&str, &str)> {
    let mut parts = arn.split(':').skip(3);
    Some((parts.next()?, parts.next()?))
}

/// A lifecycle without an end, and no lifecycle at all, keep for ever.
/// <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html>
fn keep_days(lifecycle: Option<&Lifecycle>) -> Option<i64> {
    // AWS answers -1 for a lifecycle that has only the move to cold storage.
    lifecycle?.delete_after_days().filter(|days| *days >= 0)
}

async fn selections(site: &Site, backup: &Client, plan: &str) -> Read<Vec<String>> {
    gather(
        async |token| {
            let list = backup
                .list_backup_selections()
                .backup_plan_id(plan)
                .set_next_token(token);
            ask!(
                site,
                "backup:ListBackupSelections",
                list,
                format!("plan={plan}")
            )
        },
        |page| Turn::to(page.next_token()),
        |page| {
            let selections = page.backup_selections_list.as_ref();
            let selections = selections.ok_or(missing("BackupSelectionsList"))?.iter();
            selections
                .map(|one| text(one.selection_name(), "SelectionName"))
                .collect()
        },
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_elsewhere_in_another_region_or_account() {
        let plan = "arn:aws:backup:eu-west-1:111122223333:backup-plan:9c1f";
        for (vault, elsewhere) in [
            (
                "arn:aws:backup:eu-west-1:111122223333:backup-vault:second",
                false,
            ),
            (
                "arn:aws:backup:eu-central-1:111122223333:backup-vault:second",
                true,
            ),
            (
                "arn:aws:backup:eu-west-1:444455556666:backup-vault:second",
                true,
            ),
        ] {
            let copy = CopyAction::builder()
                .destination_backup_vault_arn(vault)
                .build()
                .unwrap();
            let read = one_copy(plan, &copy).map(|copy| copy.elsewhere);
            assert_eq!(read, Ok(elsewhere), "{vault}");
        }
    }

    #[test]
    fn what_has_no_end_is_kept_for_ever() {
        let ends = |days| {
            keep_days(Some(
                &Lifecycle::builder().set_delete_after_days(days).build(),
            ))
        };
        assert_eq!(ends(Some(35)), Some(35));
        assert_eq!(ends(Some(-1)), None);
        assert_eq!(ends(None), None);
        assert_eq!(keep_days(None), None);
    }
}
