//! How each listing says that it goes on.

use tieout::inventory::attempt::Attempt;

use super::wire::{self, Protocol};

/// A token that no page answers to.
const LOST: &str = "bG9zdA";

/// How a listing says it.
#[derive(Clone, Copy)]
struct Mark {
    /// The member with the token of the next page.
    token: &'static str,
    /// The member that says apart whether there is one.
    more: Option<&'static str>,
    /// Under which name the request for that page carries the token.
    asked: &'static str,
}

/// Operations that answer everything at once, beside those that get one thing.
const AT_ONCE: &[&str] = &[
    "acm:DescribeCertificate",
    "transfer:DescribeUser",
    "athena:ListQueryExecutions",
    "cloudtrail:DescribeTrails",
    "cognito-identity:DescribeIdentityPool",
    "cognito-idp:DescribeUserPool",
    "codebuild:BatchGetProjects",
    "codebuild:BatchGetReports",
    "codebuild:ListReports",
    "codebuild:ListSourceCredentials",
    "codecommit:BatchGetRepositories",
    "codedeploy:BatchGetDeploymentGroups",
    "codedeploy:BatchGetDeployments",
    "codestar-notifications:DescribeNotificationRule",
    "config:DescribeConfigurationRecorderStatus",
    "config:DescribeConfigurationRecorders",
    "config:DescribeDeliveryChannelStatus",
    "config:ListDiscoveredResources",
    "datasync:DescribeTask",
    "config:DescribeRemediationConfigurations",
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeExport",
    "dynamodb:DescribeTable",
    "dynamodb:DescribeTimeToLive",
    "ec2:DescribeAddresses",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeExportTasks",
    "ec2:DescribeImageAttribute",
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeRegions",
    "ec2:DescribeSnapshotAttribute",
    "ecr:BatchGetRepositoryScanningConfiguration",
    "ecr:DescribeImageScanFindings",
    "ecr:DescribeImages",
    "ecs:DescribeClusters",
    "ecs:DescribeServices",
    "ecs:DescribeTaskDefinition",
    "ecs:DescribeTasks",
    "eks:DescribeCluster",
    "eks:DescribeNodegroup",
    "ec2:DescribeVpnConnections",
    "efs:DescribeBackupPolicy",
    "efs:DescribeFileSystemPolicy",
    "elasticbeanstalk:DescribeConfigurationSettings",
    "elb:DescribeInstanceHealth",
    "elb:DescribeLoadBalancerAttributes",
    "elb:DescribeLoadBalancerPolicies",
    "elbv2:DescribeLoadBalancerAttributes",
    "elbv2:DescribeTargetHealth",
    "emr:DescribeCluster",
    "emr:DescribeSecurityConfiguration",
    "events:DescribeArchive",
    "firehose:DescribeDeliveryStream",
    "iam:GenerateCredentialReport",
    "iam:ListOpenIDConnectProviders",
    "iam:ListOrganizationsFeatures",
    "iam:ListSAMLProviders",
    "guardduty:DescribePublishingDestination",
    "inspector2:BatchGetAccountStatus",
    "kinesis:DescribeStreamSummary",
    "kms:DescribeKey",
    "lambda:ListTags",
    "mq:DescribeBroker",
    "network-firewall:DescribeFirewall",
    "network-firewall:DescribeFirewallPolicy",
    "network-firewall:DescribeLoggingConfiguration",
    "organizations:DescribeOrganization",
    "organizations:DescribePolicy",
    "opensearch:DescribeDomains",
    "opensearch:ListDomainNames",
    "rds:DescribeDBClusterSnapshotAttributes",
    "rds:DescribeDBSnapshotAttributes",
    "redshift:DescribeLoggingStatus",
    "sagemaker:DescribeEndpointConfig",
    "sagemaker:DescribeNotebookInstance",
    "securityhub:BatchGetAutomationRules",
    "securityhub:DescribeHub",
    "sso-admin:DescribePermissionSet",
    "stepfunctions:DescribeStateMachine",
    "transfer:DescribeServer",
    "wafv2:ListResourcesForWebACL",
];

/// Listings that are called as if they got one thing.
const LISTS: &[&str] = &[
    "apigateway:GetDomainNames",
    "apigateway:GetResources",
    "apigateway:GetRestApis",
    "apigatewayv2:GetApis",
    "apigatewayv2:GetRoutes",
    "apigatewayv2:GetStages",
    "compute-optimizer:GetEC2InstanceRecommendations",
    "iam:GetAccountAuthorizationDetails",
    "ram:GetResourceShares",
    "cloudwatch:GetMetricData",
    "config:GetDiscoveredResourceCounts",
    "glue:GetJobs",
    "glue:GetSecurityConfigurations",
    "iam:GetAccountAuthorizationDetails",
    "resourcegroupstaggingapi:GetResources",
    "securityhub:GetEnabledStandards",
    "securityhub:GetFindingHistory",
    "securityhub:GetFindings",
    "ssm:GetInventory",
];

