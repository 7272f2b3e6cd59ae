//! What errors mean of the ways in from the internet.

use super::super::Meaning::Gap;
use super::super::Row;
use super::row;
use crate::inventory::Reason::Vanished;

pub(super) const ROWS: &[Row] = &[
    row(
        "acm:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html",
    ),
    row(
        "apigateway:*",
        "NotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html",
    ),
    row(
        "apigatewayv2:*",
        "NotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html",
    ),
    row(
        "cloudfront:*",
        "NoSuchDistribution",
        Gap(Vanished),
        "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistributionConfig.html",
    ),
    row(
        "cloudfront:*",
        "NoSuchResource",
        Gap(Vanished),
        "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListTagsForResource.html",
    ),
    row(
        "elb:*",
        "LoadBalancerNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeLoadBalancerAttributes.html",
    ),
    row(
        "elbv2:*",
        "LoadBalancerNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html",
    ),
    row(
        "elbv2:*",
        "ListenerNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html",
    ),
    row(
        "elbv2:*",
        "TargetGroupNotFound",
        Gap(Vanished),
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html",
    ),
    row(
        "network-firewall:*",
        "ResourceNotFoundException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_DescribeFirewall.html",
    ),
    row(
        "route53:*",
        "NoSuchHostedZone",
        Gap(Vanished),
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html",
    ),
    row(
        "route53:*",
        "NoSuchHealthCheck",
        Gap(Vanished),
        "https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHealthCheckStatus.html",
    ),
    row(
        "wafv2:*",
        "WAFNonexistentItemException",
        Gap(Vanished),
        "https://docs.aws.amazon.com/waf/latest/APIReference/API_GetWebACL.html",
    ),
];
