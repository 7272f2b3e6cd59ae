//! What Redshift Serverless tells.

use std::collections::BTreeMap;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Namespace::kind(), Workgroup::kind()]
}

kind! {
    /// A namespace of Redshift Serverless: databases, users and their data. AWS encrypts every one.
    "redshift-serverless.namespace" as space: Namespace, listed by ["redshift-serverless:ListNamespaces"] {
        /// Name.
        name: String,
        /// Logs it sends to CloudWatch Logs: `connectionlog`, `userlog`, `useractivitylog`; empty: none.
        log_exports: Vec<String>,
        /// Whether Secrets Manager holds and rotates the administrator's password.
        managed_password: bool,
    }
}

kind! {
    /// A workgroup of Redshift Serverless: what computes for a namespace, and how it is reached.
    "redshift-serverless.workgroup" as workgroup: Workgroup, listed by ["redshift-serverless:ListWorkgroups"] {
        /// Name.
        name: String,
        /// Name of the namespace it computes for.
        namespace: String,
        /// Whether it has a public address.
        public: bool,
        /// Whether what it loads and unloads goes through its VPC.
        enhanced_vpc_routing: bool,
        /// Its parameters that have a value: `require_ssl`, `max_query_execution_time` …
        parameters: BTreeMap<String, String>,
    }
}
