//! Security groups and network ACLs, with ports and protocols in one spelling.

use aws_sdk_ec2::operation::describe_network_acls::DescribeNetworkAclsOutput;
use aws_sdk_ec2::operation::describe_security_groups::DescribeSecurityGroupsOutput;
use aws_sdk_ec2::types::{
    IpPermission, NetworkAcl as DescribedAcl, NetworkAclEntry, RuleAction,
    SecurityGroup as DescribedGroup,
};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{AclEntry, NetworkAcl, SecurityGroup, SecurityRule};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let groups = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeSecurityGroups",
                ec2.describe_security_groups()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.security_groups, "SecurityGroups"),
        async |page, described| group(site, page, described),
    );
    let acls = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeNetworkAcls",
                ec2.describe_network_acls()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.network_acls, "NetworkAcls"),
        async |page, described| acl(site, page, described),
    );
    futures::join!(groups, acls);
}

fn group(
    site: &Site,
    page: &Told<DescribeSecurityGroupsOutput>,
    described: &DescribedGroup,
) -> Result<(Identity, SecurityGroup), Missing> {
    let id = word(described.group_id(), "GroupId")?;
    let mut identity = identity(site, "security-group", &id, &described.tags);
    if identity.name == id {
        described
            .group_name()
            .unwrap_or(&id)
            .clone_into(&mut identity.name);
    }
    let fields = SecurityGroup {
        id: page.fact(id),
        name: page.read(|_| word(described.group_name(), "GroupName")),
        description: page.read(|_| word(described.description(), "Description")),
        vpc: page.read(|_| word(described.vpc_id(), "VpcId")),
        // No other group can have that name.
        // <https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html>
        default: page.read(|_| Ok(need(described.group_name(), "GroupName")? == "default")),
        shared: page.read(|_| Ok(*need(described.owner_id(), "OwnerId")? != *site.account)),
        ingress: page.read(|_| rules(&described.ip_permissions, "IpPermissions")),
        egress: page.read(|_| rules(&described.ip_permissions_egress, "IpPermissionsEgress")),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

fn rules(
    permissions: &Option<Vec<IpPermission>>,
    member: &str,
) -> Result<Vec<SecurityRule>, Missing> {
    some(permissions, member)?.iter().map(rule).collect()
}

fn rule(permission: &IpPermission) -> Result<SecurityRule, Missing> {
    let protocol = protocol(need(permission.ip_protocol(), "IpProtocol")?);
    let (from, to) = ports(&protocol, permission.from_port(), permission.to_port())?;
    let v4 = some(&permission.ip_ranges, "IpRanges")?.iter();
    let v6 = some(&permission.ipv6_ranges, "Ipv6Ranges")?.iter();
    let v4 = v4.map(|range| word(range.cidr_ip(), "CidrIp"));
    let v6 = v6.map(|range| word(range.cidr_ipv6(), "CidrIpv6"));
    Ok(SecurityRule {
        from,
        to,
        protocol,
        cidrs: v4.chain(v6).collect::<Result<_, _>>()?,
        groups: some(&permission.user_id_group_pairs, "UserIdGroupPairs")?
            .iter()
            .map(|group| word(group.group_id(), "GroupId"))
            .collect::<Result<_, _>>()?,
        prefix_lists: some(&permission.prefix_list_ids, "PrefixListIds")?
            .iter()
            .map(|list| word(list.prefix_list_id(), "PrefixListId"))
            .collect::<Result<_, _>>()?,
    })
}

fn acl(
    site: &Site,
    page: &Told<DescribeNetworkAclsOutput>,
    described: &DescribedAcl,
) -> Result<(Identity, NetworkAcl), Missing> {
    let id = word(described.network_acl_id(), "NetworkAclId")?;
    let identity = identity(site, "network-acl", &id, &described.tags);
    let fields = NetworkAcl {
        id: page.fact(id),
        vpc: page.read(|_| word(described.vpc_id(), "VpcId")),
        default: page.read(|_| need(described.is_default(), "IsDefault")),
        subnets: page.read(|_| {
            some(&described.associations, "Associations")?
                .iter()
                .map(|association| word(association.subnet_id(), "SubnetId"))
                .collect()
        }),
        ingress: page.read(|_| entries(described, false)),
        egress: page.read(|_| entries(described, true)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

/// The numbers of the rules that close every ACL, one per address family; nobody can give or change them.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html>
const CLOSING: i32 = 32767;

fn entries(described: &DescribedAcl, egress: bool) -> Result<Vec<AclEntry>, Missing> {
    let mut found = Vec::new();
    for described in some(&described.entries, "Entries")? {
        let number = need(described.rule_number(), "RuleNumber")?;
        if number < CLOSING && need(described.egress(), "Egress")? == egress {
            found.push(entry(number, described)?);
        }
    }
    found.sort_by_key(|entry: &AclEntry| entry.number);
    Ok(found)
}

fn entry(number: i32, described: &NetworkAclEntry) -> Result<AclEntry, Missing> {
    let protocol = protocol(need(described.protocol(), "Protocol")?);
    let range = described.port_range();
    let (from, to) = ports(
        &protocol,
        range.and_then(|range| range.from()),
        range.and_then(|range| range.to()),
    )?;
    let cidr = described
        .cidr_block()
        .or_else(|| described.ipv6_cidr_block());
    Ok(AclEntry {
        number: i64::from(number),
        allow: *need(described.rule_action(), "RuleAction")? == RuleAction::Allow,
        protocol,
        from,
        to,
        cidr: word(cidr, "CidrBlock")?,
    })
}

/// Security groups name the usual protocols and ACLs number them.
/// <https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml>
fn protocol(spelled: &str) -> String {
    match spelled {
        "-1" => "all",
        "1" => "icmp",
        "6" => "tcp",
        "17" => "udp",
        "58" => "icmpv6",
        other => other,
    }
    .to_owned()
}

/// First and last port. ICMP carries types in the place of ports, and "all" overrides whatever ports are given.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html>
fn ports(protocol: &str, from: Option<i32>, to: Option<i32>) -> Result<(i64, i64), Missing> {
    const ALL: (i64, i64) = (0, 65535);
    match (protocol, from, to) {
        ("tcp" | "udp", Some(-1), _) => Ok(ALL),
        ("tcp" | "udp", Some(from), Some(to)) => Ok((i64::from(from), i64::from(to))),
        ("tcp" | "udp", _, _) => Err(missing("the ports of a rule")),
        _ => Ok(ALL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_protocol_has_one_spelling() {
        for (group, acl) in [("-1", "-1"), ("tcp", "6"), ("udp", "17"), ("icmp", "1")] {
            assert_eq!(protocol(group), protocol(acl));
        }
        assert_eq!(protocol("50"), "50");
    }

    #[test]
    fn only_tcp_and_udp_have_ports() {
        assert_eq!(ports("tcp", Some(20), Some(25)), Ok((20, 25)));
        assert_eq!(ports("udp", Some(-1), Some(-1)), Ok((0, 65535)));
        // Echo request is type 8, which is no port.
        assert_eq!(ports("icmp", Some(8), Some(-1)), Ok((0, 65535)));
        assert_eq!(ports("all", Some(22), Some(22)), Ok((0, 65535)));
        assert_eq!(ports("50", None, None), Ok((0, 65535)));
    }

    #[test]
    fn a_tcp_rule_without_ports_is_malformed_and_not_closed() {
        assert!(ports("tcp", None, None).is_err());
        assert!(ports("tcp", Some(22), None).is_err());
    }

    #[test]
    fn the_closing_rule_is_no_entry() {
        let rule = |number, action| {
            NetworkAclEntry::builder()
                .rule_number(number)
                .egress(false)
                .protocol("-1")
                .rule_action(action)
                .cidr_block("0.0.0.0/0")
                .build()
        };
        let acl = DescribedAcl::builder()
            .entries(rule(CLOSING, RuleAction::Deny))
            .entries(rule(200, RuleAction::Deny))
            .entries(rule(100, RuleAction::Allow))
            .build();
        let found = entries(&acl, false).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|entry| (entry.number, entry.allow))
            .collect();
        assert_eq!(told, [(100, true), (200, false)]);
        assert_eq!(entries(&acl, true), Ok(vec![]));
    }
}
