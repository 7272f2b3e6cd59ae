//! VPCs, what is in them, and what records their traffic.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{kind, record};

kind! {
    /// A virtual private cloud.
    "ec2.vpc" as vpc: Vpc, listed by ["ec2:DescribeVpcs"] {
        /// `vpc-…`.
        id: String,
        /// Its first IPv4 range.
        cidr: String,
        /// Whether AWS made it, as the region's default.
        default: bool,
        /// Whether it belongs to another account, whose owner governs it, and is shared with this one.
        shared: bool,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A subnet.
    "ec2.subnet" as subnet: Subnet, listed by ["ec2:DescribeSubnets"] {
        /// `subnet-…`.
        id: String,
        /// VPC.
        vpc: String,
        /// Availability zone.
        zone: String,
        /// IPv4 range; none: it has IPv6 only.
        cidr: Option<String>,
        /// Whether instances get a public IPv4 address unless their launch says otherwise.
        assigns_public_ip: bool,
        /// IPv4 addresses that are still free.
        free_addresses: i64,
        /// IPv4 addresses that things can have in it: those of its range but the five that AWS keeps; 0: it has IPv6 only.
        addresses: i64,
        /// Whether it belongs to another account, whose owner governs it, and is shared with this one.
        shared: bool,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

record! {
    /// One route.
    pub struct Route {
        /// IPv4 or IPv6 range, or prefix list.
        destination: String,
        /// Where to: `igw-…`, `nat-…`, `pcx-…`, `tgw-…`, `eni-…`, `local`, …
        target: String,
        /// Whether the target exists; traffic of the others is dropped.
        active: bool,
    }
}

kind! {
    /// A route table.
    "ec2.route_table" as route_table: RouteTable, listed by ["ec2:DescribeRouteTables"] {
        /// `rtb-…`.
        id: String,
        /// VPC.
        vpc: String,
        /// Whether it serves the subnets that name no other table.
        main: bool,
        /// Ids of the subnets that name it.
        subnets: Vec<String>,
        /// Its routes.
        routes: Vec<Route>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A peering of two VPCs, at least one of which is this account's. One between two regions is listed in both.
    "ec2.vpc_peering" as peering: VpcPeering, listed by ["ec2:DescribeVpcPeeringConnections"] {
        /// `pcx-…`.
        id: String,
        /// `active`, `pending-acceptance`, `provisioning`, `rejected`, `expired`, `deleted`, …
        state: String,
        /// Id of the VPC that asked for it.
        requester: String,
        /// Id of the VPC that was asked.
        accepter: String,
        /// Accounts of the two VPCs other than this one, in order of number; empty: both are this account's.
        accounts: Vec<String>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A network interface: of an instance, a load balancer, a database, a function.
    "ec2.network_interface" as interface: Interface, listed by ["ec2:DescribeNetworkInterfaces"] {
        /// `eni-…`.
        id: String,
        /// `interface`, `nat_gateway`, `network_load_balancer`, `lambda`, …
        r#type: String,
        /// `available` (attached to nothing), `attaching`, `in-use`, `detaching` or `associated`.
        status: String,
        /// VPC.
        vpc: String,
        /// Subnet.
        subnet: String,
        /// Instance it is attached to; none: not to an instance.
        instance: Option<String>,
        /// Ids of its security groups.
        security_groups: Vec<String>,
        /// Public IPv4 address; none: it has none.
        public_ipv4: Option<String>,
        /// IPv6 addresses.
        ipv6: Vec<String>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A flow log: a record of the traffic of a VPC, a subnet or a network interface.
    "ec2.flow_log" as flow_log: FlowLog, listed by ["ec2:DescribeFlowLogs"] {
        /// `fl-…`.
        id: String,
        /// What it records: id of a VPC, subnet, network interface or transit gateway.
        resource: String,
        /// `ACTIVE`.
        status: String,
        /// How the last delivery went: `SUCCESS` or `FAILED`.
        delivery: String,
        /// What went wrong: `Rate limited`, `Access error`, `Unknown error`; none: nothing.
        delivery_error: Option<String>,
        /// Which traffic: `ALL`, `ACCEPT` or `REJECT`.
        traffic: String,
        /// `cloud-watch-logs`, `s3` or `kinesis-data-firehose`.
        destination_type: String,
        /// ARN of the log group, bucket or stream; none: AWS names the log group alone.
        destination: Option<String>,
        /// When it was created.
        created: Timestamp,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// An Elastic IP address.
    "ec2.address" as address: Address, listed by ["ec2:DescribeAddresses"] {
        /// `eipalloc-…`.
        id: String,
        /// ARN.
        arn: String,
        /// The IPv4 address.
        ip: String,
        /// Id of its association with an instance or interface; none: it is held and not used.
        association: Option<String>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}
