//! What State Manager runs on machines, and how that went.

use serde::Deserialize;
use serde_json::json;

use super::{API, PAGE, arn};
use crate::aws::{Moment, Question, Site, Turn, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ssm::{Association, Target};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Association, Associations>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell(&API, "ListAssociations", question, "").await
        },
        |page| Turn::to(page.next.as_deref()),
        async |page| {
            for association in &page.value.associations {
                let identity = Identity {
                    arn: arn(site, &format!("association/{}", association.id)),
                    name: association
                        .name
                        .clone()
                        .unwrap_or_else(|| association.document.clone()),
                };
                let fields = one_association(page, association);
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

fn one_association(page: &Told<Associations>, association: &Listed) -> Association {
    let targets = association.targets.iter().map(|target| Target {
        key: target.key.clone(),
        values: target.values.clone(),
    });
    Association {
        id: page.fact(association.id.clone()),
        name: page.fact(association.name.clone()),
        document: page.fact(association.document.clone()),
        schedule: page.fact(association.schedule.clone()),
        targets: page.fact(targets.collect()),
        last_run: page.fact(association.last_run.map(|at| at.0)),
        status: page.fact(association.overview.as_ref().and_then(|o| o.status.clone())),
    }
}

#[derive(Debug, Deserialize)]
struct Associations {
    #[serde(rename = "Associations")]
    associations: Vec<Listed>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Association.html>
#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "AssociationId")]
    id: String,
    #[serde(rename = "Name")]
    document: String,
    /// Left out where nobody named it.
    #[serde(rename = "AssociationName")]
    name: Option<String>,
    /// Left out where it runs once.
    #[serde(rename = "ScheduleExpression")]
    schedule: Option<String>,
    /// Left out of those that are made for one instance.
    #[serde(
        rename = "Targets",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    targets: Vec<ListedTarget>,
    /// Left out until it has run.
    #[serde(rename = "LastExecutionDate")]
    last_run: Option<Moment>,
    /// Left out until it has run.
    #[serde(rename = "Overview")]
    overview: Option<Overview>,
}

#[derive(Debug, Deserialize)]
struct ListedTarget {
    #[serde(rename = "Key")]
    key: String,
    #[serde(rename = "Values")]
    values: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Overview {
    /// Left out until a run has come to its end.
    #[serde(rename = "Status")]
    status: Option<String>,
}
