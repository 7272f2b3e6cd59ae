//! AWS Security Incident Response: the membership, and the cases.

use std::cell::Cell;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, list, missing, pages};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::security_ir::{Case, Membership};

/// <https://docs.aws.amazon.com/security-ir/latest/APIReference/Welcome.html>
const API: Api = Api::new("security-ir", Protocol::RestJson);

/// Reads the membership of one region, and its cases. Without a membership there are none, and the service refuses to
/// list them. <https://docs.aws.amazon.com/security-ir/latest/APIReference/API_ListCases.html>
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let found = Cell::new(false);
    let listing = pages(
        async |token| {
            let question = Question::post("/v1/memberships", json!({ "nextToken": token }));
            site.tell::<Memberships>(&API, "ListMemberships", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Membership>(account, region, &page.source);
            intake.listed::<Case>(account, region, &page.source);
            for one in page.value.items.iter() {
                found.set(true);
                let fields = Membership {
                    id: page.fact(one.id.clone()),
                    status: page.fact(one.status.clone()),
                };
                let partition = &site.partition;
                let identity = Identity {
                    arn: one.arn.clone().unwrap_or_else(|| {
                        let id = &one.id;
                        format!("arn:{partition}:security-ir:{region}:{account}:membership/{id}")
                    }),
                    name: one.id.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    );
    let cut = listing.await;
    // One is enough to ask by, also where the listing broke off after it.
    if found.get() {
        cases(site, intake).await;
    }
    if let Err(gap) = cut {
        intake.incomplete::<Membership>(account, region, gap.clone());
        intake.incomplete::<Case>(account, region, gap);
    }
}

/// <https://docs.aws.amazon.com/security-ir/latest/APIReference/API_ListMemberships.html>
#[derive(Debug, Deserialize)]
struct Memberships {
    /// Empty where there are none; an answer without it is no answer.
    items: Vec<Joined>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Joined {
    #[serde(rename = "membershipId")]
    id: String,
    #[serde(rename = "membershipArn")]
    arn: Option<String>,
    #[serde(rename = "membershipStatus")]
    status: Option<String>,
}

async fn cases(site: &Site, intake: &Intake) {
    list::<Case, Cases>(
        site,
        intake,
        async |token| {
            let question = Question::post("/v1/list-cases", json!({ "nextToken": token }));
            site.tell(&API, "ListCases", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for one in page.value.items.iter() {
                let fields = Case {
                    id: page.fact(one.id.clone()),
                    title: page.fact(one.title.clone()),
                    status: page.read(|_| one.status.clone().ok_or(missing("caseStatus"))),
                    worked_on_by: page.fact(one.resolver.clone()),
                    opened: page.read(|_| Ok(one.opened.as_ref().ok_or(missing("createdDate"))?.0)),
                    closed: page.fact(one.closed.map(|moment| moment.0)),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let identity = Identity {
                    arn: one.arn.clone().unwrap_or_else(|| {
                        let id = &one.id;
                        format!("arn:{partition}:security-ir:{region}:{account}:case/{id}")
                    }),
                    name: one.title.clone().unwrap_or_else(|| one.id.clone()),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/security-ir/latest/APIReference/API_ListCasesItem.html>
#[derive(Debug, Deserialize)]
struct Cases {
    /// Empty where there are none; an answer without it is no answer.
    items: Vec<Summary>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "caseId")]
    id: String,
    #[serde(rename = "caseArn")]
    arn: Option<String>,
    title: Option<String>,
    #[serde(rename = "caseStatus")]
    status: Option<String>,
    #[serde(rename = "resolverType")]
    resolver: Option<String>,
    #[serde(rename = "createdDate")]
    opened: Option<Moment>,
    #[serde(rename = "closedDate")]
    closed: Option<Moment>,
}
