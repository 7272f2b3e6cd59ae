//! Endpoint services: what the account offers to the networks of others, and to whom.

use std::sync::Arc;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::operation::describe_vpc_endpoint_service_configurations::DescribeVpcEndpointServiceConfigurationsOutput;
use aws_sdk_ec2::types::ServiceConfiguration as Described;

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, Turn, gather};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::EndpointService;
use crate::inventory::kinds::statement::account_of;
use crate::inventory::{Gap, Read, Told};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeVpcEndpointServiceConfigurations",
                ec2.describe_vpc_endpoint_service_configurations()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.service_configurations, "ServiceConfigurations"),
        async |page, described| service(site, &ec2, page, described).await,
    )
    .await;
}

async fn service(
    site: &Site,
    ec2: &Client,
    page: &Told<DescribeVpcEndpointServiceConfigurationsOutput>,
    described: &Described,
) -> Result<(Identity, EndpointService), Missing> {
    let id = word(described.service_id(), "ServiceId")?;
    let identity = identity(site, "vpc-endpoint-service", &id, &described.tags);
    let principals = principals(site, ec2, &id).await;
    let fields = EndpointService {
        id: page.fact(id),
        state: page.read(|_| word(described.service_state(), "ServiceState")),
        acceptance_required: page
            .read(|_| need(described.acceptance_required(), "AcceptanceRequired")),
        accounts: accounts(&principals, &site.account),
        principals,
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

async fn principals(site: &Site, ec2: &Client, service: &str) -> Read<Vec<String>> {
    gather(
        async |token| {
            ask!(
                site,
                "ec2:DescribeVpcEndpointServicePermissions",
                ec2.describe_vpc_endpoint_service_permissions()
                    .service_id(service)
                    .max_results(PAGE)
                    .set_next_token(token),
                format!("service={service}")
            )
        },
        |page| Turn::to(page.next_token()),
        |page| {
            some(&page.allowed_principals, "AllowedPrincipals")?
                .iter()
                .map(|allowed| word(allowed.principal(), "Principal"))
                .collect()
        },
    )
    .await
}

fn accounts(principals: &Read<Vec<String>>, own: &str) -> Read<Vec<String>> {
    let told = principals.as_ref().map_err(Arc::<Gap>::clone)?;
    let mut accounts: Vec<String> = told
        .value
        .iter()
        .filter_map(|principal| account_of(principal))
        .filter(|account| *account != own)
        .map(str::to_owned)
        .collect();
    accounts.sort();
    accounts.dedup();
    told.fact(accounts)
}
