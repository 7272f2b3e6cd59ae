//! What Elastic Load Balancing tells of application, network and gateway load balancers.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![LoadBalancer::kind(), Listener::kind(), TargetGroup::kind()]
}

kind! {
    /// An application, network or gateway load balancer.
    "elbv2.load_balancer" as balancer: LoadBalancer, listed by ["elbv2:DescribeLoadBalancers"] {
        /// Name.
        name: String,
        /// ARN.
        arn: String,
        /// `application`, `network` or `gateway`.
        r#type: String,
        /// Whether its addresses are public.
        internet_facing: bool,
        /// Its DNS name, in lower case; none: a gateway load balancer has none.
        dns_name: Option<String>,
        /// VPC.
        vpc: String,
        /// `active`, `provisioning`, `active_impaired` or `failed`.
        state: String,
        /// When it was created.
        created: Timestamp,
        /// Availability zones it has nodes in.
        zones: Vec<String>,
        /// Ids of its security groups; empty: it has none.
        security_groups: Vec<String>,
        /// Whether it refuses to be deleted.
        deletion_protection: bool => ["elbv2:DescribeLoadBalancerAttributes"],
        /// Whether it writes access logs to a bucket; gateway load balancers cannot. A network load balancer logs the
        /// connections of its TLS listeners alone.
        access_logs: bool => ["elbv2:DescribeLoadBalancerAttributes"],
        /// Whether it removes headers with invalid names from requests; none: not an application load balancer.
        drops_invalid_headers: Option<bool> => ["elbv2:DescribeLoadBalancerAttributes"],
        /// What it does with requests that servers could read in two ways: `defensive`, `strictest` or `monitor` (let them
        /// pass); none: not an application load balancer.
        desync_mode: Option<String> => ["elbv2:DescribeLoadBalancerAttributes"],
        /// Whether its nodes spread over the targets of all zones; none: AWS does not say.
        cross_zone: Option<bool> => ["elbv2:DescribeLoadBalancerAttributes"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String> => ["elbv2:DescribeTags"],
    }
}

record! {
    /// What a listener does with a request.
    pub struct ListenerAction {
        /// `forward`, `redirect`, `fixed-response`, `authenticate-oidc`, `authenticate-cognito`, `jwt-validation`.
        r#type: String,
        /// Protocol that a redirect leads to: `HTTP` or `HTTPS`; none: it is no redirect.
        redirects_to: Option<String>,
    }
}

kind! {
    /// A listener of an application or network load balancer.
    "elbv2.listener" as listener: Listener, listed by ["elbv2:DescribeLoadBalancers", "elbv2:DescribeListeners"] {
        /// ARN of the load balancer.
        load_balancer: String,
        /// `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, `QUIC` …
        protocol: String,
        /// Port.
        port: i64,
        /// Name of the security policy; none: it does not end TLS.
        tls_policy: Option<String>,
        /// TLS versions that its security policy allows; empty: it does not end TLS.
        tls_protocols: Vec<String> => ["elbv2:DescribeSSLPolicies"],
        /// Ciphers that its security policy allows; empty: it does not end TLS.
        ciphers: Vec<String> => ["elbv2:DescribeSSLPolicies"],
        /// ARNs of its default certificates.
        certificates: Vec<String>,
        /// What it does, over all its rules, the default one among them.
        actions: Vec<ListenerAction> => ["elbv2:DescribeRules"],
    }
}

kind! {
    /// A target group: who answers the requests of a load balancer.
    "elbv2.target_group" as target_group: TargetGroup, listed by ["elbv2:DescribeTargetGroups"] {
        /// Name.
        name: String,
        /// `instance`, `ip`, `lambda` or `alb`.
        r#type: String,
        /// Protocol towards the targets; none: a Lambda function has none.
        protocol: Option<String>,
        /// ARNs of the load balancers that use it; empty: none.
        load_balancers: Vec<String>,
        /// Whether targets are checked for health.
        health_check: bool,
        /// How many targets are registered.
        targets: i64 => ["elbv2:DescribeTargetHealth"],
        /// How many of them are healthy.
        healthy: i64 => ["elbv2:DescribeTargetHealth"],
    }
}
