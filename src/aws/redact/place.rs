//! Where secrets may stand in the answers of AWS.

/// What becomes of what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// An object loses all that it holds.
    Object,
    /// A text goes, and nothing is said of it.
    Text,
    /// A text becomes empty: where a marker would not be what the member may hold.
    Empty,
    /// Values with names, as an object or as a list of `{name, value}`: the names stay, and of each value what it looked
    /// like.
    Named,
    /// An element whose sibling of that name names it.
    NamedBy(&'static str),
    /// As `NamedBy`, but what has one of these names stays as it is: it is known to be a setting.
    NamedByBut(&'static str, &'static [&'static str]),
    /// As `Named`, but what has a name that begins so stays as it is: it is known to be a setting.
    NamedBut(&'static str),
    /// A list of words, as of a command line: of each what it looked like.
    Words,
    /// A text of many lines may hold anything, one of a single line is a path and stays.
    Document,
    /// A text that is an event of CloudTrail: the members that say who did what stay.
    Event,
    /// A text in base64.
    Packed,
    /// An address keeps its host.
    Host,
    /// An address loses the user and the password in it.
    Login,
}

/// A place in the answers of an operation where a secret may stand: the call, the member at whatever depth, and what
/// becomes of it. `in/member` is the member of that object alone.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) call: &'static str,
    pub(super) member: &'static str,
    pub(super) how: How,
}

impl Place {
    /// Whether a member of that name in one of that name is this place.
    pub(super) fn is(&self, parent: &str, name: &str) -> bool {
        match self.member.split_once('/') {
            Some((within, member)) => (within, member) == (parent, name),
            None => self.member == name,
        }
    }

    /// What it is called in the evidence.
    pub(super) fn name(&self) -> &'static str {
        self.member
    }
}

const fn place(call: &'static str, member: &'static str, how: How) -> Place {
    Place { call, member, how }
}

pub(super) const PLACES: &[Place] = &[
    // Of whom AWS is to reach, the address is enough.
    place("account:GetAlternateContact", "PhoneNumber", How::Text),
    // And of who the owner is, the company.
    place("account:GetContactInformation", "FullName", How::Text),
    place("account:GetContactInformation", "PhoneNumber", How::Text),
    place("account:GetContactInformation", "AddressLine1", How::Text),
    place("account:GetContactInformation", "AddressLine2", How::Text),
    place("account:GetContactInformation", "AddressLine3", How::Text),
    place("account:GetContactInformation", "City", How::Text),
    place(
        "account:GetContactInformation",
        "DistrictOrCounty",
        How::Text,
    ),
    place("account:GetContactInformation", "PostalCode", How::Text),
    place("account:GetContactInformation", "StateOrRegion", How::Text),
    // Variables, and headers that are set on the way to the server behind, may hold keys.
    place("apigateway:GetResources", "requestParameters", How::Object),
    place("apigateway:GetResources", "requestTemplates", How::Object),
    place("apigateway:GetStages", "variables", How::Object),
    place(
        "apigateway:GetStages",
        "stageVariableOverrides",
        How::Object,
    ),
    place("apigatewayv2:GetStages", "stageVariables", How::Object),
    place(
        "autoscaling:DescribeLaunchConfigurations",
        "UserData",
        How::Packed,
    ),
    // Parameters that the template marks NoEcho come as stars; all others come as they are.
    place(
        "cloudformation:DescribeStacks",
        "ParameterValue",
        How::NamedBy("ParameterKey"),
    ),
    place(
        "cloudformation:DescribeStacks",
        "ResolvedValue",
        How::NamedBy("ParameterKey"),
    ),
    place(
        "cloudformation:DescribeStacks",
        "OutputValue",
        How::NamedBy("OutputKey"),
    ),
    place(
        "cloudformation:GetTemplateSummary",
        "DefaultValue",
        How::NamedBy("ParameterKey"),
    ),
    // What somebody wrote about a change.
    place("codecommit:GetPullRequest", "description", How::Text),
    // How a resource is set up, with whatever stands in it: that it was recorded, and when, is enough.
    place(
        "config:GetResourceConfigHistory",
        "configuration",
        How::Text,
    ),
    place(
        "config:GetResourceConfigHistory",
        "supplementaryConfiguration",
        How::Object,
    ),
    // What a call was given and answered may hold anything.
    place("cloudtrail:LookupEvents", "CloudTrailEvent", How::Event),
    // The secret by which an origin knows that it is CloudFront who asks.
    place("cloudfront:GetDistributionConfig", "HeaderValue", How::Text),
    place("cloudfront:ListDistributions", "HeaderValue", How::Text),
    // How to log in to databases and file systems.
    place(
        "dms:DescribeEndpoints",
        "ExtraConnectionAttributes",
        How::Text,
    ),
    place("dms:DescribeEndpoints", "Password", How::Text),
    place("dms:DescribeEndpoints", "AsmPassword", How::Text),
    place("dms:DescribeEndpoints", "AuthPassword", How::Text),
    place("dms:DescribeEndpoints", "SaslPassword", How::Text),
    place("dms:DescribeEndpoints", "SslClientKeyPassword", How::Text),
    place("dms:DescribeEndpoints", "SecurityDbEncryption", How::Text),
    place("fsx:DescribeFileSystems", "FsxAdminPassword", How::Text),
    place(
        "codebuild:BatchGetProjects",
        "environmentVariables",
        How::Named,
    ),
    place("codebuild:BatchGetProjects", "buildspec", How::Document),
    place("codebuild:BatchGetProjects", "webhook/secret", How::Text),
    place("codebuild:BatchGetProjects", "source/location", How::Login),
    place(
        "codebuild:BatchGetProjects",
        "secondarySources/location",
        How::Login,
    ),
    place("codedeploy:BatchGetDeployments", "content", How::Text),
    // What an action is told may be a token, or variables with one.
    place(
        "codepipeline:GetPipeline",
        "configuration",
        How::NamedBut("ProjectName"),
    ),
    place(
        "codepipeline:GetPipeline",
        "environmentVariables",
        How::Named,
    ),
    place(
        "codepipeline:ListActionExecutions",
        "configuration",
        How::Object,
    ),
    place(
        "codepipeline:ListActionExecutions",
        "resolvedConfiguration",
        How::Object,
    ),
    place(
        "codepipeline:ListActionExecutions",
        "outputVariables",
        How::Object,
    ),
    place(
        "ec2:DescribeInstanceAttribute",
        "userData/value",
        How::Packed,
    ),
    place(
        "ec2:DescribeLaunchTemplateVersions",
        "userData",
        How::Packed,
    ),
    // The keys of both ends' tunnels: by themselves, and in the configuration of the site's end, which is XML in XML.
    place(
        "ec2:DescribeVpnConnections",
        "customerGatewayConfiguration",
        How::Text,
    ),
    place("ec2:DescribeVpnConnections", "preSharedKey", How::Text),
    place("ecs:DescribeTaskDefinition", "environment", How::Named),
    place("ecs:DescribeTaskDefinition", "command", How::Words),
    place("ecs:DescribeTaskDefinition", "entryPoint", How::Words),
    // Drivers of other makers take their tokens here.
    place(
        "ecs:DescribeTaskDefinition",
        "options",
        How::NamedBut("awslogs-"),
    ),
    place("ecs:DescribeTaskDefinition", "driverOpts", How::Named),
    place("ecs:DescribeTaskDefinition", "dockerLabels", How::Named),
    place("ecs:DescribeTasks", "environment", How::Named),
    place("ecs:DescribeTasks", "command", How::Words),
    // Passwords of Kerberos, and settings of the applications.
    place("emr:DescribeCluster", "KerberosAttributes", How::Object),
    place("emr:DescribeCluster", "Properties", How::Named),
    // What a target is handed may hold keys, of an HTTP endpoint for one.
    place("events:ListTargetsByRule", "HeaderParameters", How::Named),
    place(
        "events:ListTargetsByRule",
        "QueryStringParameters",
        How::Named,
    ),
    place("events:ListTargetsByRule", "Input", How::Text),
    place("events:ListTargetsByRule", "InputTemplate", How::Text),
    place("events:ListTargetsByRule", "Sql", How::Text),
    place(
        "elasticbeanstalk:DescribeConfigurationSettings",
        "Value",
        How::NamedByBut(
            "OptionName",
            &["ManagedActionsEnabled", "StreamLogs", "SystemType"],
        ),
    ),
    // What Splunk or another destination knows the stream by.
    place("firehose:DescribeDeliveryStream", "HECToken", How::Text),
    place(
        "firehose:DescribeDeliveryStream",
        "AttributeValue",
        How::NamedBy("AttributeName"),
    ),
    place("firehose:DescribeDeliveryStream", "Url", How::Host),
    // Addresses, users and what else a driver takes.
    place("glue:GetConnections", "ConnectionProperties", How::Named),
    place("glue:GetConnections", "SparkProperties", How::Named),
    place("glue:GetConnections", "AthenaProperties", How::Named),
    place("glue:GetConnections", "PythonProperties", How::Named),
    place(
        "glue:GetJobs",
        "DefaultArguments",
        How::NamedBut("--enable-"),
    ),
    place("glue:GetJobs", "NonOverridableArguments", How::Named),
    place("glue:GetJobs", "CodeGenConfigurationNodes", How::Object),
    place("glue:GetJobs", "AuthToken", How::Text),
    // Where people live, when they were born, how they are called up: nothing that a check reads.
    place(
        "identitystore:ListUsers",
        "Addresses/StreetAddress",
        How::Text,
    ),
    place("identitystore:ListUsers", "Addresses/Locality", How::Text),
    place("identitystore:ListUsers", "Addresses/PostalCode", How::Text),
    place("identitystore:ListUsers", "Addresses/Formatted", How::Text),
    place("identitystore:ListUsers", "Birthdate", How::Text),
    place("identitystore:ListUsers", "PhoneNumbers/Value", How::Text),
    place("lambda:ListFunctions", "Environment/Variables", How::Named),
    place(
        "lambda:ListVersionsByFunction",
        "Environment/Variables",
        How::Named,
    ),
    // What was found and where, to the name of the file, and who did it: nothing that a check reads.
    place("macie2:GetFindings", "classificationDetails", How::Object),
    place("macie2:GetFindings", "policyDetails", How::Object),
    place("macie2:GetFindings", "s3Object", How::Object),
    // Who a domain is registered to, where they live and their telephone: nothing that a check reads.
    place(
        "route53domains:GetDomainDetail",
        "AdminContact",
        How::Object,
    ),
    place(
        "route53domains:GetDomainDetail",
        "BillingContact",
        How::Object,
    ),
    place(
        "route53domains:GetDomainDetail",
        "RegistrantContact",
        How::Object,
    ),
    place("route53domains:GetDomainDetail", "TechContact", How::Object),
    place(
        "ssm:DescribeMaintenanceWindowTasks",
        "TaskParameters",
        How::Object,
    ),
    // Webhook addresses carry their tokens in path and query; the scheme and host stay.
    place(
        "events:ListApiDestinations",
        "InvocationEndpoint",
        How::Host,
    ),
    place("sns:ListSubscriptions", "Endpoint", How::Host),
    // What a rule looks for may be the secret of a header.
    place("wafv2:GetWebACL", "SearchString", How::Empty),
];
