//! Peerings of VPCs: ways into other accounts' networks, and out of them.

use aws_sdk_ec2::operation::describe_vpc_peering_connections::DescribeVpcPeeringConnectionsOutput;
use aws_sdk_ec2::types::{VpcPeeringConnection as Described, VpcPeeringConnectionVpcInfo as End};

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::VpcPeering;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeVpcPeeringConnections",
                ec2.describe_vpc_peering_connections()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.vpc_peering_connections, "VpcPeeringConnections"),
        async |page, described| peering(site, page, described),
    )
    .await;
}

fn peering(
    site: &Site,
    page: &Told<DescribeVpcPeeringConnectionsOutput>,
    described: &Described,
) -> Result<(Identity, VpcPeering), Missing> {
    let id = word(
        described.vpc_peering_connection_id(),
        "VpcPeeringConnectionId",
    )?;
    let identity = identity(site, "vpc-peering-connection", &id, &described.tags);
    let vpc = |end: Option<&End>, member| word(need(end, member)?.vpc_id(), "VpcId");
    let fields = VpcPeering {
        id: page.fact(id),
        state: page.read(|_| word(need(described.status(), "Status")?.code(), "Status.Code")),
        requester: page.read(|_| vpc(described.requester_vpc_info(), "RequesterVpcInfo")),
        accepter: page.read(|_| vpc(described.accepter_vpc_info(), "AccepterVpcInfo")),
        accounts: page.read(|_| accounts(described, &site.account)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

fn accounts(described: &Described, own: &str) -> Result<Vec<String>, Missing> {
    let owner = |end: Option<&End>, member| word(need(end, member)?.owner_id(), "OwnerId");
    let mut accounts = vec![
        owner(described.requester_vpc_info(), "RequesterVpcInfo")?,
        owner(described.accepter_vpc_info(), "AccepterVpcInfo")?,
    ];
    accounts.retain(|account| account != own);
    accounts.sort();
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(requester: &str, accepter: &str) -> Described {
        Described::builder()
            .requester_vpc_info(End::builder().owner_id(requester).build())
            .accepter_vpc_info(End::builder().owner_id(accepter).build())
            .build()
    }

    #[test]
    fn the_other_account_is_told_whoever_asked() {
        let own = "111122223333";
        assert_eq!(accounts(&between(own, own), own), Ok(vec![]));
        let other = Ok(vec!["444455556666".to_owned()]);
        assert_eq!(accounts(&between(own, "444455556666"), own), other);
        assert_eq!(accounts(&between("444455556666", own), own), other);
    }

    #[test]
    fn an_end_without_an_owner_is_malformed() {
        let half = Described::builder()
            .requester_vpc_info(End::builder().owner_id("111122223333").build())
            .build();
        assert!(accounts(&half, "111122223333").is_err());
    }
}
