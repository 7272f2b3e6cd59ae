//! The declared links, by the kind that gets the field. Adding one is adding a row.

use super::Leads::{ToMany, ToOne};
use super::Within::{Account, Region};
use super::{Leads, Link, Within};

const fn link(
    (from, name): (&'static str, &'static str),
    to: &'static str,
    leads: Leads,
    within: Within,
    on: Option<(&'static str, &'static str)>,
    doc: &'static str,
) -> Link {
    Link {
        from,
        name,
        doc,
        to,
        leads,
        within,
        on,
    }
}

/// Every link between kinds.
pub const LINKS: &[Link] = &[
    link(
        ("cloudtrail.trail", "bucket"),
        "s3.bucket",
        ToOne,
        Account,
        Some(("bucket_name", "name")),
        "The bucket the trail delivers to. A gap where the bucket is in another account.",
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
    link(
        ("s3.bucket", "logs_of"),
        "s3.bucket",
        ToMany,
        Account,
        Some(("name", "log_bucket")),
        "The buckets of this account whose access logs it receives.",
    ),
];
