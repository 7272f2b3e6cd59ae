//! Security groups and network ACLs.

use std::collections::BTreeMap;

use crate::{kind, record};

record! {
    /// What one rule of a security group lets through.
    pub struct SecurityRule {
        /// `tcp`, `udp`, `icmp`, `icmpv6`, `all`, or the number of another protocol.
        protocol: String,
        /// First port; 0 where the rule is for all ports or the protocol has none.
        from: i64,
        /// Last port; 65535 where the rule is for all ports or the protocol has none.
        to: i64,
        /// IPv4 and IPv6 ranges at the other end.
        cidrs: Vec<String>,
        /// Ids of security groups at the other end.
        groups: Vec<String>,
        /// Ids of prefix lists at the other end.
        prefix_lists: Vec<String>,
    }
}

kind! {
    /// A security group.
    "ec2.security_group" as group: SecurityGroup, listed by ["ec2:DescribeSecurityGroups"] {
        /// `sg-…`.
        id: String,
        /// Name, unique in its VPC.
        name: String,
        /// What someone said it is for.
        description: String,
        /// VPC.
        vpc: String,
        /// Whether it is its VPC's default group, which cannot be deleted and applies where none is named.
        default: bool,
        /// Whether it belongs to another account, whose owner governs it, and is shared with this one.
        shared: bool,
        /// What may come in.
        ingress: Vec<SecurityRule>,
        /// What may go out.
        egress: Vec<SecurityRule>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

record! {
    /// One rule of a network ACL. The lowest number that matches decides.
    pub struct AclEntry {
        /// Place in the order.
        number: i64,
        /// Whether it allows; it denies otherwise.
        allow: bool,
        /// `tcp`, `udp`, `icmp`, `icmpv6`, `all`, or the number of another protocol.
        protocol: String,
        /// First port; 0 where the rule is for all ports or the protocol has none.
        from: i64,
        /// Last port; 65535 where the rule is for all ports or the protocol has none.
        to: i64,
        /// IPv4 or IPv6 range at the other end.
        cidr: String,
    }
}

kind! {
    /// A network ACL.
    "ec2.network_acl" as acl: NetworkAcl, listed by ["ec2:DescribeNetworkAcls"] {
        /// `acl-…`.
        id: String,
        /// VPC.
        vpc: String,
        /// Whether it is its VPC's default ACL.
        default: bool,
        /// Ids of the subnets it guards; empty: none.
        subnets: Vec<String>,
        /// What may come in, without the closing rule that denies the rest.
        ingress: Vec<AclEntry>,
        /// What may go out, without the closing rule that denies the rest.
        egress: Vec<AclEntry>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}
