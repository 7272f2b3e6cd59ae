//! Rules that archive what Macie finds as it comes.

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, each, pages, part};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::macie2::Suppression;

/// Reads the filters of one region. Their list says which of them archive, and not why.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let listing = pages(
        async |token| {
            let question = Question::get("/findingsfilters").with("nextToken", token);
            site.tell::<Filters>(&API, "ListFindingsFilters", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<Suppression>(&site.account, &site.region, &page.source);
            let filters = &page.value.findings_filter_list_items;
            let archiving = filters.iter().filter(|filter| filter.action == "ARCHIVE");
            each(archiving, async |filter| {
                let question = Question::get(format!("/findingsfilters/{}", part(&filter.id)));
                let about = format!("filter={}", filter.name);
                let detail = site
                    .tell::<Detail>(&API, "GetFindingsFilter", question, about)
                    .await;
                let fields = Suppression {
                    name: page.fact(filter.name.clone()),
                    description: detail.read(|detail| Ok(detail.said())),
                };
                let identity = Identity {
                    arn: filter.arn.clone(),
                    name: filter.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Suppression>(&site.account, &site.region, gap);
    }
}

/// <https://docs.aws.amazon.com/macie/latest/APIReference/findingsfilters.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Filters {
    findings_filter_list_items: Vec<Filter>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Filter {
    arn: String,
    id: String,
    name: String,
    action: String,
}

/// <https://docs.aws.amazon.com/macie/latest/APIReference/findingsfilters-id.html>
#[derive(Debug, Deserialize)]
struct Detail {
    /// Always there: an answer without it is none.
    #[serde(rename = "arn")]
    _arn: String,
    /// Left out, or empty, where nobody wrote one.
    description: Option<String>,
}

impl Detail {
    fn said(&self) -> Option<String> {
        let said = self.description.as_ref();
        said.filter(|said| !said.trim().is_empty()).cloned()
    }
}
