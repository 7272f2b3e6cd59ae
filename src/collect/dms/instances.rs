//! Replication instances.

use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Question, Site, Turn, list};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::dms::Instance;

/// Reads the replication instances.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Instance, Instances>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "Marker": token }));
            site.tell(&API, "DescribeReplicationInstances", question, "")
                .await
        },
        |page| Turn::to(page.marker.as_deref()),
        async |page| {
            for instance in &page.value.replication_instances {
                let fields = Instance {
                    name: page.fact(instance.replication_instance_identifier.clone()),
                    engine_version: page.fact(instance.engine_version.clone()),
                    public: page.fact(instance.publicly_accessible),
                    multi_az: page.fact(instance.multi_az),
                    auto_minor_upgrade: page.fact(instance.auto_minor_version_upgrade),
                };
                let identity = Identity {
                    arn: instance.replication_instance_arn.clone(),
                    name: instance.replication_instance_identifier.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Instances {
    replication_instances: Vec<Described>,
    marker: Option<String>,
}

/// <https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationInstance.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    replication_instance_identifier: String,
    replication_instance_arn: String,
    engine_version: String,
    publicly_accessible: bool,
    #[serde(rename = "MultiAZ")]
    multi_az: bool,
    auto_minor_version_upgrade: bool,
}
