//! Incident Manager: response plans, whom it can call, and the incidents of the last year.

mod contacts;

use std::cell::Cell;

use serde::Deserialize;
use serde_json::json;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, each, list, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ssm_incidents::{Contact, Incident, ResponsePlan};

/// <https://docs.aws.amazon.com/incident-manager/latest/APIReference/Welcome.html>
const API: Api = Api::new("ssm-incidents", Protocol::RestJson);

/// How far back incidents are asked for: an audit period, in seconds.
const WINDOW: i64 = 365 * 24 * 60 * 60;

/// Reads the plans and incidents of one region. Without a replication set there are none, and the other operations
/// refuse to answer. <https://docs.aws.amazon.com/incident-manager/latest/userguide/getting-started.html>
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let found = Cell::new(false);
    let sets = pages(
        async |token| {
            let question = Question::post("/listReplicationSets", json!({ "nextToken": token }));
            site.tell::<Sets>(&API, "ListReplicationSets", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<ResponsePlan>(account, region, &page.source);
            intake.listed::<Incident>(account, region, &page.source);
            intake.listed::<Contact>(account, region, &page.source);
            found.set(found.get() || !page.value.arns.is_empty());
            Ok(())
        },
    );
    let cut = sets.await;
    // One set is enough to ask by, also where the listing broke off after it.
    if found.get() {
        futures::join!(
            plans(site, intake),
            incidents(site, intake),
            contacts::collect(site, intake),
        );
    }
    if let Err(gap) = cut {
        intake.incomplete::<ResponsePlan>(account, region, gap.clone());
        intake.incomplete::<Incident>(account, region, gap.clone());
        intake.incomplete::<Contact>(account, region, gap);
    }
}

#[derive(Debug, Deserialize)]
struct Sets {
    #[serde(rename = "replicationSetArns")]
    arns: Vec<String>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

async fn plans(site: &Site, intake: &Intake) {
    list::<ResponsePlan, Plans>(
        site,
        intake,
        async |token| {
            let question = Question::post("/listResponsePlans", json!({ "nextToken": token }));
            site.tell(&API, "ListResponsePlans", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.plans, async |plan| {
                one_plan(site, intake, page, plan).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Plans {
    #[serde(rename = "responsePlanSummaries")]
    plans: Vec<Plan>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Plan {
    arn: String,
    name: String,
}

async fn one_plan(site: &Site, intake: &Intake, page: &Told<Plans>, plan: &Plan) {
    let question = Question::get("/getResponsePlan").with("arn", Some(&plan.arn));
    let about = format!("plan={}", plan.name);
    let described = site
        .tell::<Described>(&API, "GetResponsePlan", question, about)
        .await;
    let fields = ResponsePlan {
        name: page.fact(plan.name.clone()),
        engages: described.read(|d| Ok(d.engagements.clone())),
    };
    let identity = Identity {
        arn: plan.arn.clone(),
        name: plan.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// <https://docs.aws.amazon.com/incident-manager/latest/APIReference/API_GetResponsePlan.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "arn")]
    _arn: String,
    /// Left out where nobody is called.
    #[serde(default)]
    engagements: Vec<String>,
}

async fn incidents(site: &Site, intake: &Intake) {
    let since = site.now().as_second() - WINDOW;
    list::<Incident, Records>(
        site,
        intake,
        async |token| {
            let input = json!({
                "filters": [{ "key": "creationTime", "condition": { "after": since } }],
                "nextToken": token,
            });
            let question = Question::post("/listIncidentRecords", input);
            site.tell(&API, "ListIncidentRecords", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for record in &page.value.records {
                let fields = Incident {
                    title: page.fact(record.title.clone()),
                    resolved: page.fact(record.status == "RESOLVED"),
                    impact: page.fact(record.impact),
                    opened: page.fact(record.opened.0),
                    closed: page.fact(record.closed.map(|moment| moment.0)),
                };
                let identity = Identity {
                    arn: record.arn.clone(),
                    name: record.title.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/incident-manager/latest/APIReference/API_IncidentRecordSummary.html>
#[derive(Debug, Deserialize)]
struct Records {
    #[serde(rename = "incidentRecordSummaries")]
    records: Vec<Record>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Record {
    arn: String,
    title: String,
    status: String,
    impact: i64,
    #[serde(rename = "creationTime")]
    opened: Moment,
    /// Left out while it is open.
    #[serde(rename = "resolvedTime")]
    closed: Option<Moment>,
}
