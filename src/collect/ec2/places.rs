//! Where things can be and how they reach the internet: zones, and internet gateways.

use aws_sdk_ec2::operation::describe_availability_zones::DescribeAvailabilityZonesOutput;
use aws_sdk_ec2::operation::describe_internet_gateways::DescribeInternetGatewaysOutput;
use aws_sdk_ec2::types::{AvailabilityZone as DescribedZone, InternetGateway as DescribedGateway};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{InternetGateway, Zone};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let zones = list(
        site,
        intake,
        // Answers everything at once.
        async |_| {
            ask!(
                site,
                "ec2:DescribeAvailabilityZones",
                ec2.describe_availability_zones()
            )
        },
        |_| None,
        |page| some(&page.availability_zones, "AvailabilityZones"),
        async |page, described| zone(site, page, described),
    );
    let gateways = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeInternetGateways",
                ec2.describe_internet_gateways()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.internet_gateways, "InternetGateways"),
        async |page, described| gateway(site, page, described),
    );
    futures::join!(zones, gateways);
}

fn zone(
    site: &Site,
    page: &Told<DescribeAvailabilityZonesOutput>,
    described: &DescribedZone,
) -> Result<(Identity, Zone), Missing> {
    let name = word(described.zone_name(), "ZoneName")?;
    // AWS has no ARN for a zone; ours follows the form of the others.
    let identity = identity(site, "availability-zone", &name, &None);
    let fields = Zone {
        name: page.fact(name),
        id: page.read(|_| word(described.zone_id(), "ZoneId")),
        r#type: page.read(|_| word(described.zone_type(), "ZoneType")),
    };
    Ok((identity, fields))
}

fn gateway(
    site: &Site,
    page: &Told<DescribeInternetGatewaysOutput>,
    described: &DescribedGateway,
) -> Result<(Identity, InternetGateway), Missing> {
    let id = word(described.internet_gateway_id(), "InternetGatewayId")?;
    let identity = identity(site, "internet-gateway", &id, &described.tags);
    let fields = InternetGateway {
        id: page.fact(id),
        shared: page.read(|_| Ok(*need(described.owner_id(), "OwnerId")? != *site.account)),
        vpcs: page.read(|_| {
            some(&described.attachments, "Attachments")?
                .iter()
                .map(|attachment| word(attachment.vpc_id(), "Attachments.VpcId"))
                .collect()
        }),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}
