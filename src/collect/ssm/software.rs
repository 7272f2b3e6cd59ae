//! The software that Inventory found on machines.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::{API, PAGE};
use crate::aws::{Question, Site, Turn, gather};
use crate::inventory::Read;

/// The type of inventory that lists software.
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/inventory-schema.html>
const APPLICATIONS: &str = "AWS:Application";

/// What is installed on one machine.
#[derive(Debug, Clone)]
pub(super) struct Software {
    pub(super) instance: String,
    /// When it was listed; none: never.
    pub(super) captured: Option<String>,
    pub(super) names: Vec<String>,
}

pub(super) async fn software(site: &Site) -> Read<Vec<Software>> {
    gather(
        async |token| {
            let input = json!({
                "ResultAttributes": [{ "TypeName": APPLICATIONS }],
                "MaxResults": PAGE,
                "NextToken": token,
            });
            let about = format!("type={APPLICATIONS}");
            site.tell::<Inventory>(&API, "GetInventory", Question::json(input), about)
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.entities.iter().map(of_entity).collect()),
    )
    .await
}

fn of_entity(entity: &Entity) -> Software {
    let listed = entity.data.get(APPLICATIONS);
    let content = listed.iter().flat_map(|listed| &listed.content);
    let mut names: Vec<String> = content.map(|found| found.name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    Software {
        instance: entity.id.clone(),
        captured: listed.map(|listed| listed.captured.clone()),
        names,
    }
}

#[derive(Debug, Deserialize)]
struct Inventory {
    #[serde(rename = "Entities")]
    entities: Vec<Entity>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InventoryResultEntity.html>
#[derive(Debug, Deserialize)]
struct Entity {
    #[serde(rename = "Id")]
    id: String,
    /// Left out where nothing of the type was listed.
    #[serde(
        rename = "Data",
        default,
        deserialize_with = "crate::aws::empty_if_null"
    )]
    data: BTreeMap<String, Listed>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "CaptureTime")]
    captured: String,
    #[serde(rename = "Content")]
    content: Vec<Found>,
}

#[derive(Debug, Deserialize)]
struct Found {
    #[serde(rename = "Name")]
    name: String,
}
