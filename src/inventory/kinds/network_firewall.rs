//! What Network Firewall tells.

use std::collections::BTreeMap;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Firewall::kind()]
}

kind! {
    /// A firewall in a VPC or on a transit gateway.
    "network-firewall.firewall" as firewall: Firewall, listed by ["network-firewall:ListFirewalls"] {
        /// Name.
        name: String,
        /// VPC.
        vpc: String => ["network-firewall:DescribeFirewall"],
        /// How many subnets it has an endpoint in, one a zone.
        subnets: i64 => ["network-firewall:DescribeFirewall"],
        /// Whether it refuses to be deleted.
        deletion_protection: bool => ["network-firewall:DescribeFirewall"],
        /// ARN of its policy.
        policy: String => ["network-firewall:DescribeFirewall"],
        /// What it logs: `ALERT`, `FLOW`, `TLS`; empty: nothing.
        logs: Vec<String> => ["network-firewall:DescribeLoggingConfiguration"],
        /// How many rule groups its policy has.
        rule_groups: i64 => ["network-firewall:DescribeFirewall", "network-firewall:DescribeFirewallPolicy"],
        /// What its policy does with packets that no stateless rule finds: `aws:pass`, `aws:drop`, `aws:forward_to_sfe`.
        default_actions: Vec<String> => ["network-firewall:DescribeFirewall", "network-firewall:DescribeFirewallPolicy"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String> => ["network-firewall:DescribeFirewall"],
    }
}
