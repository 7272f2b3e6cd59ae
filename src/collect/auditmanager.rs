//! Audit Manager: assessments, and when a report of each was last made.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, gather, list};
use crate::inventory::Read;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::auditmanager::Assessment;

/// <https://docs.aws.amazon.com/audit-manager/latest/APIReference/Welcome.html>
const API: Api = Api::new("auditmanager", Protocol::RestJson);

/// Reads the assessments of one region. Where the account has not set it up there are none, and the other operations
/// refuse to answer. <https://docs.aws.amazon.com/audit-manager/latest/APIReference/API_GetAccountStatus.html>
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let question = Question::get("/account/status");
    let status = site
        .tell::<Status>(&API, "GetAccountStatus", question, "")
        .await;
    match status.told() {
        Err(gap) => intake.incomplete::<Assessment>(account, region, gap),
        Ok(told) => {
            intake.listed::<Assessment>(account, region, &told.source);
            if told.value.status == "ACTIVE" {
                assessments(site, intake).await;
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct Status {
    status: String,
}

async fn assessments(site: &Site, intake: &Intake) {
    let reports = tokio::sync::OnceCell::new();
    list::<Assessment, Assessments>(
        site,
        intake,
        async |token| {
            let question = Question::get("/assessments").with("nextToken", token);
            site.tell(&API, "ListAssessments", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            if page.value.all.is_empty() {
                return Ok(());
            }
            let reports = reports.get_or_init(|| last_reports(site)).await;
            for one in &page.value.all {
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let fields = Assessment {
                    name: page.fact(one.name.clone()),
                    standard: page.fact(one.standard.clone()),
                    active: page.fact(one.status == "ACTIVE"),
                    reported: reports
                        .as_ref()
                        .map_err(Clone::clone)
                        .and_then(|all| all.fact(all.value.get(&one.id).copied())),
                };
                let identity = Identity {
                    arn: format!(
                        "arn:{partition}:auditmanager:{region}:{account}:assessment/{}",
                        one.id
                    ),
                    name: one.name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/audit-manager/latest/APIReference/API_AssessmentMetadataItem.html>
#[derive(Debug, Deserialize)]
struct Assessments {
    #[serde(rename = "assessmentMetadata")]
    all: Vec<Metadata>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Metadata {
    id: String,
    name: String,
    /// Left out where the framework is of the customer's own making and says nothing.
    #[serde(rename = "complianceType")]
    standard: Option<String>,
    status: String,
}

/// When the last report of each assessment was made, by its id. One listing for all.
async fn last_reports(site: &Site) -> Read<BTreeMap<String, Timestamp>> {
    let all = gather(
        async |token| {
            let question = Question::get("/assessmentReports").with("nextToken", token);
            site.tell::<Reports>(&API, "ListAssessmentReports", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            let made = page.reports.iter().filter(|one| one.status == "COMPLETE");
            Ok(made
                .map(|one| (one.assessment.clone(), one.created.0))
                .collect())
        },
    )
    .await?;
    Ok(all.map(|all| {
        let mut last: BTreeMap<String, Timestamp> = BTreeMap::new();
        for (assessment, created) in all {
            let newest = last.entry(assessment).or_insert(created);
            *newest = created.max(*newest);
        }
        last
    }))
}

/// <https://docs.aws.amazon.com/audit-manager/latest/APIReference/API_AssessmentReportMetadata.html>
#[derive(Debug, Deserialize)]
struct Reports {
    #[serde(rename = "assessmentReports")]
    reports: Vec<Report>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Report {
    #[serde(rename = "assessmentId")]
    assessment: String,
    status: String,
    #[serde(rename = "creationTime")]
    created: Moment,
}