fn mark(attempt: &Attempt) -> Option<Mark> {
    let call = super::account::call(attempt);
    let operation = attempt.operation.as_str();
    let gets = operation.starts_with("Get") && !LISTS.contains(&call.as_str());
    if gets || AT_ONCE.contains(&call.as_str()) {
        return None;
    }
    let (token, more, asked) = match (attempt.service.as_str(), operation) {
        ("dynamodb", "ListTables") => ("LastEvaluatedTableName", None, "ExclusiveStartTableName"),
        ("backup" | "cloudwatch" | "dynamodb" | "sns", _) => ("NextToken", None, "NextToken"),
        ("cloudtrail" | "codestar-notifications" | "events" | "synthetics", _) => {
            ("NextToken", None, "NextToken")
        }
        (
            "arc-region-switch" | "auditmanager" | "fis" | "health" | "resiliencehub"
            | "security-ir" | "ssm-incidents",
            _,
        ) => ("nextToken", None, "nextToken"),
        ("accessanalyzer" | "apigatewayv2" | "guardduty" | "inspector2", _) => {
            ("nextToken", None, "nextToken")
        }
        ("firehose", _) => (
            "DeliveryStreamNames",
            Some("HasMoreDeliveryStreams"),
            "ExclusiveStartDeliveryStreamName",
        ),
        ("kinesis", _) => ("NextToken", Some("HasMoreStreams"), "NextToken"),
        ("emr", _) => ("Marker", None, "Marker"),
        ("resourcegroupstaggingapi", _) => ("PaginationToken", None, "PaginationToken"),
        ("appsync" | "kafka" | "kafkaconnect" | "macie2" | "mq", _) => {
            ("nextToken", None, "nextToken")
        }
        ("config", "GetDiscoveredResourceCounts") => ("nextToken", None, "nextToken"),
        (
            "athena"
            | "datasync"
            | "glue"
            | "resource-explorer-2"
            | "service-quotas"
            | "sesv2"
            | "sqs",
            _,
        ) => ("NextToken", None, "NextToken"),
        ("acm" | "config" | "network-firewall" | "route53resolver" | "securityhub", _) => {
            ("NextToken", None, "NextToken")
        }
        ("account" | "cognito-identity" | "cognito-idp" | "identitystore", _) => {
            ("NextToken", None, "NextToken")
        }
        ("organizations" | "sso-admin", _) => ("NextToken", None, "NextToken"),
        (
            "artifact" | "compute-optimizer" | "controltower" | "marketplace-agreement" | "ram",
            _,
        ) => ("nextToken", None, "nextToken"),
        ("application-autoscaling" | "autoscaling" | "sagemaker", _) => {
            ("NextToken", None, "NextToken")
        }
        ("ecr" | "ecs" | "eks", _) => ("nextToken", None, "nextToken"),
        ("lambda", _) => ("NextMarker", None, "Marker"),
        ("dax" | "fsx" | "memorydb" | "outposts" | "snowball" | "transfer" | "workspaces", _) => {
            ("NextToken", None, "NextToken")
        }
        ("elasticache", "DescribeServerlessCaches") => ("NextToken", None, "NextToken"),
        ("dms" | "elasticache" | "redshift" | "storagegateway", _) => ("Marker", None, "Marker"),
        ("efs", "DescribeFileSystems" | "DescribeMountTargets") => ("NextMarker", None, "Marker"),
        ("elasticbeanstalk", _) => ("NextToken", None, "NextToken"),
        ("efs", _) => ("NextToken", None, "NextToken"),
        ("directconnect" | "drs" | "redshift-serverless", _) => ("nextToken", None, "nextToken"),
        ("apigateway", _) => ("position", None, "position"),
        ("cloudformation" | "secretsmanager" | "ssm" | "ssm-contacts", _) => {
            ("NextToken", None, "NextToken")
        }
        ("codebuild" | "codecommit" | "codedeploy" | "codepipeline" | "stepfunctions", _) => {
            ("nextToken", None, "nextToken")
        }
        ("cloudfront", _) => ("NextMarker", Some("IsTruncated"), "Marker"),
        ("elb" | "elbv2", _) => ("NextMarker", None, "Marker"),
        ("route53", "ListQueryLoggingConfigs") => ("NextToken", None, "nexttoken"),
        ("route53", "ListResourceRecordSets") => ("NextRecordName", Some("IsTruncated"), "name"),
        ("route53", _) => ("NextMarker", Some("IsTruncated"), "marker"),
        ("route53domains", _) => ("NextPageMarker", None, "Marker"),
        ("wafv2", _) => ("NextMarker", None, "NextMarker"),
        ("ec2" | "logs", _) => ("nextToken", None, "NextToken"),
        ("iam", _) => ("Marker", Some("IsTruncated"), "Marker"),
        ("kms", _) => ("NextMarker", Some("Truncated"), "Marker"),
        ("rds", _) => ("Marker", None, "Marker"),
        ("s3control", _) => ("NextToken", None, "nextToken"),
        ("s3", _) => ("ContinuationToken", None, "continuation-token"),
        _ => panic!("how does {call} say that it goes on?"),
    };
    Some(Mark { token, more, asked })
}

