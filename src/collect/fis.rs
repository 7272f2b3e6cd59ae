//! Fault Injection Service: the experiments that were run.

use serde::Deserialize;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::fis::Experiment;

/// <https://docs.aws.amazon.com/fis/latest/APIReference/Welcome.html>
const API: Api = Api::new("fis", Protocol::RestJson);

/// Reads the experiments of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Experiment, Experiments>(
        site,
        intake,
        async |token| {
            let question = Question::get("/experiments").with("nextToken", token);
            site.tell(&API, "ListExperiments", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for one in &page.value.experiments {
                let fields = Experiment {
                    id: page.fact(one.id.clone()),
                    status: page.fact(one.state.status.clone()),
                    created: page.fact(one.created.0),
                };
                let identity = Identity {
                    arn: one.arn.clone(),
                    name: one.id.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/fis/latest/APIReference/API_ExperimentSummary.html>
#[derive(Debug, Deserialize)]
struct Experiments {
    experiments: Vec<Summary>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    id: String,
    arn: String,
    state: State,
    #[serde(rename = "creationTime")]
    created: Moment,
}

#[derive(Debug, Deserialize)]
struct State {
    status: String,
}
