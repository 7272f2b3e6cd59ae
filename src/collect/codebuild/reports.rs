//! Reports on the tests of builds.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Reply, Site, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::codebuild::Report;

/// Reports that are looked at, the newest first: the most that one call describes.
const MOST: usize = 100;

/// Reads the newest reports of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let question = Question::json(json!({ "sortOrder": "DESCENDING", "maxResults": MOST }));
    let listed: Reply<Arns> = site.tell(&API, "ListReports", question, "").await;
    let listed = match listed.told() {
        Ok(listed) => listed,
        Err(gap) => return intake.incomplete::<Report>(account, region, gap),
    };
    intake.listed::<Report>(account, region, &listed.source);
    let arns = listed.value.reports.as_slice();
    if arns.is_empty() {
        return;
    }
    let question = Question::json(json!({ "reportArns": arns }));
    let about = format!("reports={}", arns.len());
    let got: Reply<Reports> = site.tell(&API, "BatchGetReports", question, about).await;
    match got.told() {
        Err(gap) => intake.incomplete::<Report>(account, region, gap),
        Ok(told) => {
            intake.listed::<Report>(account, region, &told.source);
            for report in &told.value.reports {
                add(site, intake, &told, report);
            }
            let gone = told.value.gone.iter().flatten();
            let known: Vec<&String> = told
                .value
                .reports
                .iter()
                .map(|r| &r.arn)
                .chain(gone)
                .collect();
            if let Some(lost) = arns.iter().find(|arn| !known.contains(arn)) {
                let gap = told.lacks(missing(&format!("report {lost}")));
                intake.incomplete::<Report>(account, region, gap);
            }
        }
    }
}

fn add(site: &Site, intake: &Intake, told: &Told<Reports>, report: &Described) {
    // The ARN of the build: `…:build/PROJECT:ID`.
    let build = report
        .build
        .as_deref()
        .and_then(|arn| arn.rsplit_once(":build/"));
    let project = build.and_then(|(_, build)| build.split(':').next());
    let fields = Report {
        name: told.fact(report.name.clone()),
        project: told.fact(project.map(str::to_owned)),
        r#type: told.fact(report.kind.clone()),
        passed: told.fact(report.status == "SUCCEEDED"),
        created: told.fact(report.created.0),
    };
    let identity = Identity {
        arn: report.arn.clone(),
        name: report.name.clone(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Arns {
    /// Empty where there are none; an answer without it is no answer.
    reports: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Reports {
    reports: Vec<Described>,
    /// Those that are gone since they were listed.
    #[serde(rename = "reportsNotFound")]
    gone: Option<Vec<String>>,
}

/// <https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Report.html>
#[derive(Debug, Deserialize)]
struct Described {
    arn: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    status: String,
    /// Left out where no build made it.
    #[serde(rename = "executionId")]
    build: Option<String>,
    created: Moment,
}
