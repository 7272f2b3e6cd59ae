//! What EC2 Auto Scaling tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Group::kind(), LaunchConfiguration::kind()]
}

kind! {
    /// A group of instances that is kept at a size.
    "autoscaling.group" as group: Group, listed by ["autoscaling:DescribeAutoScalingGroups"] {
        /// Name.
        name: String,
        /// When it was created.
        created: Timestamp,
        /// Instances it has at the least.
        min: i64,
        /// Instances it has at the most.
        max: i64,
        /// Instances it should have now.
        wanted: i64,
        /// Instances that are in service and healthy.
        healthy: i64,
        /// Availability zones it may place them in.
        zones: Vec<String>,
        /// Who says whether an instance is healthy: `EC2`, `ELB`, `EBS`, `VPC_LATTICE`.
        health_checks: Vec<String>,
        /// Target groups and classic load balancers it puts its instances behind, by ARN or name; empty: none.
        balancers: Vec<String>,
        /// Name of its launch configuration; none: it uses a launch template.
        launch_configuration: Option<String>,
        /// What it does not do any more: `Launch`, `Terminate`, `HealthCheck`, `ReplaceUnhealthy`, `AZRebalance`, …
        suspended: Vec<String>,
        /// Types of its scaling policies that are switched on: `TargetTrackingScaling`, `StepScaling`, …; empty: none.
        scales_by: Vec<String> => ["autoscaling:DescribePolicies"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A launch configuration: the old form of a launch template.
    "autoscaling.launch_configuration" as launch: LaunchConfiguration,
    listed by ["autoscaling:DescribeLaunchConfigurations"] {
        /// Name.
        name: String,
        /// Whether its instances demand tokens from whoever asks the metadata service (IMDSv2).
        imdsv2: bool,
        /// Whether its instances get public addresses; none: the subnet decides.
        public_ip: Option<bool>,
        /// What kind of secret its user data looked like; none: like none we know, or there are none.
        user_data_looks_like: Option<String>,
    }
}
