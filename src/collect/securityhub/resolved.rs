//! Findings of the last ninety days that were resolved: how long each took.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, list_to};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::securityhub::Resolution;

/// Security Hub keeps findings for ninety days after they were last updated.
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html>
const DAYS: u32 = 90;

/// Pages of a hundred that are read. More are no sample but a statistic.
const PAGES: usize = 20;

/// Reads the findings that were resolved.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let is = |value: &str| json!({ "Value": value, "Comparison": "EQUALS" });
    let filters = json!({
        "WorkflowStatus": [is("RESOLVED")],
        "SeverityLabel": [is("CRITICAL"), is("HIGH")],
        "AwsAccountId": [is(&site.account)],
        "UpdatedAt": [{ "DateRange": { "Value": DAYS, "Unit": "DAYS" } }],
    });
    list_to::<Resolution, Findings>(
        (site, intake, PAGES),
        async |token| {
            let input = json!({ "Filters": filters, "MaxResults": 100, "NextToken": token });
            let question = Question::post("/findings", input);
            site.tell(&API, "GetFindings", question, "resolved").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for finding in &page.value.findings {
                let fields = Resolution {
                    title: page.fact(finding.title.clone()),
                    severity: page.fact(finding.severity.label.clone()),
                    created: page.fact(finding.created.0),
                    updated: page.fact(finding.updated.0),
                };
                let identity = Identity {
                    arn: finding.id.clone(),
                    name: finding.title.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html>
#[derive(Debug, Deserialize)]
struct Findings {
    #[serde(rename = "Findings")]
    findings: Vec<Found>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Found {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "Title")]
    title: String,
    #[serde(rename = "Severity")]
    severity: Severity,
    #[serde(rename = "CreatedAt")]
    created: Moment,
    #[serde(rename = "UpdatedAt")]
    updated: Moment,
}

#[derive(Debug, Deserialize)]
struct Severity {
    #[serde(rename = "Label")]
    label: String,
}
