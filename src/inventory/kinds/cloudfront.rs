//! What CloudFront tells.

use std::collections::BTreeMap;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Distribution::kind()]
}

record! {
    /// Where a distribution fetches from.
    pub struct Origin {
        /// Its id within the distribution.
        id: String,
        /// Host name.
        domain: String,
        /// Name of the S3 bucket, where it is one and not a bucket's website; none: it is another host.
        bucket: Option<String>,
        /// Whether CloudFront signs its requests, by an origin access control or the older origin access identity.
        signed: bool,
        /// `http-only`, `match-viewer` or `https-only`; none: CloudFront chooses, as for buckets.
        protocol: Option<String>,
        /// TLS and SSL versions it is spoken to in; empty where CloudFront chooses.
        tls_protocols: Vec<String>,
    }
}

record! {
    /// What a distribution does with the requests for some paths.
    pub struct Behavior {
        /// Pattern of the paths; `*` for the default.
        path: String,
        /// Id of the origin or origin group.
        origin: String,
        /// `allow-all`, `https-only` or `redirect-to-https`.
        viewer_protocol: String,
        /// Id of its field-level encryption; none: fields are not encrypted one by one.
        field_level_encryption: Option<String>,
        /// ARN of its real-time log configuration; none: it has none.
        realtime_log: Option<String>,
    }
}

kind! {
    /// A CloudFront distribution.
    "cloudfront.distribution" as distribution: Distribution, listed by ["cloudfront:ListDistributions"] {
        /// `E…`.
        id: String,
        /// `d….cloudfront.net`, in lower case.
        domain_name: String,
        /// Other names it answers to.
        aliases: Vec<String>,
        /// Whether it answers.
        enabled: bool,
        /// Its origins.
        origins: Vec<Origin>,
        /// Names of the buckets among its origins.
        origin_buckets: Vec<String>,
        /// How many origin groups it has, each of which falls back to a second origin.
        failovers: i64,
        /// What it does, the default behavior first.
        behaviors: Vec<Behavior>,
        /// Whether viewers see CloudFront's own certificate, which goes with CloudFront's own name alone.
        default_certificate: bool,
        /// The security policy for viewers, by its oldest protocol: `TLSv1.2_2021`. With CloudFront's own certificate it is
        /// always `TLSv1`.
        minimum_protocol: String,
        /// How HTTPS is served: `sni-only`, `vip` or `static-ip`; none: with CloudFront's own certificate.
        https_by: Option<String>,
        /// ARN of the web ACL, or the id of a web ACL of WAF Classic; none: there is none.
        web_acl_arn: Option<String>,
        /// What is served for `/`; none: whatever the origin says.
        default_root_object: Option<String> => ["cloudfront:GetDistributionConfig"],
        /// Whether standard logs are written to a bucket, in the way that is set on the distribution itself.
        standard_logs: bool => ["cloudfront:GetDistributionConfig"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String> => ["cloudfront:ListTagsForResource"],
    }
}
