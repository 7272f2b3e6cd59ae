//! What EMR tells.

use crate::inventory::schema::{Fields, Kind};
use crate::{facet, kind};

/// Its kinds, and its facet of a region.
pub fn kinds() -> Vec<Kind> {
    vec![BlockPublicAccess::kind(), Cluster::kind()]
}

facet! {
    /// What keeps the clusters of a region off the internet.
    of "region": BlockPublicAccess {
        /// Whether EMR refuses to start a cluster whose security group lets the internet in; none: AWS does not offer EMR in the
        /// region.
        emr_blocks_public_access: Option<bool> => ["emr:GetBlockPublicAccessConfiguration"],
        /// Ports that the internet may be let in at all the same: `22`, `8000-8100`; empty: none.
        emr_public_ports: Vec<String> => ["emr:GetBlockPublicAccessConfiguration"],
    }
}

kind! {
    /// An EMR cluster that runs.
    "emr.cluster" as cluster: Cluster, listed by ["emr:ListClusters"] {
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// Place in S3 that its logs are copied to; none: they end with the cluster.
        logs_to: Option<String> => ["emr:DescribeCluster"],
        /// Whether its users and services prove by Kerberos who they are.
        kerberos: bool => ["emr:DescribeCluster"],
        /// Whether its disks and what it writes to S3 are encrypted.
        encrypts_at_rest: bool => ["emr:DescribeCluster", "emr:DescribeSecurityConfiguration"],
        /// Whether its nodes talk to each other encrypted.
        encrypts_in_transit: bool => ["emr:DescribeCluster", "emr:DescribeSecurityConfiguration"],
        /// Whether a primary node has an address on the internet.
        primary_is_public: bool => ["emr:ListInstances"],
    }
}
