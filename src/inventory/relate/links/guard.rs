//! Links of what looks for attacks and weaknesses, and of what there is in a region for it to look at.

use super::super::Leads::{ToMany, ToOne};
use super::super::Link;
use super::super::Within::{Account, Region};
use super::link;

pub(super) const LINKS: &[Link] = &[
    link(
        ("guardduty.destination", "bucket"),
        "s3.bucket",
        ToOne,
        Account,
        Some(("bucket_name", "name")),
        "The bucket. A gap where it is in another account.",
    ),
    link(
        ("guardduty.detector", "buckets"),
        "s3.bucket",
        ToMany,
        Account,
        Some(("region", "region")),
        "The buckets in the region that it watches.",
    ),
    link(
        ("region", "databases"),
        "rds.instance",
        ToMany,
        Region,
        None,
        "Every database instance of RDS, DocumentDB and Neptune here.",
    ),
    link(
        ("region", "detectors"),
        "guardduty.detector",
        ToMany,
        Region,
        None,
        "GuardDuty's detector here, if there is one.",
    ),
    link(
        ("region", "ecs_services"),
        "ecs.service",
        ToMany,
        Region,
        None,
        "Every service of ECS here.",
    ),
    link(
        ("region", "eks_clusters"),
        "eks.cluster",
        ToMany,
        Region,
        None,
        "Every cluster of EKS here.",
    ),
    link(
        ("region", "functions"),
        "lambda.function",
        ToMany,
        Region,
        None,
        "Every Lambda function here.",
    ),
    link(
        ("region", "instances"),
        "ec2.instance",
        ToMany,
        Region,
        None,
        "Every EC2 instance here that is not terminated.",
    ),
    link(
        ("region", "repositories"),
        "ecr.repository",
        ToMany,
        Region,
        None,
        "Every repository of container images here.",
    ),
];
