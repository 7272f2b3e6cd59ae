//! Rules that hide what Inspector finds.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::inspector2::Suppression;

/// Reads the suppression rules of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Suppression, Filters>(
        site,
        intake,
        async |token| {
            let input = json!({ "action": "SUPPRESS", "nextToken": token });
            let question = Question::post("/filters/list", input);
            site.tell(&API, "ListFilters", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for filter in &page.value.filters {
                let said = filter.reason.as_ref().or(filter.description.as_ref());
                let fields = Suppression {
                    name: page.fact(filter.name.clone()),
                    reason: page.fact(said.filter(|said| !said.trim().is_empty()).cloned()),
                    updated: page.fact(filter.updated.0),
                };
                let identity = Identity {
                    arn: filter.arn.clone(),
                    name: filter.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/inspector/v2/APIReference/API_Filter.html>
#[derive(Debug, Deserialize)]
struct Filters {
    filters: Vec<Filter>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Filter {
    arn: String,
    name: String,
    /// Both are left out where nobody gave one.
    reason: Option<String>,
    description: Option<String>,
    #[serde(rename = "updatedAt")]
    updated: Moment,
}
