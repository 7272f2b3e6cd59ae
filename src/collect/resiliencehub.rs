//! Resilience Hub: applications, and what their last assessment found.

use serde::Deserialize;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::resiliencehub::App;

/// <https://docs.aws.amazon.com/resilience-hub/latest/APIReference/Welcome.html>
const API: Api = Api::new("resiliencehub", Protocol::RestJson);

/// Reads the applications of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<App, Apps>(
        site,
        intake,
        async |token| {
            let question = Question::get("/list-apps").with("nextToken", token);
            site.tell(&API, "ListApps", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for app in &page.value.apps {
                let fields = App {
                    name: page.fact(app.name.clone()),
                    assessment: page.fact(app.assessment.clone()),
                    assessed: page.fact(app.assessed.map(|moment| moment.0)),
                };
                let identity = Identity {
                    arn: app.arn.clone(),
                    name: app.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/resilience-hub/latest/APIReference/API_AppSummary.html>
#[derive(Debug, Deserialize)]
struct Apps {
    #[serde(rename = "appSummaries")]
    apps: Vec<Summary>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "appArn")]
    arn: String,
    name: String,
    /// Left out where nothing is known yet.
    #[serde(rename = "complianceStatus")]
    assessment: Option<String>,
    /// Left out before the first assessment.
    #[serde(rename = "lastAppComplianceEvaluationTime")]
    assessed: Option<Moment>,
}
