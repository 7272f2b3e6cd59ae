//! What errors mean of what runs code: EC2, Lambda, containers.

use super::super::Meaning::{Absent, Gap};
use super::super::Row;
use super::row;
use crate::inventory::Reason::Vanished;

const EC2_ERRORS: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

const ECR_ERRORS: &str =
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html";
const ECR_LIFECYCLE: &str =
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicy.html";
const ECR_SCAN: &str =
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html";
const ECS_CLUSTER: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html";
const EKS_CLUSTER: &str =
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html";
const LAMBDA_GET_POLICY: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html";
const LAMBDA_LAYER_POLICY: &str =
    "https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html";
const LAMBDA_URLS: &str =
    "https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html";

pub(super) const ROWS: &[Row] = &[
    row(
        "ec2:*",
        "InvalidSnapshot.NotFound",
        Gap(Vanished),
        EC2_ERRORS,
    ),
    row("ec2:*", "InvalidAMIID.NotFound", Gap(Vanished), EC2_ERRORS),
    row(
        "ec2:*",
        "InvalidInstanceID.NotFound",
        Gap(Vanished),
        EC2_ERRORS,
    ),
    // Of a function without a policy, and of one that is gone: neither lets anyone in.
    row(
        "lambda:GetPolicy",
        "ResourceNotFoundException",
        Absent,
        LAMBDA_GET_POLICY,
    ),
    // Of a version of a layer without a policy.
    row(
        "lambda:GetLayerVersionPolicy",
        "ResourceNotFoundException",
        Absent,
        LAMBDA_LAYER_POLICY,
    ),
    row(
        "lambda:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        LAMBDA_URLS,
    ),
    row(
        "ecr:GetRepositoryPolicy",
        "RepositoryPolicyNotFoundException",
        Absent,
        ECR_ERRORS,
    ),
    row(
        "ecr:GetLifecyclePolicy",
        "LifecyclePolicyNotFoundException",
        Absent,
        ECR_LIFECYCLE,
    ),
    row(
        "ecr:DescribeImageScanFindings",
        "ScanNotFoundException",
        Absent,
        ECR_SCAN,
    ),
    row(
        "ecr:*",
        "RepositoryNotFoundException",
        Gap(Vanished),
        ECR_ERRORS,
    ),
    row("ecr:*", "ImageNotFoundException", Gap(Vanished), ECR_SCAN),
    row(
        "ecs:*",
        "ClusterNotFoundException",
        Gap(Vanished),
        ECS_CLUSTER,
    ),
    row(
        "eks:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        EKS_CLUSTER,
    ),
];
