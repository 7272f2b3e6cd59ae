//! The account itself: its contacts, and the regions that are on.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Reply, Site, Turn, gather};
use crate::inventory::intake::Intake;
use crate::inventory::kinds::account::{Contacts, PrimaryContact, Regions};

/// One endpoint for each partition. <https://docs.aws.amazon.com/accounts/latest/reference/welcome.html>
const API: Api = Api::new("account", Protocol::RestJson).alone(&[
    ("aws", "account.us-east-1.amazonaws.com", "us-east-1"),
    (
        "aws-cn",
        "account.cn-northwest-1.amazonaws.com.cn",
        "cn-northwest-1",
    ),
    (
        "aws-us-gov",
        "account.us-gov-west-1.amazonaws.com",
        "us-gov-west-1",
    ),
]);

/// Reads the contacts and regions of the account.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (security, operations, billing, primary, ()) = futures::join!(
        contact(site, "SECURITY"),
        contact(site, "OPERATIONS"),
        contact(site, "BILLING"),
        primary(site),
        regions(site, intake),
    );
    let address =
        |reply: Reply<Answer>| reply.read_or(|| None, |a| Ok(Some(a.contact.email.clone())));
    let fields = Contacts {
        security_contact: address(security),
        operations_contact: address(operations),
        billing_contact: address(billing),
        primary_contact: primary.read_or(|| None, |p| Ok(Some(p.contact.given()))),
    };
    intake.facet(&site.account, &site.region, fields);
}

/// The account's own contact: no number is given, as the management account would have to give none either.
/// <https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html>
async fn contact(site: &Site, kind: &str) -> Reply<Answer> {
    let question = Question::post(
        "/getAlternateContact",
        json!({ "AlternateContactType": kind }),
    );
    let about = format!("contact={kind}");
    site.tell(&API, "GetAlternateContact", question, about)
        .await
}

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "AlternateContact")]
    contact: Contact,
}

#[derive(Debug, Deserialize)]
struct Contact {
    #[serde(rename = "EmailAddress")]
    email: String,
}

/// Whom the account belongs to. It has no number either.
/// <https://docs.aws.amazon.com/accounts/latest/reference/API_GetContactInformation.html>
async fn primary(site: &Site) -> Reply<Primary> {
    let question = Question::post("/getContactInformation", json!({}));
    site.tell(&API, "GetContactInformation", question, "").await
}

#[derive(Debug, Deserialize)]
struct Primary {
    #[serde(rename = "ContactInformation")]
    contact: Information,
}

/// Where people live and their telephone are not kept: of each only whether it was there.
/// <https://docs.aws.amazon.com/accounts/latest/reference/API_ContactInformation.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Information {
    full_name: String,
    /// Left out where the account belongs to a person.
    company_name: Option<String>,
    address_line1: String,
    phone_number: String,
}

impl Information {
    fn given(&self) -> PrimaryContact {
        let is = |member: &str| !member.trim().is_empty();
        PrimaryContact {
            name: is(&self.full_name),
            company: self.company_name.clone().filter(|name| is(name)),
            address: is(&self.address_line1),
            phone: is(&self.phone_number),
        }
    }
}

async fn regions(site: &Site, intake: &Intake) {
    let all = gather(
        async |token| {
            let question = Question::post("/listRegions", json!({ "NextToken": token }));
            site.tell::<Listed>(&API, "ListRegions", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.regions.clone()),
    )
    .await;
    let those = |wanted: &dyn Fn(&Region) -> bool| match &all {
        Err(gap) => Err(gap.clone()),
        Ok(told) => {
            let those = told.value.iter().filter(|region| wanted(region));
            told.fact(those.map(|region| region.name.clone()).collect())
        }
    };
    let fields = Regions {
        opted_in_regions: those(&|region| region.status == "ENABLED"),
        unread_regions: those(&|region| region.status != "DISABLED" && !site.reads(&region.name)),
    };
    intake.facet(&site.account, &site.region, fields);
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "Regions")]
    regions: Vec<Region>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/accounts/latest/reference/API_Region.html>
#[derive(Debug, Clone, Deserialize)]
struct Region {
    #[serde(rename = "RegionName")]
    name: String,
    #[serde(rename = "RegionOptStatus")]
    status: String,
}
