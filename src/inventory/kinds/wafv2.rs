//! What AWS WAF tells.

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![WebAcl::kind()]
}

record! {
    /// One rule of a web ACL, of its owner or of Firewall Manager.
    pub struct WebRule {
        /// Name.
        name: String,
        /// `managed` (a rule group that AWS or a vendor keeps), `group` (a rule group of one's own), `rate` (clients that ask
        /// too often) or `own` (any other statement).
        r#type: String,
        /// The managed rule group: `AWS/AWSManagedRulesCommonRuleSet`; none: it is no managed one.
        managed: Option<String>,
        /// Whether it only counts what it finds and lets it pass.
        counts_only: bool,
        /// Whether it reports metrics to CloudWatch.
        metrics: bool,
        /// Whether it keeps samples of the requests it finds.
        samples: bool,
    }
}

kind! {
    /// A web ACL.
    "wafv2.web_acl" as web_acl: WebAcl, listed by ["wafv2:ListWebACLs"] {
        /// Name.
        name: String,
        /// `REGIONAL`, or `CLOUDFRONT` for distributions; those are listed in us-east-1.
        scope: String,
        /// What happens to requests that no rule finds: `allow` or `block`.
        default_action: String => ["wafv2:GetWebACL"],
        /// Its rules, in order, with Firewall Manager's first and last ones.
        rules: Vec<WebRule> => ["wafv2:GetWebACL"],
        /// Whether it reports metrics to CloudWatch.
        metrics: bool => ["wafv2:GetWebACL"],
        /// ARNs of the log groups, streams or buckets that its log is written to; empty: it writes none.
        log_destinations: Vec<String> => ["wafv2:ListLoggingConfigurations"],
        /// ARNs of the application load balancers and REST API stages that it guards. Distributions name their web ACL
        /// themselves; other kinds of resources are not asked for.
        resources: Vec<String> => ["wafv2:ListResourcesForWebACL"],
    }
}
