//! Artifact: AWS's own audit reports as listed, and the agreements that are in force. No report is opened.

use serde::Deserialize;

use crate::aws::{Api, Moment, Protocol, Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::artifact::{Agreement, Report};

/// <https://docs.aws.amazon.com/artifact/latest/APIReference/Welcome.html>
const API: Api = Api::new("artifact", Protocol::RestJson).alone(&[
    ("aws", "artifact.us-east-1.amazonaws.com", "us-east-1"),
    (
        "aws-us-gov",
        "artifact.us-gov-west-1.amazonaws.com",
        "us-gov-west-1",
    ),
]);

/// Reads the list of reports, and of agreements.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(reports(site, intake), agreements(site, intake));
}

async fn reports(site: &Site, intake: &Intake) {
    list::<Report, Reports>(
        site,
        intake,
        async |token| {
            let question = Question::get("/v1/report/list").with("nextToken", token);
            site.tell(&API, "ListReports", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for report in &page.value.reports {
                let fields = Report {
                    id: page.fact(report.id.clone()),
                    name: page.fact(report.name.clone()),
                    company: page.fact(report.company.clone()),
                    version: page.fact(report.version),
                    published: page.fact(report.state == "PUBLISHED"),
                    period_start: page.fact(report.period_start.as_ref().map(|time| time.0)),
                    period_end: page.fact(report.period_end.as_ref().map(|time| time.0)),
                };
                let identity = Identity {
                    arn: report.arn.clone(),
                    name: report.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Reports {
    reports: Vec<ListedReport>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/artifact/latest/APIReference/API_ReportSummary.html>
#[derive(Debug, Deserialize)]
struct ListedReport {
    id: String,
    arn: String,
    name: String,
    /// Left out where AWS does not say.
    #[serde(rename = "companyName")]
    company: Option<String>,
    version: i64,
    state: String,
    /// Left out of what covers no period: certificates, guides.
    #[serde(rename = "periodStart")]
    period_start: Option<Moment>,
    /// The same.
    #[serde(rename = "periodEnd")]
    period_end: Option<Moment>,
}

async fn agreements(site: &Site, intake: &Intake) {
    list::<Agreement, Agreements>(
        site,
        intake,
        async |token| {
            let question = Question::get("/v1/customer-agreement/list").with("nextToken", token);
            site.tell(&API, "ListCustomerAgreements", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for agreement in &page.value.agreements {
                let fields = Agreement {
                    name: page.fact(agreement.name.clone()),
                    state: page.fact(agreement.state.clone()),
                };
                let identity = Identity {
                    arn: agreement.arn.clone(),
                    name: agreement.name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Agreements {
    #[serde(rename = "customerAgreements")]
    agreements: Vec<ListedAgreement>,
    #[serde(rename = "nextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/artifact/latest/APIReference/API_CustomerAgreementSummary.html>
#[derive(Debug, Deserialize)]
struct ListedAgreement {
    arn: String,
    name: String,
    state: String,
}
