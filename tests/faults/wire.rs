//! How AWS's protocols write an error, the end of a page, and an answer with nothing in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tieout::inventory::attempt::{Answer, Attempt};

/// The protocol a service speaks.
/// <https://smithy.io/2.0/aws/protocols/index.html>
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Query,
    Ec2,
    S3,
    S3Control,
    Json,
    RestJson,
    Cbor,
}

impl Protocol {
    pub(crate) fn of(attempt: &Attempt) -> Self {
        let answer = attempt.answer.as_ref();
        let kind = answer.and_then(|answer| answer.content_type.as_deref());
        match (attempt.service.as_str(), kind) {
            ("ec2", _) => Self::Ec2,
            ("s3", _) => Self::S3,
            ("s3control" | "cloudfront" | "route53", _) => Self::S3Control,
            (_, Some("text/xml")) => Self::Query,
            (_, Some("application/json")) => Self::RestJson,
            (_, Some("application/cbor")) => Self::Cbor,
            (_, Some("application/x-amz-json-1.0" | "application/x-amz-json-1.1")) => Self::Json,
            (service, kind) => panic!("which protocol does {service} speak, answering {kind:?}?"),
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Query | Self::Ec2 => "text/xml",
            Self::S3 | Self::S3Control => "application/xml",
            Self::Json => "application/x-amz-json-1.1",
            Self::RestJson => "application/json",
            Self::Cbor => "application/cbor",
        }
    }
}

/// The attempt, answered with this status and body.
pub(crate) fn answered(attempt: &Attempt, status: u16, body: &[u8]) -> Attempt {
    let protocol = Protocol::of(attempt);
    let headers = if protocol == Protocol::Cbor {
        vec![("smithy-protocol".to_owned(), "rpc-v2-cbor".to_owned())]
    } else {
        Vec::new()
    };
    Attempt {
        answer: Some(Answer {
            arrived: None,
            status,
            content_type: Some(protocol.content_type().to_owned()),
            request_id: Some("faulted".to_owned()),
            date: None,
            headers,
            sha256: String::new(),
            bytes: body.len() as u64,
            redacted: Vec::new(),
            body: kept(body),
        }),
        failure: None,
        ..attempt.clone()
    }
}

/// The attempt, answered with an error in the form of its protocol.
pub(crate) fn error(attempt: &Attempt, status: u16, code: &str, message: &str) -> Attempt {
    let said = format!("<Code>{code}</Code><Message>{message}</Message>");
    let body = match Protocol::of(attempt) {
        Protocol::Query | Protocol::S3Control => format!(
            "<ErrorResponse><Error><Type>Sender</Type>{said}</Error><RequestId>faulted</RequestId></ErrorResponse>"
        ),
        Protocol::Ec2 => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error>{said}</Error></Errors><RequestID>faulted</RequestID></Response>"
        ),
        Protocol::S3 => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>{said}<RequestId>faulted</RequestId><HostId>x</HostId></Error>"
        ),
        Protocol::Json => {
            serde_json::json!({ "__type": format!("com.amazon.coral.service#{code}"), "message": message })
                .to_string()
        }
        Protocol::RestJson => serde_json::json!({ "message": message }).to_string(),
        Protocol::Cbor => {
            let mut body = vec![0xa2];
            for word in ["__type", code, "message", message] {
                text(word, &mut body);
            }
            return answered(attempt, status, &body);
        }
    };
    let mut answered = answered(attempt, status, body.as_bytes());
    if let (Protocol::RestJson, Some(answer)) = (Protocol::of(attempt), &mut answered.answer) {
        // Coral, which serves these, appends its namespace.
        let header = format!("{code}:http://internal.amazon.com/coral/com.amazon.coral.service/");
        answer.headers = vec![("x-amzn-errortype".to_owned(), header)];
    }
    answered
}

