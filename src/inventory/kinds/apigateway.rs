//! What API Gateway tells of REST APIs and of custom domain names.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        DomainName::kind(),
        Method::kind(),
        RestApi::kind(),
        Stage::kind(),
    ]
}

kind! {
    /// A REST API.
    "apigateway.rest_api" as api: RestApi, listed by ["apigateway:GetRestApis"] {
        /// Its id.
        id: String,
        /// Name.
        name: String,
        /// When it was created.
        created: Timestamp,
        /// `EDGE`, `REGIONAL` or `PRIVATE`, which is for VPC endpoints alone.
        endpoints: Vec<String>,
        /// Whether its `execute-api` address is off, so that only custom domain names lead to it.
        default_endpoint_disabled: bool,
        /// Statements of its resource policy; empty: it has none.
        policy: Vec<Statement>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A method of a REST API: what a client may call.
    "apigateway.method" as method: Method, listed by ["apigateway:GetRestApis", "apigateway:GetResources"] {
        /// Id of the REST API.
        api_id: String,
        /// Path: `/orders/{id}`.
        path: String,
        /// `GET`, `POST` …; `ANY` for all.
        http_method: String,
        /// `NONE`, `AWS_IAM`, `CUSTOM` (a Lambda function) or `COGNITO_USER_POOLS`.
        authorization: String,
        /// Whether an API key is asked for. A key meters a client and does not authenticate it.
        key_required: bool,
    }
}

record! {
    /// The settings of a method, or of all.
    pub struct MethodSetting {
        /// Path and method; `*/*` for all that have none of their own.
        path: String,
        /// What is written to the execution log: `OFF`, `ERROR` or `INFO`.
        logging: String,
        /// Whether whole requests and answers are written to the execution log.
        data_trace: bool,
        /// Whether answers are cached.
        cached: bool,
        /// Whether cached answers are encrypted.
        cache_encrypted: bool,
        /// Requests per second that are let through.
        rate_limit: f64,
    }
}

kind! {
    /// A stage of a REST API: a deployed version under an address.
    "apigateway.stage" as stage: Stage, listed by ["apigateway:GetRestApis", "apigateway:GetStages"] {
        /// Name.
        name: String,
        /// Id of the REST API.
        api_id: String,
        /// ARN of the log group or Firehose stream of the access log; none: it is off.
        access_log: Option<String>,
        /// Settings of its methods; empty: API Gateway's defaults.
        settings: Vec<MethodSetting>,
        /// Whether it has a cache.
        cache: bool,
        /// Whether X-Ray traces its requests.
        tracing: bool,
        /// Id of the certificate that it shows to the servers behind it; none: it shows none.
        client_certificate: Option<String>,
        /// ARN of the web ACL; none: there is none.
        web_acl_arn: Option<String>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A custom domain name, of REST, HTTP or WebSocket APIs.
    "apigateway.domain_name" as domain: DomainName, listed by ["apigateway:GetDomainNames"] {
        /// The name.
        name: String,
        /// `EDGE`, `REGIONAL` or `PRIVATE`.
        endpoints: Vec<String>,
        /// Security policy: `TLS_1_0`, `TLS_1_2`, `SecurityPolicy_TLS13_…`.
        tls_policy: String,
        /// Whether clients must show a certificate.
        mutual_tls: bool,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}
