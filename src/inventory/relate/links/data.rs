//! Links of what holds data, and of its copies.

use super::super::Leads::{ToEach, ToMany, ToOneOrNone};
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
        ("backup.vault", "keys"),
        "kms.key",
        ToEach,
        Region,
        Some(("kms_key", "arn")),
        "The KMS key that encrypts it, if AWS names one. Undecided where that is another account's.",
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
        ("region", "backup_frameworks"),
        "backup.framework",
        ToMany,
        Region,
        None,
        "Every framework of Backup Audit Manager here.",
    ),
    link(
        ("region", "backup_reports"),
        "backup.report_plan",
        ToMany,
        Region,
        None,
        "Every report plan of Backup Audit Manager here.",
    ),
    link(
        ("region", "protected_resources"),
        "backup.protected_resource",
        ToMany,
        Region,
        None,
        "What AWS Backup holds recovery points of here.",
    ),
    link(
        ("s3.bucket", "logs_of"),
        "s3.bucket",
        ToMany,
        Account,
        Some(("name", "log_bucket")),
        "The buckets of this account whose access logs it receives.",
    ),
    link(
        ("s3.bucket", "replicas"),
        "s3.bucket",
        ToEach,
        Account,
        Some(("replica_buckets", "arn")),
        "The buckets that its objects are replicated to. Undecided where one is another account's.",
    ),
];
