//! Links of what builds, delivers and configures.

use super::super::Leads::{ToMany, ToOneOrNone};
use super::super::Link;
use super::super::Within::Region;
use super::link;

pub(super) const LINKS: &[Link] = &[
    link(
        ("codepipeline.execution", "pipelines"),
        "codepipeline.pipeline",
        ToMany,
        Region,
        Some(("pipeline", "name")),
        "The pipeline it ran through.",
    ),
    link(
        ("codepipeline.pipeline", "notifications"),
        "codestar-notifications.rule",
        ToMany,
        Region,
        Some(("arn", "resource_arn")),
        "The notification rules on it.",
    ),
    link(
        ("codepipeline.pipeline", "reports"),
        "codebuild.report",
        ToMany,
        Region,
        Some(("projects", "project")),
        "The reports on tests that builds of its projects made.",
    ),
    link(
        ("ec2.instance", "managed"),
        "ssm.instance",
        ToOneOrNone,
        Region,
        Some(("id", "id")),
        "The instance as Systems Manager knows it; none: it has never registered there.",
    ),
    link(
        ("region", "maintenance_windows"),
        "ssm.maintenance_window",
        ToMany,
        Region,
        None,
        "The maintenance windows of the region.",
    ),
    link(
        ("region", "managed_instances"),
        "ssm.instance",
        ToMany,
        Region,
        None,
        "The machines that have registered with Systems Manager in the region.",
    ),
    link(
        ("region", "ssm_associations"),
        "ssm.association",
        ToMany,
        Region,
        None,
        "The associations of State Manager in the region.",
    ),
    link(
        ("region", "ssm_documents"),
        "ssm.document",
        ToMany,
        Region,
        None,
        "The documents that the account owns in the region.",
    ),
];
