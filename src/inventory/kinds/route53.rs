//! What Route 53 tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![HealthCheck::kind(), HostedZone::kind(), Record::kind()]
}

kind! {
    /// A hosted zone.
    "route53.hosted_zone" as zone: HostedZone, listed by ["route53:ListHostedZones"] {
        /// `Z…`.
        id: String,
        /// Domain name, without the last dot.
        name: String,
        /// Whether only VPCs ask it.
        private: bool,
        /// ARNs of the log groups that queries are logged to; empty: they are not logged.
        query_logs: Vec<String> => ["route53:ListQueryLoggingConfigs"],
        /// Whether its answers are signed (DNSSEC); none: a private zone cannot be.
        signed: Option<bool> => ["route53:GetDNSSEC"],
    }
}

kind! {
    /// A record of a public hosted zone that leads to a machine: type A, AAAA or CNAME.
    "route53.record" as record: Record, listed by ["route53:ListHostedZones", "route53:ListResourceRecordSets"] {
        /// Domain name, without the last dot.
        name: String,
        /// `A`, `AAAA` or `CNAME`.
        r#type: String,
        /// Hosted zone.
        zone_id: String,
        /// Its values; empty: it is an alias.
        values: Vec<String>,
        /// The name it leads to, in lower case, without the last dot: an alias's target or a CNAME's value; none: it leads to
        /// addresses.
        target: Option<String>,
        /// S3 bucket whose website it leads to; none: it leads to none.
        bucket: Option<String>,
        /// Domain name of the CloudFront distribution it leads to; none: it leads to none.
        distribution: Option<String>,
        /// DNS name of the load balancer it leads to; none: it leads to none.
        load_balancer: Option<String>,
        /// Id of the health check that takes it out of the answers; none: none does.
        health_check: Option<String>,
        /// Whether an alias is taken out of the answers when its target is not healthy; none: it is no alias.
        follows_health: Option<bool>,
        /// `PRIMARY` or `SECONDARY`; none: it takes no part in a failover.
        failover: Option<String>,
    }
}

kind! {
    /// A health check.
    "route53.health_check" as health_check: HealthCheck, listed by ["route53:ListHealthChecks"] {
        /// Its id.
        id: String,
        /// `HTTP`, `HTTPS`, `HTTP_STR_MATCH`, `HTTPS_STR_MATCH`, `TCP`, `CALCULATED`, `CLOUDWATCH_METRIC` or `RECOVERY_CONTROL`.
        r#type: String,
        /// What it asks: a domain name or an address; none: it asks no endpoint.
        endpoint: Option<String>,
        /// Whether it is off, which counts as healthy.
        disabled: bool,
        /// Whether healthy means unhealthy.
        inverted: bool,
        /// How many in a hundred of Route 53's checkers got a good answer; none: it asks no endpoint, and of those Route 53
        /// does not tell the status.
        answered: Option<f64> => ["route53:GetHealthCheckStatus"],
    }
}
