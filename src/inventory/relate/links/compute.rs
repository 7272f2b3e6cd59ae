//! Links of what runs code, and of how much room it and what it uses have: functions, containers, alarms on what runs full.

use super::super::Leads::{ToEach, ToMany, ToOne};
use super::super::Link;
use super::super::Within::{Account, Region};
use super::link;

pub(super) const LINKS: &[Link] = &[
    link(
        ("autoscaling.group", "alarms"),
        "cloudwatch.alarm",
        ToMany,
        Region,
        Some(("name", "about")),
        "The alarms on metrics about what has its name.",
    ),
    link(
        ("dynamodb.table", "scaling"),
        "application-autoscaling.target",
        ToMany,
        Region,
        Some(("name", "table")),
        "What of its capacity can be scaled.",
    ),
    link(
        ("ecs.service", "alarms"),
        "cloudwatch.alarm",
        ToMany,
        Region,
        Some(("name", "about")),
        "The alarms on metrics about what has its name, in whatever cluster.",
    ),
    link(
        ("ecs.service", "cluster"),
        "ecs.cluster",
        ToOne,
        Region,
        Some(("cluster_arn", "arn")),
        "The cluster it runs in.",
    ),
    link(
        ("ecs.service", "scaling"),
        "application-autoscaling.target",
        ToMany,
        Region,
        Some(("scaling_id", "resource_id")),
        "What of it can be scaled.",
    ),
    link(
        ("ecs.service", "subnets"),
        "ec2.subnet",
        ToEach,
        Region,
        Some(("subnet_ids", "id")),
        "The subnets its tasks are placed in. Undecided where one is in another account and not shared with this one.",
    ),
    link(
        ("eks.node_group", "cluster"),
        "eks.cluster",
        ToOne,
        Region,
        Some(("cluster_name", "name")),
        "The cluster it belongs to.",
    ),
    link(
        ("elbv2.load_balancer", "alarms"),
        "cloudwatch.alarm",
        ToMany,
        Region,
        Some(("arn", "about")),
        "The alarms on metrics about it.",
    ),
    link(
        ("lambda.function", "role"),
        "iam.role",
        ToOne,
        Account,
        Some(("role_arn", "arn")),
        "The role whose permissions it has. A gap where that is in another account.",
    ),
    link(
        ("lambda.function", "subnets"),
        "ec2.subnet",
        ToEach,
        Region,
        Some(("subnet_ids", "id")),
        "The subnets it may be placed in.",
    ),
    link(
        ("lambda.function", "urls"),
        "lambda.function_url",
        ToMany,
        Region,
        Some(("arn", "function_arn")),
        "Its HTTPS addresses and those of its aliases.",
    ),
    link(
        ("rds.instance", "alarms"),
        "cloudwatch.alarm",
        ToMany,
        Region,
        Some(("name", "about")),
        "The alarms on metrics about what has its name.",
    ),
    link(
        ("sqs.queue", "alarms"),
        "cloudwatch.alarm",
        ToMany,
        Region,
        Some(("name", "about")),
        "The alarms on metrics about what has its name.",
    ),
];
