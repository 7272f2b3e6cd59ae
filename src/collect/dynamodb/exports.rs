//! Exports of tables: data that left them for a bucket.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::dynamodb::Export;

/// Reads the exports of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Export, Exports>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListExports", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            each(page.value.exports.iter(), async |export| {
                one_export(site, intake, page, export).await;
            })
            .await;
            Ok(())
        },
    )
    .await;
}

async fn one_export(site: &Site, intake: &Intake, page: &Told<Exports>, export: &Summary) {
    let arn = &export.arn;
    // Its ARN is the table's, `/export/` and its id.
    let name = arn.rsplit_once(":table/").map_or(&**arn, |(_, name)| name);
    let question = Question::json(json!({ "ExportArn": arn }));
    let described = site
        .tell::<Described>(&API, "DescribeExport", question, format!("export={name}"))
        .await;
    let fields = Export {
        status: page.fact(export.status.clone()),
        table_arn: described.read(|d| Ok(d.export.table.clone())),
        bucket: described.read(|d| Ok(d.export.bucket.clone())),
        started: described.read(|d| Ok(d.export.started.0)),
    };
    let identity = Identity {
        arn: arn.clone(),
        name: name.to_owned(),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListExports.html>
#[derive(Debug, Deserialize)]
struct Exports {
    /// Empty where there are none; an answer without it is no answer.
    #[serde(rename = "ExportSummaries")]
    exports: Vec<Summary>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(rename = "ExportArn")]
    arn: String,
    #[serde(rename = "ExportStatus")]
    status: String,
}

/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportDescription.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "ExportDescription")]
    export: Description,
}

#[derive(Debug, Deserialize)]
struct Description {
    #[serde(rename = "TableArn")]
    table: String,
    #[serde(rename = "S3Bucket")]
    bucket: String,
    #[serde(rename = "StartTime")]
    started: Moment,
}
