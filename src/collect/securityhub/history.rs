//! Who changed a finding, and when, as far as Security Hub keeps it: ninety days.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, gather};
use crate::inventory::Read;

/// The change by which a finding was resolved.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    /// When.
    pub(super) at: Moment,
    /// ARN of who did it, or of the product that did.
    pub(super) by: String,
}

/// Reads the last change of one finding, by its id and product, that resolved it; none: none is kept.
pub(super) async fn settled(site: &Site, (id, product): (&str, &str)) -> Read<Option<Settled>> {
    let about = format!("finding={id}");
    let changes = gather(
        async |token| {
            let input = json!({
                "FindingIdentifier": { "Id": id, "ProductArn": product },
                "MaxResults": 100,
                "NextToken": token,
            });
            let question = Question::post("/findingHistory/get", input);
            site.tell::<History>(&API, "GetFindingHistory", question, &about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| {
            let those = page.records.iter().filter(|record| record.resolves());
            Ok(those.map(Record::settled).collect())
        },
    );
    let changes = changes.await?;
    Ok(changes.map(|all: Vec<Settled>| all.into_iter().max_by_key(|one| one.at.0)))
}

/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindingHistory.html>
#[derive(Debug, Deserialize)]
struct History {
    #[serde(rename = "Records")]
    records: Vec<Record>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Record {
    #[serde(rename = "UpdateTime")]
    at: Moment,
    #[serde(rename = "UpdateSource")]
    source: UpdateSource,
    /// Left out where the finding was made.
    #[serde(
        rename = "Updates",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    updates: Vec<Update>,
}

#[derive(Debug, Deserialize)]
struct UpdateSource {
    #[serde(rename = "Identity")]
    identity: String,
}

#[derive(Debug, Deserialize)]
struct Update {
    #[serde(rename = "UpdatedField")]
    field: String,
    /// As JSON, or as it is. Left out where a member went.
    #[serde(rename = "NewValue")]
    new: Option<String>,
}

impl Record {
    /// Whether it is the change that resolved the finding: of the state alone, or of what holds it.
    fn resolves(&self) -> bool {
        let of_state = |field: &str| field == "Workflow" || field.starts_with("Workflow.");
        let is = |new: &str| new.contains("\"RESOLVED\"") || new == "RESOLVED";
        self.updates
            .iter()
            .any(|update| of_state(&update.field) && update.new.as_deref().is_some_and(is))
    }

    fn settled(&self) -> Settled {
        Settled {
            at: self.at,
            by: self.source.identity.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_the_state_to_resolved_is_told_from_others() {
        let resolves = |field: &str, new: &str| {
            let record = json!({
                "UpdateTime": "2026-01-01T00:00:00Z",
                "UpdateSource": { "Type": "BATCH_UPDATE_FINDINGS", "Identity": "arn" },
                "Updates": [{ "UpdatedField": field, "OldValue": "NEW", "NewValue": new }],
            });
            serde_json::from_value::<Record>(record).unwrap().resolves()
        };
        assert!(resolves("Workflow.Status", "RESOLVED"));
        assert!(resolves("Workflow.Status", "\"RESOLVED\""));
        assert!(resolves("Workflow", r#"{"Status":"RESOLVED"}"#));
        assert!(!resolves("Workflow.Status", "NOTIFIED"));
        assert!(!resolves("Note.Text", "RESOLVED"));
    }
}
