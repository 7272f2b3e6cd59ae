//! Resource Explorer: the regions whose resources it knows.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::resource_explorer_2::Index;

/// <https://docs.aws.amazon.com/resource-explorer/latest/apireference/Welcome.html>
const API: Api = Api::new("resource-explorer-2", Protocol::RestJson);

/// Reads the indexes of all regions, which any of them lists.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Index, Indexes>(
        site,
        intake,
        async |token| {
            let input = json!({ "MaxResults": 100, "NextToken": token });
            let question = Question::post("/ListIndexes", input);
            site.tell(&API, "ListIndexes", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for index in &page.value.indexes {
                let fields = Index {
                    region: page.fact(index.region.clone()),
                    aggregates: page.fact(index.kind == "AGGREGATOR"),
                };
                let identity = Identity {
                    arn: index.arn.clone(),
                    name: index.region.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/resource-explorer/latest/apireference/API_ListIndexes.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Indexes {
    indexes: Vec<Listed>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    arn: String,
    region: String,
    #[serde(rename = "Type")]
    kind: String,
}
