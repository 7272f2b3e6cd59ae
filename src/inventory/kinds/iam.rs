//! What IAM tells: the account's own settings, its principals with their credentials, its policies, and who
//! else signs people in.

pub mod account;
pub mod policy;
pub mod principal;
pub mod provider;

use crate::inventory::schema::{Fields, Kind};

/// The kinds of IAM and its facet of the account.
pub fn kinds() -> Vec<Kind> {
    vec![
        account::AccountAccess::kind(),
        policy::Policy::kind(),
        principal::AccessKey::kind(),
        principal::Group::kind(),
        principal::Role::kind(),
        principal::User::kind(),
        provider::OidcProvider::kind(),
        provider::SamlProvider::kind(),
        provider::ServerCertificate::kind(),
    ]
}
