//! Findings: those that stand, those that somebody suppressed, and those of the last ninety days that were resolved.

use serde::Deserialize;
use serde_json::{Value, json};

use super::API;
use super::history::settled;
use crate::aws::{Moment, Question, Site, Turn, each, list_to};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::securityhub::{Finding, Resolution, Suppression};
use crate::inventory::schema::Fields;
use crate::inventory::{Read, Told};

/// Security Hub keeps findings for ninety days after they were last updated.
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html>
const DAYS: u32 = 90;

/// Pages of a hundred that are read of what was resolved. More are no sample but a statistic.
const PAGES: usize = 20;

/// Reads the findings that still stand.
pub(super) async fn open(site: &Site, intake: &Intake) {
    let filters = json!({
        "RecordState": [is("ACTIVE")],
        "WorkflowStatus": [is("NEW"), is("NOTIFIED")],
        "SeverityLabel": [is("CRITICAL"), is("HIGH"), is("MEDIUM")],
        // What a control found to hold is a finding too, and nothing to deal with.
        "ComplianceStatus": [
            { "Value": "PASSED", "Comparison": "NOT_EQUALS" },
        ],
    });
    let which = (filters, "", usize::MAX);
    collect(site, intake, which, async |page, finding| Finding {
        title: page.fact(finding.title.clone()),
        severity: page.fact(finding.severity.label.clone()),
        created: page.fact(finding.created.0),
    })
    .await;
}

/// Reads the findings that somebody suppressed.
pub(super) async fn suppressed(site: &Site, intake: &Intake) {
    let filters = json!({
        "RecordState": [is("ACTIVE")],
        "WorkflowStatus": [is("SUPPRESSED")],
        "SeverityLabel": [is("CRITICAL"), is("HIGH"), is("MEDIUM")],
    });
    let which = (filters, "suppressed", usize::MAX);
    collect(site, intake, which, async |page, finding| {
        let note = finding.note.as_ref();
        Suppression {
            title: page.fact(finding.title.clone()),
            severity: page.fact(finding.severity.label.clone()),
            note: page.fact(note.map(|note| note.text.clone())),
            noted: page.fact(note.map(|note| note.at.0)),
            noted_by: page.fact(note.map(|note| note.by.clone())),
        }
    })
    .await;
}

/// Reads the findings that were resolved: how long each took.
pub(super) async fn resolved(site: &Site, intake: &Intake) {
    let filters = json!({
        "WorkflowStatus": [is("RESOLVED")],
        "SeverityLabel": [is("CRITICAL"), is("HIGH")],
        "UpdatedAt": [{ "DateRange": { "Value": DAYS, "Unit": "DAYS" } }],
    });
    let which = (filters, "resolved", PAGES);
    collect(site, intake, which, async |page, finding| {
        let by = settled(site, (&finding.id, &finding.product)).await;
        Resolution {
            title: page.fact(finding.title.clone()),
            severity: page.fact(finding.severity.label.clone()),
            created: page.fact(finding.created.0),
            updated: page.fact(finding.updated.0),
            settled: read(&by, |by| Some(by.as_ref()?.at.0)),
            settled_by: read(&by, |by| Some(by.as_ref()?.by.clone())),
        }
    })
    .await;
}

/// One fact of what was read.
fn read<T, U>(all: &Read<T>, fact: impl FnOnce(&T) -> U) -> Read<U> {
    let all = all.as_ref().map_err(Clone::clone)?;
    all.fact(fact(&all.value))
}

fn is(value: &str) -> Value {
    json!({ "Value": value, "Comparison": "EQUALS" })
}

/// Lists the findings that pass the filters, to so many pages, each as one of a kind.
async fn collect<K: Fields>(
    site: &Site,
    intake: &Intake,
    (mut filters, about, most): (Value, &str, usize),
    fields: impl AsyncFn(&Told<Findings>, &Found) -> K,
) {
    // An administrator's hub also shows the findings of its members, which are read in their own accounts.
    if let Value::Object(filters) = &mut filters {
        filters.insert("AwsAccountId".to_owned(), json!([is(&site.account)]));
    }
    list_to::<K, Findings>(
        (site, intake, most),
        async |token| {
            let input = json!({ "Filters": filters, "MaxResults": 100, "NextToken": token });
            let question = Question::post("/findings", input);
            site.tell(&API, "GetFindings", question, about).await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(&page.value.findings, async |finding| {
                let identity = Identity {
                    arn: finding.id.clone(),
                    name: finding.title.clone(),
                };
                let fields = fields(page, finding).await;
                intake.add(&site.account, &site.region, identity, fields);
            })
            .await;
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
    #[serde(rename = "ProductArn")]
    product: String,
    #[serde(rename = "Title")]
    title: String,
    #[serde(rename = "Severity")]
    severity: Severity,
    #[serde(rename = "CreatedAt")]
    created: Moment,
    #[serde(rename = "UpdatedAt")]
    updated: Moment,
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
