//! What API Gateway tells of HTTP and WebSocket APIs.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Api::kind(), Route::kind(), Stage::kind()]
}

kind! {
    /// An HTTP or WebSocket API.
    "apigatewayv2.api" as api: Api, listed by ["apigatewayv2:GetApis"] {
        /// Its id.
        id: String,
        /// Name.
        name: String,
        /// `HTTP` or `WEBSOCKET`.
        protocol: String,
        /// When it was created.
        created: Timestamp,
        /// Whether its `execute-api` address is off, so that only custom domain names lead to it.
        default_endpoint_disabled: bool,
        /// Origins whose pages may read its answers in a browser; empty: none.
        cors_origins: Vec<String>,
        /// Whether such pages may send the user's cookies.
        cors_credentials: bool,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A route of an HTTP or WebSocket API: what a client may call.
    "apigatewayv2.route" as route: Route, listed by ["apigatewayv2:GetApis", "apigatewayv2:GetRoutes"] {
        /// Id of the API.
        api_id: String,
        /// `GET /orders`, `$default`; of a WebSocket API `$connect`, `$disconnect` or the name of a message.
        key: String,
        /// `NONE`, `AWS_IAM`, `CUSTOM` (a Lambda function) or `JWT`.
        authorization: String,
        /// Whether an API key is asked for. A key meters a client and does not authenticate it.
        key_required: bool,
    }
}

kind! {
    /// A stage of an HTTP or WebSocket API: a deployed version under an address.
    "apigatewayv2.stage" as stage: Stage, listed by ["apigatewayv2:GetApis", "apigatewayv2:GetStages"] {
        /// Name; `$default` answers at the API's own address.
        name: String,
        /// Id of the API.
        api_id: String,
        /// ARN of the log group or Firehose stream of the access log; none: it is off.
        access_log: Option<String>,
        /// Requests per second that a route lets through by default; none: as many as the account's limit.
        rate_limit: Option<f64>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}