/// An answer of the operation in which nothing is said; none where that is a legitimate answer.
pub(crate) fn empty(attempt: &Attempt) -> Option<Vec<u8>> {
    let operation = &attempt.operation;
    let body = match Protocol::of(attempt) {
        Protocol::Query => {
            format!("<{operation}Response><{operation}Result/></{operation}Response>")
        }
        Protocol::Ec2 => format!("<{operation}Response/>"),
        Protocol::S3 | Protocol::S3Control => match operation.as_str() {
            // A bucket that never had versions, and one whose access is not logged.
            // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html>
            // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html>
            // Nor one that tells nobody of events.
            // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html>
            "GetBucketVersioning" | "GetBucketLogging" | "GetBucketNotificationConfiguration" => {
                return None;
            }
            "GetBucketPolicy" => "{}".to_owned(),
            _ => format!("<{}/>", root(operation)),
        },
        // A region without queues. <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html>
        Protocol::Json if operation == "ListQueues" => return None,
        // Bedrock says so where nothing is logged.
        // <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetModelInvocationLoggingConfiguration.html>
        Protocol::RestJson if operation == "GetModelInvocationLoggingConfiguration" => return None,
        // Nor is an account without an administrator told of one.
        // <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetAdministratorAccount.html>
        Protocol::RestJson if operation == "GetAdministratorAccount" => return None,
        Protocol::Json | Protocol::RestJson => "{}".to_owned(),
        Protocol::Cbor => return Some(vec![0xa0]),
    };
    Some(body.into_bytes())
}

/// The root element of an answer of the services that speak XML by paths, which is not named after the operation.
pub(crate) fn root(operation: &str) -> &str {
    match operation {
        "GetBucketAcl" => "AccessControlPolicy",
        "GetBucketEncryption" => "ServerSideEncryptionConfiguration",
        "GetBucketLifecycleConfiguration" => "LifecycleConfiguration",
        "GetBucketOwnershipControls" => "OwnershipControls",
        "GetBucketPolicyStatus" => "PolicyStatus",
        "GetBucketReplication" => "ReplicationConfiguration",
        "GetBucketTagging" => "Tagging",
        "GetObjectLockConfiguration" => "ObjectLockConfiguration",
        "GetPublicAccessBlock" => "PublicAccessBlockConfiguration",
        "GetAccessPoint" => "GetAccessPointResult",
        "ListAccessPoints" => "ListAccessPointsResult",
        "ListBuckets" => "ListAllMyBucketsResult",
        "GetDistributionConfig" => "DistributionConfig",
        "ListDistributions" => "DistributionList",
        "ListTagsForResource" => "Tags",
        "GetDNSSEC" => "GetDNSSECResponse",
        "GetHealthCheckStatus" => "GetHealthCheckStatusResponse",
        "ListHealthChecks" => "ListHealthChecksResponse",
        "ListHostedZones" => "ListHostedZonesResponse",
        "ListQueryLoggingConfigs" => "ListQueryLoggingConfigsResponse",
        "ListResourceRecordSets" => "ListResourceRecordSetsResponse",
        other => panic!("what is the root element of {other}?"),
    }
}

/// The bytes of a body as a bundle keeps it.
pub(crate) fn bytes(kept: &str) -> Vec<u8> {
    match kept.strip_prefix("base64:") {
        Some(encoded) => STANDARD.decode(encoded).expect("a recorded body is base64"),
        None => kept.as_bytes().to_vec(),
    }
}

/// Bytes as a bundle keeps them.
pub(crate) fn kept(body: &[u8]) -> String {
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => format!("base64:{}", STANDARD.encode(body)),
    }
}

/// Text in CBOR. <https://www.rfc-editor.org/rfc/rfc8949>
pub(crate) fn text(word: &str, into: &mut Vec<u8>) {
    match word.len() {
        short @ ..24 => into.push(0x60 | short as u8),
        long => {
            into.push(0x79);
            into.extend((long as u16).to_be_bytes());
        }
    }
    into.extend(word.as_bytes());
}
