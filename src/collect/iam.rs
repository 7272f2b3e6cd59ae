//! Reads IAM, once per account: root and the password policy, principals and policies, credentials, providers.
//!
//! Two answers tell nearly everything: the authorization details (principals, policies, trust) and the credential
//! report (passwords, MFA, access keys). Neither costs a call per user or role.

mod account;
mod details;
mod guardrails;
mod providers;
mod reach;
mod report;
mod scope;
mod versions;

use crate::aws::{Missing, Site};
use crate::inventory::Read;
use crate::inventory::intake::Intake;

/// Reads the account's IAM.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let iam = site.iam();
    let (report, devices) =
        futures::join!(report::read(site, &iam), account::virtual_mfa(site, &iam));
    report::access_keys(site, intake, &report);
    futures::join!(
        account::collect(site, &iam, intake, &report, &devices),
        details::collect(site, &iam, intake, &report, &devices),
        providers::collect(site, &iam, intake),
    );
}

/// A further fact from what another was taken from.
fn from<T, U>(read: &Read<T>, fact: impl FnOnce(&T) -> Result<U, Missing>) -> Read<U> {
    match read {
        Ok(told) => told.read(fact),
        Err(gap) => Err(gap.clone()),
    }
}
