//! Updates that wait for caches: one listing for all, asked for with the first.

use serde::Deserialize;
use tokio::sync::OnceCell;

use super::API;
use crate::aws::{Moment, Question, Site, Turn, gather};
use crate::inventory::Read;
use crate::inventory::kinds::elasticache::Update;

/// The updates that were met.
#[derive(Default)]
pub(super) struct Updates(OnceCell<Read<Vec<Action>>>);

impl Updates {
    /// The updates of a replication group that AWS still offers and that apply to it.
    pub(super) async fn of_group(&self, site: &Site, group: &str) -> Read<Vec<Update>> {
        let all = self.0.get_or_init(async || listed(site).await).await;
        all.as_ref().map_err(Clone::clone)?.read(|all| {
            let own = all
                .iter()
                .filter(|one| one.replication_group_id.as_deref() == Some(group));
            let own = own.filter(|one| one.update_action_status != "not-applicable");
            Ok(own.map(Action::told).collect())
        })
    }
}

async fn listed(site: &Site) -> Read<Vec<Action>> {
    gather(
        async |token| {
            let question = Question::form()
                .with_each("ServiceUpdateStatus.member", ["available"])
                .with("Marker", token);
            site.tell::<Actions>(&API, "DescribeUpdateActions", question, "")
                .await
        },
        |page| Turn::to(page.marker.as_deref()),
        |page| Ok(page.update_actions.clone()),
    )
    .await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Actions {
    update_actions: Vec<Action>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_UpdateAction.html>
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Action {
    /// Left out of updates of clusters that belong to no group.
    replication_group_id: Option<String>,
    service_update_name: String,
    service_update_severity: String,
    update_action_status: String,
    /// Left out where AWS recommends no date.
    service_update_recommended_apply_by_date: Option<Moment>,
}

impl Action {
    fn told(&self) -> Update {
        Update {
            name: self.service_update_name.clone(),
            severity: self.service_update_severity.clone(),
            status: self.update_action_status.clone(),
            apply_by: self
                .service_update_recommended_apply_by_date
                .map(|date| date.0),
        }
    }
}
