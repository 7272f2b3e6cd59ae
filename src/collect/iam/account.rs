//! The root user and the password policy.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::get_account_summary::GetAccountSummaryOutput;
use aws_sdk_iam::types::{
    AssignmentStatusType, PasswordPolicy as Answered, SummaryKeyType, VirtualMfaDevice,
};

use super::from;
use super::report::Report;
use crate::ask;
use crate::aws::{Missing, Site, Turn, gather, missing, said};
use crate::inventory::Read;
use crate::inventory::intake::Intake;
use crate::inventory::kinds::iam::account::{AccountAccess, PasswordPolicy};

/// Serial numbers of virtual MFA devices, by the ARN of who uses them.
pub(super) type Devices = BTreeMap<String, Vec<String>>;

pub(super) async fn collect(
    site: &Site,
    iam: &Client,
    intake: &Intake,
    report: &Read<Report>,
    devices: &Read<Devices>,
) {
    let (summary, rules, central) = futures::join!(
        async { ask!(site, "iam:GetAccountSummary", iam.get_account_summary()) },
        async {
            ask!(
                site,
                "iam:GetAccountPasswordPolicy",
                iam.get_account_password_policy()
            )
        },
        async {
            ask!(
                site,
                "iam:ListOrganizationsFeatures",
                iam.list_organizations_features()
            )
        },
    );
    let root = format!("arn:{}:iam::{}:root", site.partition, site.account);
    let says =
        |key| summary.read(|answer| Ok(count(answer, &key)?.ok_or(missing(key.as_str()))? > 0));
    let fields = AccountAccess {
        root_mfa: says(SummaryKeyType::AccountMfaEnabled),
        root_access_key: says(SummaryKeyType::AccountAccessKeysPresent),
        root_signing_certificate: says(SummaryKeyType::AccountSigningCertificatesPresent),
        root_password: summary.read(|answer| {
            Ok(count(answer, &SummaryKeyType::AccountPasswordPresent)?.map(|count| count > 0))
        }),
        root_virtual_mfa: from(devices, |devices| Ok(serials(devices, &root))),
        root_last_used: from(report, |report| report.root()?.last_used()),
        credential_report_time: from(report, |report| Ok(report.generated)),
        administers_organization: central.read_or(|| false, |_| Ok(true)),
        central_root_features: central.read_or(Vec::new, |answer| {
            let features = answer.enabled_features.as_ref();
            let features = features.ok_or(missing("EnabledFeatures"))?.iter();
            Ok(features.map(|one| one.as_str().to_owned()).collect())
        }),
        password_policy: rules.read_or(
            || None,
            |answer| {
                password_policy(answer.password_policy().ok_or(missing("PasswordPolicy"))?)
                    .map(Some)
            },
        ),
    };
    intake.facet(&site.account, &site.region, fields);
}

fn count(answer: &GetAccountSummaryOutput, key: &SummaryKeyType) -> Result<Option<i32>, Missing> {
    let summary: &HashMap<SummaryKeyType, i32> =
        answer.summary_map().ok_or(missing("SummaryMap"))?;
    Ok(summary.get(key).copied())
}

/// The policy that IAM answers always has a length. What it leaves out, or sets to nought, is not asked of passwords.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html>
fn password_policy(policy: &Answered) -> Result<PasswordPolicy, Missing> {
    let unless_nought = |count: Option<i32>| count.filter(|count| *count > 0).map(i64::from);
    Ok(PasswordPolicy {
        min_length: policy
            .minimum_password_length()
            .ok_or(missing("MinimumPasswordLength"))?
            .into(),
        uppercase: policy.require_uppercase_characters(),
        lowercase: policy.require_lowercase_characters(),
        numbers: policy.require_numbers(),
        symbols: policy.require_symbols(),
        reuse_prevention: unless_nought(policy.password_reuse_prevention()),
        max_age_days: unless_nought(policy.max_password_age()),
        users_can_change: policy.allow_users_to_change_password(),
    })
}

/// One listing of all virtual devices in use; asking per user would be a call each.
pub(super) async fn virtual_mfa(site: &Site, iam: &Client) -> Read<Devices> {
    let listed = gather(
        async |token| {
            let assigned = AssignmentStatusType::Assigned;
            let asked = iam
                .list_virtual_mfa_devices()
                .assignment_status(assigned)
                .set_marker(token);
            ask!(site, "iam:ListVirtualMFADevices", asked)
        },
        |page| Turn::marked(page.is_truncated(), page.marker()),
        |page| Ok(page.virtual_mfa_devices().to_vec()),
    );
    listed.await?.read(|listed| by_user(listed))
}

fn by_user(listed: &[VirtualMfaDevice]) -> Result<Devices, Missing> {
    let mut devices = Devices::new();
    for device in listed {
        let user = device
            .user()
            .ok_or(missing("User of an assigned MFA device"))?;
        devices
            .entry(said(user.arn(), "User.Arn")?)
            .or_default()
            .push(said(device.serial_number(), "SerialNumber")?);
    }
    Ok(devices)
}

/// The devices of one user; the listing is complete, so who is not in it has none.
pub(super) fn serials(devices: &Devices, user: &str) -> Vec<String> {
    devices.get(user).map_or_else(Vec::new, Clone::clone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_password_policy_leaves_out_is_not_asked_of_passwords() {
        let least = Answered::builder().minimum_password_length(6).build();
        let policy = password_policy(&least).unwrap();
        assert_eq!(
            (
                policy.min_length,
                policy.reuse_prevention,
                policy.max_age_days
            ),
            (6, None, None)
        );
        let nought = Answered::builder()
            .minimum_password_length(6)
            .max_password_age(0)
            .password_reuse_prevention(0);
        assert_eq!(password_policy(&nought.build()).unwrap(), policy);
        let strict = Answered::builder()
            .minimum_password_length(14)
            .max_password_age(90)
            .password_reuse_prevention(24);
        let policy = password_policy(&strict.build()).unwrap();
        assert_eq!(
            (
                policy.min_length,
                policy.reuse_prevention,
                policy.max_age_days
            ),
            (14, Some(24), Some(90))
        );
        assert_eq!(
            password_policy(&Answered::builder().build()),
            Err(missing("MinimumPasswordLength"))
        );
    }

    #[test]
    fn a_summary_without_a_key_says_nothing_of_it() {
        let answer = GetAccountSummaryOutput::builder()
            .summary_map(SummaryKeyType::AccountMfaEnabled, 0)
            .build();
        assert_eq!(
            count(&answer, &SummaryKeyType::AccountMfaEnabled),
            Ok(Some(0))
        );
        assert_eq!(
            count(&answer, &SummaryKeyType::AccountPasswordPresent),
            Ok(None)
        );
        let empty = GetAccountSummaryOutput::builder().build();
        assert_eq!(
            count(&empty, &SummaryKeyType::AccountMfaEnabled),
            Err(missing("SummaryMap"))
        );
    }
}
