//! What Security Hub was told not to mind: findings that somebody suppressed, and controls that somebody switched off.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, list, pages, part};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::securityhub::{DisabledControl, Suppression};

/// Reads the findings that somebody suppressed.
pub(super) async fn suppressions(site: &Site, intake: &Intake) {
    let is = |value: &str| json!({ "Value": value, "Comparison": "EQUALS" });
    let filters = json!({
        "RecordState": [is("ACTIVE")],
        "WorkflowStatus": [is("SUPPRESSED")],
        "SeverityLabel": [is("CRITICAL"), is("HIGH"), is("MEDIUM")],
        "AwsAccountId": [is(&site.account)],
    });
    list::<Suppression, Findings>(
        site,
        intake,
        async |token| {
            let input = json!({ "Filters": filters, "MaxResults": 100, "NextToken": token });
            let question = Question::post("/findings", input);
            site.tell(&API, "GetFindings", question, "suppressed").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for finding in &page.value.findings {
                let note = finding.note.as_ref();
                let fields = Suppression {
                    title: page.fact(finding.title.clone()),
                    severity: page.fact(finding.severity.label.clone()),
                    note: page.fact(note.map(|note| note.text.clone())),
                    noted: page.fact(note.map(|note| note.at.0)),
                    noted_by: page.fact(note.map(|note| note.by.clone())),
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
    /// Left out where nobody wrote one.
    #[serde(rename = "Note")]
    note: Option<Note>,
}

#[derive(Debug, Deserialize)]
struct Severity {
    #[serde(rename = "Label")]
    label: String,
}

#[derive(Debug, Deserialize)]
struct Note {
    #[serde(rename = "Text")]
    text: String,
    #[serde(rename = "UpdatedBy")]
    by: String,
    #[serde(rename = "UpdatedAt")]
    at: Moment,
}

/// Reads the controls of one standard that are switched off.
pub(super) async fn controls(site: &Site, intake: &Intake, subscription: &str) {
    // The slashes of the ARN are the path's own.
    let parts: Vec<String> = subscription.split('/').map(part).collect();
    let path = format!("/standards/controls/{}", parts.join("/"));
    let about = format!("standard={subscription}");
    let listing = pages(
        async |token| {
            let question = Question::get(&path)
                .with("MaxResults", Some(100))
                .with("NextToken", token);
            site.tell::<Controls>(&API, "DescribeStandardsControls", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            intake.listed::<DisabledControl>(&site.account, &site.region, &page.source);
            for control in &page.value.controls {
                if control.status == "DISABLED" {
                    one_control(site, intake, page, control);
                }
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<DisabledControl>(&site.account, &site.region, gap);
    }
}

fn one_control(site: &Site, intake: &Intake, page: &Told<Controls>, control: &Control) {
    let reason = control.reason.as_ref();
    let fields = DisabledControl {
        control: page.fact(control.id.clone()),
        severity: page.fact(control.severity.clone()),
        reason: page.fact(reason.filter(|said| !said.trim().is_empty()).cloned()),
    };
    let identity = Identity {
        arn: control.arn.clone(),
        name: control.id.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsControl.html>
#[derive(Debug, Deserialize)]
struct Controls {
    #[serde(rename = "Controls")]
    controls: Vec<Control>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Control {
    #[serde(rename = "StandardsControlArn")]
    arn: String,
    #[serde(rename = "ControlId")]
    id: String,
    #[serde(rename = "ControlStatus")]
    status: String,
    #[serde(rename = "SeverityRating")]
    severity: String,
    /// Left out where nobody gave one, and of controls that are on.
    #[serde(rename = "DisabledReason")]
    reason: Option<String>,
}
