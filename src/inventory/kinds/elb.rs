//! What Elastic Load Balancing tells of classic load balancers.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![LoadBalancer::kind()]
}

record! {
    /// A listener of a classic load balancer.
    pub struct ClassicListener {
        /// `HTTP`, `HTTPS`, `TCP` or `SSL`.
        protocol: String,
        /// Port.
        port: i64,
        /// Protocol towards the instances: the same four.
        instance_protocol: String,
        /// ARN of the certificate, of ACM or IAM; none: it does not end TLS.
        certificate: Option<String>,
    }
}

kind! {
    /// A classic load balancer.
    "elb.load_balancer" as balancer: LoadBalancer, listed by ["elb:DescribeLoadBalancers"] {
        /// Name.
        name: String,
        /// ARN.
        arn: String,
        /// Whether its addresses are public.
        internet_facing: bool,
        /// Its DNS name, in lower case.
        dns_name: String,
        /// When it was created.
        created: Timestamp,
        /// Availability zones it has nodes in.
        zones: Vec<String>,
        /// Its listeners.
        listeners: Vec<ClassicListener>,
        /// TLS and SSL versions that any of its listeners accepts; empty: none of them ends TLS.
        tls_protocols: Vec<String> => ["elb:DescribeLoadBalancerPolicies"],
        /// How many instances are registered.
        instances: i64,
        /// How many of them are in service.
        healthy: i64 => ["elb:DescribeInstanceHealth"],
        /// Whether it writes access logs to a bucket.
        access_logs: bool => ["elb:DescribeLoadBalancerAttributes"],
        /// Whether its nodes spread over the instances of all zones.
        cross_zone: bool => ["elb:DescribeLoadBalancerAttributes"],
        /// Whether instances that leave finish their requests first.
        drains_connections: bool => ["elb:DescribeLoadBalancerAttributes"],
        /// What it does with requests that servers could read in two ways: `defensive`, `strictest` or `monitor` (let them
        /// pass); none: AWS does not say.
        desync_mode: Option<String> => ["elb:DescribeLoadBalancerAttributes"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String> => ["elb:DescribeTags"],
    }
}
