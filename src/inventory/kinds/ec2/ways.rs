//! Ways into a network and out of it: VPNs, transit gateways, endpoint services, internet gateways; and the zones it is
//! laid out over.

use std::collections::BTreeMap;

use crate::{kind, record};

record! {
    /// One of the two tunnels of a VPN connection.
    pub struct VpnTunnel {
        /// Its address at AWS's end.
        address: String,
        /// Whether it is up.
        up: bool,
        /// Versions of the key exchange that it accepts: `ikev1`, `ikev2`.
        ike_versions: Vec<String>,
    }
}

kind! {
    /// A VPN connection between a site and AWS. Keys and the configuration of the site's end are taken out before
    /// anything is kept.
    "ec2.vpn_connection" as vpn: VpnConnection, listed by ["ec2:DescribeVpnConnections"] {
        /// `vpn-…`.
        id: String,
        /// `pending`, `available`, `deleting` or `deleted`.
        state: String,
        /// Its tunnels.
        tunnels: Vec<VpnTunnel>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// An endpoint that people dial into from their own machines.
    "ec2.client_vpn_endpoint" as endpoint: ClientVpnEndpoint, listed by ["ec2:DescribeClientVpnEndpoints"] {
        /// `cvpn-endpoint-…`.
        id: String,
        /// `pending-associate`, `available`, `deleting`, `deleted` or `pending`.
        state: String,
        /// How people prove who they are: `certificate-authentication`, `directory-service-authentication` or
        /// `federated-authentication`; all of them are demanded together.
        authentication: Vec<String>,
        /// Whether it logs who connects and when.
        logs_connections: bool,
        /// Whether only traffic to the network takes the tunnel, and the rest goes its own way.
        split_tunnel: bool,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A transit gateway: a router between VPCs, VPNs and other gateways.
    "ec2.transit_gateway" as gateway: TransitGateway, listed by ["ec2:DescribeTransitGateways"] {
        /// `tgw-…`.
        id: String,
        /// `pending`, `available`, `modifying`, `deleting` or `deleted`.
        state: String,
        /// Whether it belongs to another account, whose owner governs it, and is shared with this one.
        shared: bool,
        /// Whether it accepts every attachment that an account asks for with which it is shared.
        accepts_attachments: bool,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// What is attached to a transit gateway, where the gateway or the attached is this account's.
    "ec2.transit_gateway_attachment" as attachment: TransitAttachment,
    listed by ["ec2:DescribeTransitGatewayAttachments"] {
        /// `tgw-attach-…`.
        id: String,
        /// Id of the transit gateway.
        gateway: String,
        /// `available`, `pendingAcceptance`, `rejected`, `deleted`, …
        state: String,
        /// What is attached: `vpc`, `vpn`, `direct-connect-gateway`, `peering`, …
        resource_type: String,
        /// Accounts at its two ends other than this one, in order of number; empty: both are this account's.
        accounts: Vec<String>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A service that the account offers to other networks by PrivateLink.
    "ec2.endpoint_service" as service: EndpointService, listed by ["ec2:DescribeVpcEndpointServiceConfigurations"] {
        /// `vpce-svc-…`.
        id: String,
        /// `Pending`, `Available`, `Deleting`, `Deleted` or `Failed`.
        state: String,
        /// Whether somebody has to accept each endpoint before it gets through.
        acceptance_required: bool,
        /// ARNs of those who may make an endpoint; `*` for everyone; empty: this account's own principals alone.
        principals: Vec<String> => ["ec2:DescribeVpcEndpointServicePermissions"],
        /// Accounts among `principals` other than this one, in order of number; everyone (`*`) is none of them.
        accounts: Vec<String> => ["ec2:DescribeVpcEndpointServicePermissions"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// An internet gateway: without one a VPC neither reaches the internet nor is reached from there.
    "ec2.internet_gateway" as gateway: InternetGateway, listed by ["ec2:DescribeInternetGateways"] {
        /// `igw-…`.
        id: String,
        /// Whether it belongs to another account, whose owner governs it, and is shared with this one.
        shared: bool,
        /// Id of the VPC it is attached to, as a list; empty: it is attached to none.
        vpcs: Vec<String>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A zone of the region that the account can use: one that needs no opting in, or that it opted into.
    "ec2.availability_zone" as zone: Zone, listed by ["ec2:DescribeAvailabilityZones"] {
        /// Name, which means another place in another account: `us-east-1a`.
        name: String,
        /// Id, which means the same place in every account: `use1-az4`.
        id: String,
        /// `availability-zone`, `local-zone` or `wavelength-zone`.
        r#type: String,
    }
}
