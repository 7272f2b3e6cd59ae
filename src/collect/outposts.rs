//! Outposts: AWS's racks and servers in the customer's own building.

use serde::Deserialize;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::outposts::Outpost;

/// <https://docs.aws.amazon.com/outposts/latest/APIReference/Welcome.html>
const API: Api = Api::new("outposts", Protocol::RestJson);

/// Reads the Outposts of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Outpost, Outposts>(
        site,
        intake,
        async |token| {
            let question = Question::get("/outposts").with("NextToken", token);
            site.tell(&API, "ListOutposts", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for outpost in &page.value.outposts {
                let fields = Outpost {
                    id: page.fact(outpost.outpost_id.clone()),
                    owner: page.fact(outpost.owner_id.clone()),
                    site: page.fact(outpost.site_id.clone()),
                    status: page.fact(outpost.life_cycle_status.clone()),
                };
                let identity = Identity {
                    arn: outpost.outpost_arn.clone(),
                    name: outpost.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outposts {
    outposts: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/outposts/latest/APIReference/API_Outpost.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    outpost_id: String,
    outpost_arn: String,
    owner_id: String,
    site_id: String,
    name: String,
    life_cycle_status: String,
}