/// The last page of a listing, saying that there is another.
pub(crate) fn goes_on(attempt: &Attempt) -> Option<Attempt> {
    marked(attempt, true)
}

/// The last page of a listing, saying that there is another and not how to get it.
pub(crate) fn goes_on_somewhere(attempt: &Attempt) -> Option<Attempt> {
    mark(attempt)?.more.and(marked(attempt, false))
}

/// Whether this asked for a page after the first.
pub(crate) fn is_later(attempt: &Attempt) -> bool {
    mark(attempt).is_some_and(|mark| {
        let body = wire::bytes(&attempt.request.body);
        let asked = [attempt.request.path.as_bytes(), &body].concat();
        let named = |part: &[u8]| part.eq_ignore_ascii_case(mark.asked.as_bytes());
        asked.windows(mark.asked.len()).any(named)
    })
}

/// None where it is not the last page.
fn marked(attempt: &Attempt, with_token: bool) -> Option<Attempt> {
    let mark = mark(attempt)?;
    let answer = attempt.answer.as_ref()?;
    if answer.status >= 300 {
        return None;
    }
    let body = wire::bytes(&answer.body);
    let operation = &attempt.operation;
    let body = match Protocol::of(attempt) {
        Protocol::Json | Protocol::RestJson => json(&body, mark, with_token)?,
        Protocol::Cbor => cbor(body, mark)?,
        Protocol::Query => xml(body, &format!("{operation}Result"), mark, with_token)?,
        Protocol::Ec2 => xml(body, &format!("{operation}Response"), mark, with_token)?,
        Protocol::S3 | Protocol::S3Control => xml(body, wire::root(operation), mark, with_token)?,
    };
    Some(wire::answered(attempt, answer.status, &body))
}

fn json(body: &[u8], mark: Mark, with_token: bool) -> Option<Vec<u8>> {
    let answer = serde_json::from_slice(body).expect("a recorded answer is JSON");
    let mut members: serde_json::Map<String, serde_json::Value> = answer;
    // Where the last of the list is the token, a page with a list says how to go on, and one without does not.
    if let Some(list) = members.get(mark.token).and_then(|token| token.as_array()) {
        let more = mark.more?;
        let is_last = members.get(more) == Some(&false.into());
        if !is_last || list.is_empty() == with_token {
            return None;
        }
        members.insert(more.to_owned(), true.into());
        return Some(serde_json::Value::from(members).to_string().into_bytes());
    }
    if members
        .get(mark.token)
        .is_some_and(|token| !token.is_null())
    {
        return None;
    }
    if with_token {
        members.insert(mark.token.to_owned(), LOST.into());
    }
    if let Some(more) = mark.more {
        members.insert(more.to_owned(), true.into());
    }
    Some(serde_json::Value::from(members).to_string().into_bytes())
}

/// A map of fewer than 23 members, with one more.
fn cbor(mut body: Vec<u8>, mark: Mark) -> Option<Vec<u8>> {
    assert!(
        (0xa0..0xb7).contains(&body[0]),
        "a recorded answer is a short map"
    );
    let mut named = Vec::new();
    wire::text(mark.token, &mut named);
    if body.windows(named.len()).any(|part| part == named) {
        return None;
    }
    body[0] += 1;
    body.extend(named);
    wire::text(LOST, &mut body);
    Some(body)
}

fn xml(body: Vec<u8>, parent: &str, mark: Mark, with_token: bool) -> Option<Vec<u8>> {
    let mut body = String::from_utf8(body).expect("a recorded answer is text");
    let Mark { token, more, .. } = mark;
    if body.contains(&format!("<{token}>")) {
        return None;
    }
    let mut says = String::new();
    if with_token {
        says = format!("<{token}>{LOST}</{token}>");
        // A record is known by its name and type, so the place to go on from is too.
        if token == "NextRecordName" {
            says.push_str("<NextRecordType>A</NextRecordType>");
        }
    }
    if let Some(more) = more {
        says.push_str(&format!("<{more}>true</{more}>"));
        body = body.replace(&format!("<{more}>false</{more}>"), "");
    }
    let end = body.rfind(&format!("</{parent}>"));
    let end = end.unwrap_or_else(|| panic!("{parent} has no end: {body}"));
    body.insert_str(end, &says);
    Some(body.into_bytes())
}
