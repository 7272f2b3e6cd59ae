//! Links of networks, of what runs in them, and of what stands at their edge.

use super::super::Leads::{ToMany, ToOneOrNone};
use super::super::Link;
use super::super::Within::Region;
use super::link;

pub(super) const LINKS: &[Link] = &[
    link(
        ("ec2.instance", "backup"),
        "backup.protected_resource",
        ToOneOrNone,
        Region,
        Some(("arn", "arn")),
        "Its recovery points in AWS Backup; none: there is no recovery point.",
    ),
    link(
        ("ec2.instance", "groups"),
        "ec2.security_group",
        ToMany,
        Region,
        Some(("security_groups", "id")),
        "The security groups of all its network interfaces.",
    ),
    link(
        ("ec2.security_group", "interfaces"),
        "ec2.network_interface",
        ToMany,
        Region,
        Some(("id", "security_groups")),
        "The network interfaces it guards.",
    ),
    link(
        ("ec2.volume", "backup"),
        "backup.protected_resource",
        ToOneOrNone,
        Region,
        Some(("arn", "arn")),
        "Its recovery points in AWS Backup; none: there is no recovery point.",
    ),
    link(
        ("ec2.volume", "instances"),
        "ec2.instance",
        ToMany,
        Region,
        Some(("id", "volumes")),
        "The instances it is attached to.",
    ),
    link(
        ("ec2.volume", "snapshots"),
        "ec2.snapshot",
        ToMany,
        Region,
        Some(("id", "volume")),
        "The snapshots of it that this account owns.",
    ),
    link(
        ("ec2.vpc", "flow_logs"),
        "ec2.flow_log",
        ToMany,
        Region,
        Some(("id", "resource")),
        "The flow logs of the VPC as a whole; not those of single subnets and interfaces.",
    ),
    link(
        ("ec2.vpc", "interfaces"),
        "ec2.network_interface",
        ToMany,
        Region,
        Some(("id", "vpc")),
        "The network interfaces in it; none means that nothing runs there.",
    ),
];
