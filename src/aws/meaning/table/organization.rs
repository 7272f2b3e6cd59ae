//! What errors mean of Organizations, IAM Identity Center, RAM, account contacts, Artifact and Cognito.

use super::super::Meaning::{Absent, Gap};
use super::super::Row;
use super::row;
use crate::inventory::Reason::{Denied, Vanished};

const ORGANIZATION: &str =
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html";
const ORGANIZATIONS: &str =
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html";

const SSO: &str =
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DescribePermissionSet.html";
const IDENTITY_STORE: &str = "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListGroupMemberships.html";
const USER_POOLS: &str = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html";
const IDENTITY_POOLS: &str =
    "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentityPool.html";
const LANDING_ZONE: &str =
    "https://docs.aws.amazon.com/controltower/latest/APIReference/API_GetLandingZone.html";

pub(super) const ROWS: &[Row] = &[
    // There is no such contact.
    row(
        "account:GetAlternateContact",
        "ResourceNotFoundException",
        Absent,
        "https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html",
    ),
    // There is none.
    row(
        "account:GetContactInformation",
        "ResourceNotFoundException",
        Absent,
        "https://docs.aws.amazon.com/accounts/latest/reference/API_GetContactInformation.html",
    ),
    // It is in none.
    row(
        "organizations:DescribeOrganization",
        "AWSOrganizationsNotInUseException",
        Absent,
        ORGANIZATION,
    ),
    // No tag policy reports: they are not switched on, or not trusted to look into accounts.
    row(
        "resourcegroupstaggingapi:GetComplianceSummary",
        "ConstraintViolationException",
        Absent,
        "https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetComplianceSummary.html",
    ),
    // It has left since.
    row(
        "organizations:*",
        "AWSOrganizationsNotInUseException",
        Gap(Vanished),
        ORGANIZATIONS,
    ),
    row(
        "organizations:*",
        "ParentNotFoundException",
        Gap(Vanished),
        ORGANIZATIONS,
    ),
    row(
        "organizations:*",
        "ChildNotFoundException",
        Gap(Vanished),
        ORGANIZATIONS,
    ),
    row(
        "organizations:*",
        "PolicyNotFoundException",
        Gap(Vanished),
        ORGANIZATIONS,
    ),
    row(
        "organizations:*",
        "TargetNotFoundException",
        Gap(Vanished),
        ORGANIZATIONS,
    ),
    row(
        "organizations:*",
        "AccountNotFoundException",
        Gap(Vanished),
        ORGANIZATIONS,
    ),
    row(
        "organizations:*",
        "AccountNotRegisteredException",
        Gap(Vanished),
        ORGANIZATIONS,
    ),
    row(
        "sso-admin:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        SSO,
    ),
    row(
        "identitystore:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        IDENTITY_STORE,
    ),
    row(
        "cognito-idp:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        USER_POOLS,
    ),
    row(
        "cognito-idp:*",
        "NotAuthorizedException",
        Gap(Denied),
        USER_POOLS,
    ),
    row(
        "cognito-identity:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        IDENTITY_POOLS,
    ),
    row(
        "cognito-identity:*",
        "NotAuthorizedException",
        Gap(Denied),
        IDENTITY_POOLS,
    ),
    row(
        "controltower:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        LANDING_ZONE,
    ),
];
