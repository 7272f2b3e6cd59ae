//! What OpenSearch Service tells.

use jiff::Timestamp;

use super::statement::Statement;
use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Domain::kind()]
}

kind! {
    /// A domain of OpenSearch or Elasticsearch.
    "opensearch.domain" as domain: Domain, listed by ["opensearch:ListDomainNames"] {
        /// Name.
        name: String,
        /// `OpenSearch_2.19`, `Elasticsearch_7.10` …
        engine_version: String => ["opensearch:DescribeDomains"],
        /// The same, as AWS ends its support: `opensearch 2.19`, `elasticsearch 7.10`.
        release: String => ["opensearch:DescribeDomains"],
        /// Id of the VPC it is reached in; none: it is reached over the internet.
        vpc: Option<String> => ["opensearch:DescribeDomains"],
        /// Statements of its access policy; empty: it has none.
        policy: Vec<Statement> => ["opensearch:DescribeDomains"],
        /// Whether it is encrypted at rest.
        encrypted: bool => ["opensearch:DescribeDomains"],
        /// KMS key that encrypts it, an id or an ARN; none: it is not encrypted.
        kms_key: Option<String> => ["opensearch:DescribeDomains"],
        /// Whether its nodes speak to each other over TLS.
        encrypts_between_nodes: bool => ["opensearch:DescribeDomains"],
        /// Whether it turns plain HTTP away.
        requires_https: bool => ["opensearch:DescribeDomains"],
        /// TLS policy of its endpoint: `Policy-Min-TLS-1-2-PFS-2023-10` …
        tls_policy: String => ["opensearch:DescribeDomains"],
        /// Whether users and roles can be limited to indices, documents and fields.
        fine_grained_access: bool => ["opensearch:DescribeDomains"],
        /// Whether it keeps users with passwords of its own.
        internal_users: bool => ["opensearch:DescribeDomains"],
        /// Number of data nodes.
        data_nodes: i64 => ["opensearch:DescribeDomains"],
        /// Whether its nodes are spread over more than one zone.
        zone_aware: bool => ["opensearch:DescribeDomains"],
        /// Number of dedicated master nodes; 0: data nodes do their work.
        dedicated_masters: i64 => ["opensearch:DescribeDomains"],
        /// Logs it publishes to CloudWatch Logs: `AUDIT_LOGS`, `ES_APPLICATION_LOGS`, `INDEX_SLOW_LOGS`, `SEARCH_SLOW_LOGS`;
        /// empty: none.
        logs: Vec<String> => ["opensearch:DescribeDomains"],
        /// Whether newer service software waits for it.
        update_available: bool => ["opensearch:DescribeDomains"],
        /// When OpenSearch installs that software by itself; none: nothing waits, or it does not press.
        update_due: Option<Timestamp> => ["opensearch:DescribeDomains"],
    }
}
