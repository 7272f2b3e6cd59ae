//! What EKS tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![Cluster::kind(), NodeGroup::kind()]
}

kind! {
    /// A Kubernetes cluster that EKS runs.
    "eks.cluster" as cluster: Cluster, listed by ["eks:ListClusters"] {
        /// Name.
        name: String,
        /// When it was created.
        created: Timestamp => ["eks:DescribeCluster"],
        /// Kubernetes version: `1.33`.
        version: String => ["eks:DescribeCluster"],
        /// When AWS stops giving that version what every version gets; none: AWS lists the version no more, so it has.
        supported_until: Option<Timestamp> => ["eks:DescribeCluster", "eks:DescribeClusterVersions"],
        /// Whether the API answers from the internet.
        public_endpoint: bool => ["eks:DescribeCluster"],
        /// Whether the API answers inside its VPC.
        private_endpoint: bool => ["eks:DescribeCluster"],
        /// Ranges from which the API answers on the internet; they mean something only where it does.
        public_ranges: Vec<String> => ["eks:DescribeCluster"],
        /// ARN of the KMS key of this account that encrypts Kubernetes secrets; none: a key of AWS's alone does.
        secrets_key: Option<String> => ["eks:DescribeCluster"],
        /// Logs of the control plane that are written: `api`, `audit`, `authenticator`, `controllerManager`, `scheduler`.
        logs: Vec<String> => ["eks:DescribeCluster"],
        /// Whether it refuses to be deleted.
        deletion_protection: bool => ["eks:DescribeCluster"],
        /// `API`, `API_AND_CONFIG_MAP` or `CONFIG_MAP`: where it is written who may do what; none: EKS does not say.
        authentication: Option<String> => ["eks:DescribeCluster"],
        /// ARNs of who administers all of it by an access policy of EKS.
        admins: Vec<String> => ["eks:DescribeCluster", "eks:ListAccessEntries"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String> => ["eks:DescribeCluster"],
    }
}

kind! {
    /// A managed group of nodes of a cluster.
    "eks.node_group" as nodes: NodeGroup, listed by ["eks:ListClusters", "eks:ListNodegroups"] {
        /// Name.
        name: String,
        /// Name of its cluster.
        cluster_name: String,
        /// `ACTIVE`, `DEGRADED`, `CREATING`, `UPDATING`, …
        status: String => ["eks:DescribeNodegroup"],
        /// Kubernetes version: `1.33`; none: its own image decides.
        version: Option<String> => ["eks:DescribeNodegroup"],
        /// What is wrong with it: `AutoScalingGroupNotFound`, …; empty: nothing.
        issues: Vec<String> => ["eks:DescribeNodegroup"],
        /// Key pair that opens SSH on its nodes; none: there is none.
        ssh_key: Option<String> => ["eks:DescribeNodegroup"],
        /// Security groups SSH is open to; empty beside a key: it is open to the internet.
        ssh_from: Vec<String> => ["eks:DescribeNodegroup"],
    }
}
