//! Network interfaces, Elastic IP addresses, and the flow logs that record their traffic.

use aws_sdk_ec2::operation::describe_addresses::DescribeAddressesOutput;
use aws_sdk_ec2::operation::describe_flow_logs::DescribeFlowLogsOutput;
use aws_sdk_ec2::operation::describe_network_interfaces::DescribeNetworkInterfacesOutput;
use aws_sdk_ec2::types::{
    Address as DescribedAddress, FlowLog as DescribedLog, NetworkInterface as DescribedInterface,
};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, instant};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{Address, FlowLog, Interface};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let interfaces = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeNetworkInterfaces",
                ec2.describe_network_interfaces()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.network_interfaces, "NetworkInterfaces"),
        async |page, described| interface(site, page, described),
    );
    let flow_logs = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeFlowLogs",
                ec2.describe_flow_logs()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.flow_logs, "FlowLogs"),
        async |page, described| flow_log(site, page, described),
    );
    let addresses = list(
        site,
        intake,
        // The only one of these operations that answers everything at once.
        async |_| ask!(site, "ec2:DescribeAddresses", ec2.describe_addresses()),
        |_| None,
        |page| some(&page.addresses, "Addresses"),
        async |page, described| address(site, page, described),
    );
    futures::join!(interfaces, flow_logs, addresses);
}

fn interface(
    site: &Site,
    page: &Told<DescribeNetworkInterfacesOutput>,
    described: &DescribedInterface,
) -> Result<(Identity, Interface), Missing> {
    let id = word(described.network_interface_id(), "NetworkInterfaceId")?;
    let identity = identity(site, "network-interface", &id, &described.tag_set);
    let fields = Interface {
        id: page.fact(id),
        r#type: page.read(|_| word(described.interface_type(), "InterfaceType")),
        status: page.read(|_| word(described.status(), "Status")),
        vpc: page.read(|_| word(described.vpc_id(), "VpcId")),
        subnet: page.read(|_| word(described.subnet_id(), "SubnetId")),
        instance: page.fact(
            described
                .attachment()
                .and_then(|attachment| attachment.instance_id())
                .map(str::to_owned),
        ),
        security_groups: page.read(|_| {
            some(&described.groups, "Groups")?
                .iter()
                .map(|group| word(group.group_id(), "GroupId"))
                .collect()
        }),
        public_ipv4: page.fact(
            described
                .association()
                .and_then(|association| association.public_ip())
                .map(str::to_owned),
        ),
        // Left out where it has none.
        // <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html>
        ipv6: page.read(|_| {
            described
                .ipv6_addresses()
                .iter()
                .map(|address| word(address.ipv6_address(), "Ipv6Address"))
                .collect()
        }),
        tags: page.read(|_| tags(&described.tag_set)),
    };
    Ok((identity, fields))
}

fn flow_log(
    site: &Site,
    page: &Told<DescribeFlowLogsOutput>,
    described: &DescribedLog,
) -> Result<(Identity, FlowLog), Missing> {
    let id = word(described.flow_log_id(), "FlowLogId")?;
    let identity = identity(site, "vpc-flow-log", &id, &described.tags);
    let fields = FlowLog {
        id: page.fact(id),
        resource: page.read(|_| word(described.resource_id(), "ResourceId")),
        status: page.read(|_| word(described.flow_log_status(), "FlowLogStatus")),
        // Left out until the first delivery, which is as yet no success.
        delivery: page.read(|_| word(described.deliver_logs_status(), "DeliverLogsStatus")),
        delivery_error: page.fact(described.deliver_logs_error_message().map(str::to_owned)),
        traffic: page.read(|_| word(described.traffic_type(), "TrafficType")),
        destination_type: page
            .read(|_| word(described.log_destination_type(), "LogDestinationType")),
        destination: page.fact(described.log_destination().map(str::to_owned)),
        created: page.read(|_| instant(need(described.creation_time(), "CreationTime")?)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

fn address(
    site: &Site,
    page: &Told<DescribeAddressesOutput>,
    described: &DescribedAddress,
) -> Result<(Identity, Address), Missing> {
    let id = word(described.allocation_id(), "AllocationId")?;
    let identity = identity(site, "elastic-ip", &id, &described.tags);
    let fields = Address {
        id: page.fact(id),
        arn: page.fact(identity.arn.clone()),
        ip: page.read(|_| word(described.public_ip(), "PublicIp")),
        association: page.fact(described.association_id().map(str::to_owned)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}
