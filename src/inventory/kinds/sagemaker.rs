//! What SageMaker AI tells.

use crate::inventory::schema::{Fields, Kind};
use crate::kind;

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![EndpointConfig::kind(), Notebook::kind()]
}

kind! {
    /// A notebook instance.
    "sagemaker.notebook" as notebook: Notebook, listed by ["sagemaker:ListNotebookInstances"] {
        /// Name.
        name: String,
        /// Whether it reaches the internet past the VPC.
        direct_internet: bool => ["sagemaker:DescribeNotebookInstance"],
        /// KMS key of this account that encrypts its disk, as it was named; none: a key of AWS's does.
        kms_key: Option<String> => ["sagemaker:DescribeNotebookInstance"],
        /// Subnet it stands in; none: a network of SageMaker's own.
        subnet: Option<String> => ["sagemaker:DescribeNotebookInstance"],
        /// Whether its users are root.
        root: bool => ["sagemaker:DescribeNotebookInstance"],
    }
}

kind! {
    /// What an endpoint runs on.
    "sagemaker.endpoint_config" as endpoint: EndpointConfig, listed by ["sagemaker:ListEndpointConfigs"] {
        /// Name.
        name: String,
        /// KMS key of this account that encrypts the disks behind it, as it was named; none: a key of AWS's does.
        kms_key: Option<String> => ["sagemaker:DescribeEndpointConfig"],
    }
}
