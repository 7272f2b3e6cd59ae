//! Links of what holds data, and of its copies.

use super::super::Leads::{ToMany, ToOneOrNone};
use super::super::Link;
use super::super::Within::{Account, Region};
use super::link;

pub(super) const LINKS: &[Link] = &[
    link(
        ("backup.job", "protected"),
        "backup.protected_resource",
        ToOneOrNone,
        Region,
        Some(("resource_arn", "arn")),
        "What the job backs up, as AWS Backup lists it; none: it holds no recovery point of it.",
    ),
    link(
        ("rds.cluster", "backup"),
        "backup.protected_resource",
        ToOneOrNone,
        Region,
        Some(("arn", "arn")),
        "Its recovery points in AWS Backup; none: there is no recovery point.",
    ),
    link(
        ("rds.instance", "backup"),
        "backup.protected_resource",
        ToOneOrNone,
        Region,
        Some(("arn", "arn")),
        "Its recovery points in AWS Backup; none: there is no recovery point.",
    ),
    link(
        ("s3.bucket", "backup"),
        "backup.protected_resource",
        ToOneOrNone,
        Account,
        Some(("arn", "arn")),
        "Its recovery points in AWS Backup; none: there is no recovery point.",
    ),
    link(
        ("s3.bucket", "logs_of"),
        "s3.bucket",
        ToMany,
        Account,
        Some(("name", "log_bucket")),
        "The buckets of this account whose access logs it receives.",
    ),
];
