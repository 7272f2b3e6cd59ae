//! Region switch, of the Application Recovery Controller: plans to leave a region, and when they were carried out.

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, list, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::arc_region_switch::{Execution, Plan};

/// <https://docs.aws.amazon.com/arc-region-switch/latest/api/Welcome.html>
const API: Api = Api::new(
    "arc-region-switch",
    Protocol::Json {
        version: "1.0",
        target: "ArcRegionSwitch",
    },
)
.dual_stack();

/// Reads the plans that one region shows, and the executions it knows of.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "nextToken": token }));
            site.tell::<Plans>(&API, "ListPlansInRegion", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<Plan>(account, region, &page.source);
            intake.listed::<Execution>(account, region, &page.source);
            for plan in page.value.plans.iter() {
                one_plan(site, intake, page, plan).await;
            }
            Ok(())
        },
    );
    // Executions hang on their plan: a listing of plans that failed hides both.
    if let Err(gap) = listing.await {
        intake.incomplete::<Plan>(account, region, gap.clone());
        intake.incomplete::<Execution>(account, region, gap);
    }
}

/// <https://docs.aws.amazon.com/arc-region-switch/latest/api/API_ListPlansInRegion.html>
#[derive(Debug, Deserialize)]
struct Plans {
    /// Empty where there are none; an answer without it is no answer.
    plans: Vec<Described>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Described {
    arn: String,
    name: String,
    regions: Vec<String>,
}

async fn one_plan(site: &Site, intake: &Intake, page: &Told<Plans>, plan: &Described) {
    let fields = Plan {
        name: page.fact(plan.name.clone()),
        regions: page.fact(plan.regions.clone()),
    };
    let identity = Identity {
        arn: plan.arn.clone(),
        name: plan.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
    let about = format!("plan={}", plan.name);
    list::<Execution, Executions>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "planArn": plan.arn, "nextToken": token }));
            site.tell(&API, "ListPlanExecutions", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for one in page.value.items.iter() {
                let fields = Execution {
                    id: page.fact(one.id.clone()),
                    plan_arn: page.fact(plan.arn.clone()),
                    state: page.fact(one.state.clone()),
                    started: page.fact(one.started.0),
                    ended: page.fact(one.ended.map(|moment| moment.0)),
                };
                // Executions have no ARN of their own.
                let identity = Identity {
                    arn: format!("{}/execution/{}", plan.arn, one.id),
                    name: format!("{} {}", plan.name, one.id),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/arc-region-switch/latest/api/API_ListPlanExecutions.html>
#[derive(Debug, Deserialize)]
struct Executions {
    /// Empty where there are none; an answer without it is no answer.
    items: Vec<Run>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Run {
    #[serde(rename = "executionId")]
    id: String,
    #[serde(rename = "executionState")]
    state: String,
    #[serde(rename = "startTime")]
    started: Moment,
    /// Left out while it runs.
    #[serde(rename = "endTime")]
    ended: Option<Moment>,
}
