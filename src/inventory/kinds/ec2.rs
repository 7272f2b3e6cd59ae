//! What EC2 tells: instances, their storage, the network around them, and the defaults of each region.

mod compute;
mod firewall;
mod network;
mod region;
mod storage;
mod ways;

pub use compute::{Image, ImageDevice, Instance, LaunchTemplate, Metadata};
pub use firewall::{AclEntry, NetworkAcl, SecurityGroup, SecurityRule};
pub use network::{Address, FlowLog, Interface, Route, RouteTable, Subnet, Vpc, VpcPeering};
pub use region::{EbsDefaults, ImageDefaults, InstanceDefaults, SerialConsole, SnapshotDefaults};
pub use storage::{Attachment, ExportTask, Snapshot, Volume};
pub use ways::{
    ClientVpnEndpoint, EndpointService, InternetGateway, TransitAttachment, TransitGateway,
    VpnConnection, VpnTunnel, Zone,
};

use crate::inventory::schema::{Fields, Kind};

/// The kinds of EC2 and its facets of a region.
pub fn kinds() -> Vec<Kind> {
    vec![
        EbsDefaults::kind(),
        SnapshotDefaults::kind(),
        ImageDefaults::kind(),
        InstanceDefaults::kind(),
        SerialConsole::kind(),
        Instance::kind(),
        Image::kind(),
        Volume::kind(),
        Snapshot::kind(),
        ExportTask::kind(),
        SecurityGroup::kind(),
        NetworkAcl::kind(),
        Vpc::kind(),
        Subnet::kind(),
        RouteTable::kind(),
        VpcPeering::kind(),
        Interface::kind(),
        FlowLog::kind(),
        Address::kind(),
        LaunchTemplate::kind(),
        VpnConnection::kind(),
        ClientVpnEndpoint::kind(),
        TransitGateway::kind(),
        TransitAttachment::kind(),
        EndpointService::kind(),
        InternetGateway::kind(),
        Zone::kind(),
    ]
}
