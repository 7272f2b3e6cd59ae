//! VPCs, subnets and route tables.

use aws_sdk_ec2::operation::describe_route_tables::DescribeRouteTablesOutput;
use aws_sdk_ec2::operation::describe_subnets::DescribeSubnetsOutput;
use aws_sdk_ec2::operation::describe_vpcs::DescribeVpcsOutput;
use aws_sdk_ec2::types::{
    Route as DescribedRoute, RouteState, RouteTable as DescribedTable, Subnet as DescribedSubnet,
    Vpc as DescribedVpc,
};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{Route, RouteTable, Subnet, Vpc};

/// The most that DescribeRouteTables allows.
const TABLES: i32 = 100;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let vpcs = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeVpcs",
                ec2.describe_vpcs().max_results(PAGE).set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.vpcs, "Vpcs"),
        async |page, described| vpc(site, page, described),
    );
    let subnets = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeSubnets",
                ec2.describe_subnets()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.subnets, "Subnets"),
        async |page, described| subnet(site, page, described),
    );
    let tables = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeRouteTables",
                ec2.describe_route_tables()
                    .max_results(TABLES)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.route_tables, "RouteTables"),
        async |page, described| route_table(site, page, described),
    );
    futures::join!(vpcs, subnets, tables);
}

fn vpc(
    site: &Site,
    page: &Told<DescribeVpcsOutput>,
    described: &DescribedVpc,
) -> Result<(Identity, Vpc), Missing> {
    let id = word(described.vpc_id(), "VpcId")?;
    let identity = identity(site, "vpc", &id, &described.tags);
    let fields = Vpc {
        id: page.fact(id),
        cidr: page.read(|_| word(described.cidr_block(), "CidrBlock")),
        default: page.read(|_| need(described.is_default(), "IsDefault")),
        shared: page.read(|_| Ok(*need(described.owner_id(), "OwnerId")? != *site.account)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

/// How many addresses of a range things can have.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>
fn usable(cidr: &str) -> Result<i64, Missing> {
    let bits = cidr
        .rsplit_once('/')
        .and_then(|(_, bits)| bits.parse().ok());
    let free = bits.and_then(|bits: u32| 32_u32.checked_sub(bits));
    let all = free.map(|free| 1_i64 << free);
    all.map(|all| (all - 5).max(0))
        .ok_or_else(|| missing("the length of CidrBlock"))
}

fn subnet(
    site: &Site,
    page: &Told<DescribeSubnetsOutput>,
    described: &DescribedSubnet,
) -> Result<(Identity, Subnet), Missing> {
    let id = word(described.subnet_id(), "SubnetId")?;
    let identity = identity(site, "subnet", &id, &described.tags);
    let fields = Subnet {
        id: page.fact(id),
        vpc: page.read(|_| word(described.vpc_id(), "VpcId")),
        zone: page.read(|_| word(described.availability_zone(), "AvailabilityZone")),
        cidr: page.fact(described.cidr_block().map(str::to_owned)),
        assigns_public_ip: page
            .read(|_| need(described.map_public_ip_on_launch(), "MapPublicIpOnLaunch")),
        addresses: page.read(|_| described.cidr_block().map_or(Ok(0), usable)),
        free_addresses: page.read(|_| {
            need(
                described.available_ip_address_count(),
                "AvailableIpAddressCount",
            )
            .map(i64::from)
        }),
        shared: page.read(|_| Ok(*need(described.owner_id(), "OwnerId")? != *site.account)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

fn route_table(
    site: &Site,
    page: &Told<DescribeRouteTablesOutput>,
    described: &DescribedTable,
) -> Result<(Identity, RouteTable), Missing> {
    let id = word(described.route_table_id(), "RouteTableId")?;
    let identity = identity(site, "route-table", &id, &described.tags);
    let fields = RouteTable {
        id: page.fact(id),
        vpc: page.read(|_| word(described.vpc_id(), "VpcId")),
        main: page.read(|_| {
            let associations = some(&described.associations, "Associations")?;
            let mains: Result<Vec<bool>, _> = associations
                .iter()
                .map(|association| need(association.main(), "Associations.Main"))
                .collect();
            Ok(mains?.contains(&true))
        }),
        // The main association and those of gateways name no subnet.
        subnets: page.read(|_| {
            Ok(some(&described.associations, "Associations")?
                .iter()
                .filter_map(|association| association.subnet_id())
                .map(str::to_owned)
                .collect())
        }),
        routes: page.read(|_| {
            some(&described.routes, "Routes")?
                .iter()
                .map(route)
                .collect()
        }),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

/// A route has one destination and one target, each under one of many names.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html>
fn route(described: &DescribedRoute) -> Result<Route, Missing> {
    let destinations = [
        described.destination_cidr_block(),
        described.destination_ipv6_cidr_block(),
        described.destination_prefix_list_id(),
    ];
    // A NAT instance is named with its interface; the instance says more.
    let targets = [
        described.gateway_id(),
        described.nat_gateway_id(),
        described.transit_gateway_id(),
        described.vpc_peering_connection_id(),
        described.egress_only_internet_gateway_id(),
        described.instance_id(),
        described.network_interface_id(),
        described.local_gateway_id(),
        described.carrier_gateway_id(),
        described.core_network_arn(),
        described.odb_network_arn(),
    ];
    Ok(Route {
        destination: word(
            destinations.into_iter().flatten().next(),
            "the destination of a route",
        )?,
        target: word(
            targets.into_iter().flatten().next(),
            "the target of a route",
        )?,
        active: *need(described.state(), "State")? == RouteState::Active,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_read_under_whatever_name_its_ends_have() {
        let out = DescribedRoute::builder()
            .destination_ipv6_cidr_block("::/0")
            .egress_only_internet_gateway_id("eigw-1")
            .state(RouteState::Active)
            .build();
        let told = route(&out).unwrap();
        assert_eq!(
            (told.destination.as_str(), told.target.as_str()),
            ("::/0", "eigw-1")
        );
        assert!(told.active);
    }

    #[test]
    fn a_route_to_what_is_gone_is_not_active() {
        let gone = DescribedRoute::builder()
            .destination_cidr_block("0.0.0.0/0")
            .nat_gateway_id("nat-1")
            .state(RouteState::Blackhole)
            .build();
        assert_eq!(route(&gone).map(|told| told.active), Ok(false));
    }

    #[test]
    fn a_route_to_nowhere_is_malformed() {
        let nowhere = DescribedRoute::builder()
            .destination_cidr_block("0.0.0.0/0")
            .state(RouteState::Active)
            .build();
        assert!(route(&nowhere).is_err());
    }
}
