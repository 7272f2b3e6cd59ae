//! Transit gateways, and what is attached to them: ways between networks, also of other accounts.

use aws_sdk_ec2::operation::describe_transit_gateway_attachments::DescribeTransitGatewayAttachmentsOutput;
use aws_sdk_ec2::operation::describe_transit_gateways::DescribeTransitGatewaysOutput;
use aws_sdk_ec2::types::{
    AutoAcceptSharedAttachmentsValue, TransitGateway as DescribedGateway,
    TransitGatewayAttachment as DescribedAttachment,
};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{TransitAttachment, TransitGateway};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let gateways = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeTransitGateways",
                ec2.describe_transit_gateways()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.transit_gateways, "TransitGateways"),
        async |page, described| gateway(site, page, described),
    );
    let attachments = list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeTransitGatewayAttachments",
                ec2.describe_transit_gateway_attachments()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| {
            some(
                &page.transit_gateway_attachments,
                "TransitGatewayAttachments",
            )
        },
        async |page, described| attachment(site, page, described),
    );
    futures::join!(gateways, attachments);
}

fn gateway(
    site: &Site,
    page: &Told<DescribeTransitGatewaysOutput>,
    described: &DescribedGateway,
) -> Result<(Identity, TransitGateway), Missing> {
    let id = word(described.transit_gateway_id(), "TransitGatewayId")?;
    let identity = Identity {
        arn: word(described.transit_gateway_arn(), "TransitGatewayArn")?,
        ..identity(site, "transit-gateway", &id, &described.tags)
    };
    let fields = TransitGateway {
        id: page.fact(id),
        state: page.read(|_| word(described.state(), "State")),
        shared: page.read(|_| Ok(*need(described.owner_id(), "OwnerId")? != *site.account)),
        accepts_attachments: page.read(|_| {
            let options = need(described.options(), "Options")?;
            let accepts = need(
                options.auto_accept_shared_attachments(),
                "AutoAcceptSharedAttachments",
            )?;
            Ok(*accepts == AutoAcceptSharedAttachmentsValue::Enable)
        }),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

fn attachment(
    site: &Site,
    page: &Told<DescribeTransitGatewayAttachmentsOutput>,
    described: &DescribedAttachment,
) -> Result<(Identity, TransitAttachment), Missing> {
    let id = word(
        described.transit_gateway_attachment_id(),
        "TransitGatewayAttachmentId",
    )?;
    let identity = identity(site, "transit-gateway-attachment", &id, &described.tags);
    let fields = TransitAttachment {
        id: page.fact(id),
        gateway: page.read(|_| word(described.transit_gateway_id(), "TransitGatewayId")),
        state: page.read(|_| word(described.state(), "State")),
        resource_type: page.read(|_| word(described.resource_type(), "ResourceType")),
        accounts: page.read(|_| accounts(described, &site.account)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

fn accounts(described: &DescribedAttachment, own: &str) -> Result<Vec<String>, Missing> {
    let mut accounts = vec![
        word(
            described.transit_gateway_owner_id(),
            "TransitGatewayOwnerId",
        )?,
        word(described.resource_owner_id(), "ResourceOwnerId")?,
    ];
    accounts.retain(|account| account != own);
    accounts.sort();
    accounts.dedup();
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_account_is_told_whoever_owns_the_gateway() {
        let between = |gateway: &str, resource: &str| {
            let described = DescribedAttachment::builder()
                .transit_gateway_owner_id(gateway)
                .resource_owner_id(resource);
            accounts(&described.build(), "111122223333")
        };
        let other = Ok(vec!["444455556666".to_owned()]);
        assert_eq!(between("111122223333", "111122223333"), Ok(vec![]));
        assert_eq!(between("111122223333", "444455556666"), other);
        assert_eq!(between("444455556666", "111122223333"), other);
        assert_eq!(between("444455556666", "444455556666"), other);
        let half = DescribedAttachment::builder().resource_owner_id("111122223333");
        assert!(accounts(&half.build(), "111122223333").is_err());
    }
}
