//! The ends of encrypted ways into the network: VPN connections of whole sites, and endpoints that people dial into.

use aws_sdk_ec2::operation::describe_client_vpn_endpoints::DescribeClientVpnEndpointsOutput;
use aws_sdk_ec2::operation::describe_vpn_connections::DescribeVpnConnectionsOutput;
use aws_sdk_ec2::types::{
    ClientVpnEndpoint as DescribedEndpoint, TelemetryStatus, TunnelOption,
    VpnConnection as Described,
};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{ClientVpnEndpoint, VpnConnection, VpnTunnel};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let connections = list(
        site,
        intake,
        // Answers everything at once.
        async |_| {
            ask!(
                site,
                "ec2:DescribeVpnConnections",
                ec2.describe_vpn_connections()
            )
        },
        |_| None,
        |page| some(&page.vpn_connections, "VpnConnections"),
        async |page, described| connection(site, page, described),
    );
    let endpoints = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeClientVpnEndpoints",
                ec2.describe_client_vpn_endpoints()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.client_vpn_endpoints, "ClientVpnEndpoints"),
        async |page, described| endpoint(site, page, described),
    );
    futures::join!(connections, endpoints);
}

fn connection(
    site: &Site,
    page: &Told<DescribeVpnConnectionsOutput>,
    described: &Described,
) -> Result<(Identity, VpnConnection), Missing> {
    let id = word(described.vpn_connection_id(), "VpnConnectionId")?;
    let identity = identity(site, "vpn-connection", &id, &described.tags);
    let fields = VpnConnection {
        id: page.fact(id),
        state: page.read(|_| word(described.state(), "State")),
        tunnels: page.read(|_| tunnels(described)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

/// What is agreed for a tunnel and how it does stand apart in the answer. They share the address.
fn tunnels(described: &Described) -> Result<Vec<VpnTunnel>, Missing> {
    let agreed = need(described.options(), "Options")?.tunnel_options();
    some(&described.vgw_telemetry, "VgwTelemetry")?
        .iter()
        .map(|state| {
            let address = word(state.outside_ip_address(), "VgwTelemetry.OutsideIpAddress")?;
            let agreed = agreed
                .iter()
                .find(|tunnel| tunnel.outside_ip_address() == Some(&address))
                .ok_or_else(|| missing("the options of a tunnel"))?;
            Ok(VpnTunnel {
                up: *need(state.status(), "VgwTelemetry.Status")? == TelemetryStatus::Up,
                ike_versions: ike_versions(agreed)?,
                address,
            })
        })
        .collect()
}

/// Left out where nobody chose, and then both are accepted.
/// <https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html>
fn ike_versions(tunnel: &TunnelOption) -> Result<Vec<String>, Missing> {
    let chosen = tunnel.ike_versions();
    if chosen.is_empty() {
        return Ok(vec!["ikev1".to_owned(), "ikev2".to_owned()]);
    }
    chosen
        .iter()
        .map(|version| word(version.value(), "IkeVersions.Value"))
        .collect()
}

fn endpoint(
    site: &Site,
    page: &Told<DescribeClientVpnEndpointsOutput>,
    described: &DescribedEndpoint,
) -> Result<(Identity, ClientVpnEndpoint), Missing> {
    let id = word(described.client_vpn_endpoint_id(), "ClientVpnEndpointId")?;
    let identity = identity(site, "client-vpn-endpoint", &id, &described.tags);
    let fields = ClientVpnEndpoint {
        id: page.fact(id),
        state: page.read(|_| word(need(described.status(), "Status")?.code(), "Status.Code")),
        authentication: page.read(|_| {
            some(&described.authentication_options, "AuthenticationOptions")?
                .iter()
                .map(|way| word(way.r#type(), "AuthenticationOptions.Type"))
                .collect()
        }),
        logs_connections: page.read(|_| {
            let options = need(described.connection_log_options(), "ConnectionLogOptions")?;
            need(options.enabled(), "ConnectionLogOptions.Enabled")
        }),
        split_tunnel: page.read(|_| need(described.split_tunnel(), "SplitTunnel")),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{IkeVersionsListValue, VgwTelemetry, VpnConnectionOptions};

    use super::*;

    fn with(options: Vec<TunnelOption>) -> Described {
        let telemetry = VgwTelemetry::builder()
            .outside_ip_address("198.51.100.1")
            .status(TelemetryStatus::Down);
        let options = VpnConnectionOptions::builder().set_tunnel_options(Some(options));
        Described::builder()
            .vgw_telemetry(telemetry.build())
            .options(options.build())
            .build()
    }

    #[test]
    fn a_tunnel_has_its_state_and_its_options_by_its_address() {
        let other = TunnelOption::builder().outside_ip_address("198.51.100.2");
        let two = IkeVersionsListValue::builder().value("ikev2").build();
        let own = TunnelOption::builder()
            .outside_ip_address("198.51.100.1")
            .ike_versions(two);
        let read = tunnels(&with(vec![other.build(), own.build()])).unwrap();
        assert_eq!(read.len(), 1);
        assert!(!read[0].up);
        assert_eq!(read[0].ike_versions, ["ikev2"]);
    }

    #[test]
    fn a_tunnel_for_which_nobody_chose_accepts_both_versions() {
        let own = TunnelOption::builder().outside_ip_address("198.51.100.1");
        let read = tunnels(&with(vec![own.build()])).unwrap();
        assert_eq!(read[0].ike_versions, ["ikev1", "ikev2"]);
    }

    #[test]
    fn a_tunnel_without_options_is_malformed() {
        assert!(tunnels(&with(vec![])).is_err());
    }
}
