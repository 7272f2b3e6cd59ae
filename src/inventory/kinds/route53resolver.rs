//! What the Route 53 Resolver tells: which VPCs log their DNS queries, and which filter them.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![FirewallAssociation::kind(), QueryLog::kind()]
}

kind! {
    /// The logging of a VPC's DNS queries.
    "route53resolver.query_log" as query_log: QueryLog, listed by ["route53resolver:ListResolverQueryLogConfigAssociations"] {
        /// Its id.
        id: String,
        /// VPC.
        vpc: String,
        /// `CREATING`, `ACTIVE`, `ACTION_NEEDED` (it cannot deliver), `DELETING` or `FAILED`.
        status: String,
        /// Id of the configuration that says where to.
        config: String,
    }
}

kind! {
    /// A group of DNS Firewall rules that filters a VPC's queries.
    "route53resolver.firewall_association" as association: FirewallAssociation, listed by ["route53resolver:ListFirewallRuleGroupAssociations"] {
        /// Name.
        name: String,
        /// VPC.
        vpc: String,
        /// Id of the rule group.
        rule_group: String,
        /// `COMPLETE`, `DELETING` or `UPDATING`.
        status: String,
        /// Whether it refuses to be changed or removed.
        protected: bool,
    }
}
