//! What AppSync tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![GraphqlApi::kind()]
}

kind! {
    /// A GraphQL API.
    "appsync.graphql_api" as api: GraphqlApi, listed by ["appsync:ListGraphqlApis"] {
        /// Name.
        name: String,
        /// How much of each field it logs: `NONE`, `ERROR`, `INFO`, `DEBUG` or `ALL`.
        log_level: String,
        /// What callers may prove themselves by: `API_KEY`, `AWS_IAM`, `AMAZON_COGNITO_USER_POOLS`, `OPENID_CONNECT`,
        /// `AWS_LAMBDA`.
        asks_for: Vec<String>,
    }
}
