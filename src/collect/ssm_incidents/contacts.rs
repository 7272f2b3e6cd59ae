//! Whom Incident Manager can call: people, escalation plans and rotas. They are a service of their own, which answers only
//! where Incident Manager was set up.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ssm_incidents::Contact;

/// <https://docs.aws.amazon.com/incident-manager/latest/APIReference/API_Operations_AWS_Systems_Manager_Incident_Manager_Contacts.html>
const API: Api = Api::new(
    "ssm-contacts",
    Protocol::Json {
        version: "1.1",
        target: "SSMContacts",
    },
);

/// Reads the contacts of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Contact, Contacts>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListContacts", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for one in page.value.contacts.iter() {
                let fields = Contact {
                    name: page.fact(one.alias.clone()),
                    r#type: page.fact(one.kind.clone()),
                };
                let identity = Identity {
                    arn: one.arn.clone(),
                    name: one.alias.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/incident-manager/latest/APIReference/API_SSMContacts_Contact.html>
#[derive(Debug, Deserialize)]
struct Contacts {
    /// Empty where there are none; an answer without it is no answer.
    #[serde(rename = "Contacts")]
    contacts: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "ContactArn")]
    arn: String,
    #[serde(rename = "Alias")]
    alias: String,
    #[serde(rename = "Type")]
    kind: String,
}
