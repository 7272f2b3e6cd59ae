//! The parameters that rules may ask for, read once per parameter group however many databases use it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_rds::Client;
use aws_sdk_rds::types::Parameter;
use tokio::sync::OnceCell;

use crate::ask;
use crate::aws::{Missing, Site, Turn, gather, missing};
use crate::inventory::Read;

/// Of the hundreds that each group has, those that say whether connections must be encrypted and what is logged of them.
const ASKED_FOR: &[&str] = &[
    // Encryption: PostgreSQL and SQL Server, MySQL and MariaDB, DocumentDB, Neptune.
    "rds.force_ssl",
    "require_secure_transport",
    "tls",
    "neptune_enforce_ssl",
    // Logs: PostgreSQL, Aurora MySQL, DocumentDB, Neptune.
    "log_connections",
    "log_disconnections",
    "log_statement",
    "pgaudit.log",
    "server_audit_logging",
    "audit_logs",
    "neptune_enable_audit_log",
];

type Values = BTreeMap<String, String>;

/// The parameter groups that were met so far.
#[derive(Default)]
pub(super) struct Groups {
    read: Mutex<HashMap<String, Arc<OnceCell<Read<Values>>>>>,
}

impl Groups {
    fn cell(&self, group: &str) -> Arc<OnceCell<Read<Values>>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry(group.to_owned()).or_default().clone()
    }

    /// The values in a group of instances.
    pub(super) async fn of_instances(
        &self,
        site: &Site,
        rds: &Client,
        group: &str,
    ) -> Read<Values> {
        // No source is named: a default that an engine brings along counts like a value somebody set.
        let read = async || {
            let listed = gather(
                async |marker| {
                    let describe = rds
                        .describe_db_parameters()
                        .db_parameter_group_name(group)
                        .set_marker(marker);
                    ask!(
                        site,
                        "rds:DescribeDBParameters",
                        describe,
                        format!("group={group}")
                    )
                },
                |page| Turn::to(page.marker()),
                |page| {
                    page.parameters
                        .as_deref()
                        .ok_or(missing("Parameters"))
                        .and_then(asked_for)
                },
            )
            .await?;
            listed.read(|values| Ok(values.iter().cloned().collect()))
        };
        self.cell(group).get_or_init(read).await.clone()
    }

    /// The values in a group of clusters.
    pub(super) async fn of_clusters(&self, site: &Site, rds: &Client, group: &str) -> Read<Values> {
        let read = async || {
            let listed = gather(
                async |marker| {
                    let describe = rds
                        .describe_db_cluster_parameters()
                        .db_cluster_parameter_group_name(group)
                        .set_marker(marker);
                    ask!(
                        site,
                        "rds:DescribeDBClusterParameters",
                        describe,
                        format!("group={group}")
                    )
                },
                |page| Turn::to(page.marker()),
                |page| {
                    page.parameters
                        .as_deref()
                        .ok_or(missing("Parameters"))
                        .and_then(asked_for)
                },
            )
            .await?;
            listed.read(|values| Ok(values.iter().cloned().collect()))
        };
        self.cell(group).get_or_init(read).await.clone()
    }
}

/// Those asked for that have a value.
fn asked_for(parameters: &[Parameter]) -> Result<Vec<(String, String)>, Missing> {
    let mut found = Vec::new();
    for parameter in parameters {
        let name = parameter.parameter_name().ok_or(missing("ParameterName"))?;
        if let (true, Some(value)) = (ASKED_FOR.contains(&name), parameter.parameter_value()) {
            found.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_without_a_value_is_left_out() {
        let parameter = |name: &str, value: Option<&str>| {
            Parameter::builder()
                .parameter_name(name)
                .set_parameter_value(value.map(str::to_owned))
                .build()
        };
        let parameters = [
            parameter("rds.force_ssl", Some("1")),
            parameter("require_secure_transport", None),
            parameter("work_mem", Some("4096")),
        ];
        let found = asked_for(&parameters).unwrap();
        assert_eq!(found, [("rds.force_ssl".to_owned(), "1".to_owned())]);
        assert!(asked_for(&[Parameter::builder().build()]).is_err());
    }
}
