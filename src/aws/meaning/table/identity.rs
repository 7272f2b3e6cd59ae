//! What errors mean of IAM and KMS.

use super::super::Meaning::{Absent, Gap};
use super::super::Row;
use super::row;
use crate::inventory::Reason::{NotSubscribed, Vanished};

const COMMON: &str = "https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html";
const ORGANIZATIONS_FEATURES: &str =
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html";
const KMS_ROTATION: &str =
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html";

pub(super) const ROWS: &[Row] = &[
    // There is none.
    row(
        "iam:ListOrganizationsFeatures",
        "AccountNotManagementOrDelegatedAdministratorException",
        Absent,
        ORGANIZATIONS_FEATURES,
    ),
    row(
        "iam:ListOrganizationsFeatures",
        "OrganizationNotFoundException",
        Absent,
        ORGANIZATIONS_FEATURES,
    ),
    row(
        "iam:ListOrganizationsFeatures",
        "OrganizationNotInAllFeaturesModeException",
        Absent,
        ORGANIZATIONS_FEATURES,
    ),
    // The organization does not let IAM in, so that IAM does not say what is turned on.
    row(
        "iam:ListOrganizationsFeatures",
        "ServiceAccessNotEnabledException",
        Gap(NotSubscribed),
        ORGANIZATIONS_FEATURES,
    ),
    row(
        "iam:GetAccountPasswordPolicy",
        "NoSuchEntity",
        Absent,
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html",
    ),
    // Asymmetric keys, HMAC keys, imported material and custom key stores have no automatic rotation.
    row(
        "kms:GetKeyRotationStatus",
        "UnsupportedOperationException",
        Absent,
        KMS_ROTATION,
    ),
    row("iam:*", "NoSuchEntity", Gap(Vanished), COMMON),
    row("kms:*", "NotFoundException", Gap(Vanished), KMS_ROTATION),
];
