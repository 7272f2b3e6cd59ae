//! Instances and the images they start from.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{kind, record};

record! {
    /// The metadata service, from which software on the instance gets the credentials of its role.
    pub struct Metadata {
        /// `required` (IMDSv2 only) or `optional` (IMDSv1 too).
        tokens: String,
        /// `enabled` or `disabled`.
        endpoint: String,
        /// How many network hops an answer may travel; 1 keeps it on the instance.
        hop_limit: i64,
    }
}

kind! {
    /// An instance that is not terminated.
    "ec2.instance" as instance: Instance, listed by ["ec2:DescribeInstances"] {
        /// `i-…`.
        id: String,
        /// `pending`, `running`, `stopping` or `stopped`.
        state: String,
        /// When it was last started.
        launched: Timestamp,
        /// When it was stopped; none: it is not stopped. EC2 gives the time only in a sentence, and only for
        /// stops by a user; a stop without a time is a gap.
        stopped_at: Option<Timestamp>,
        /// Instance type: `m7g.large`.
        r#type: String,
        /// Image it was started from.
        image: String,
        /// When that image was made; none: EC2 does not show the image any more, because it was deregistered or is no
        /// longer shared with the account.
        image_created: Option<Timestamp> => ["ec2:DescribeImages"],
        /// When that image is or was deprecated, after which EC2 offers it no more; none: nobody has set a date, or EC2 does
        /// not show the image any more.
        image_deprecated: Option<Timestamp> => ["ec2:DescribeImages"],
        /// VPC.
        vpc: String,
        /// Subnet.
        subnet: String,
        /// Availability zone.
        zone: String,
        /// Public IPv4 addresses of all its network interfaces.
        public_ipv4: Vec<String>,
        /// IPv6 addresses of all its network interfaces. IPv6 addresses of a VPC are public by nature; routes and
        /// security groups decide who reaches them.
        ipv6: Vec<String>,
        /// The metadata service.
        metadata: Metadata,
        /// Detailed monitoring: `enabled`, `pending`, `disabling` or `disabled`.
        monitoring: String,
        /// ARN of the instance profile; none: the instance has no role.
        profile: Option<String>,
        /// Ids of the security groups of all its network interfaces.
        security_groups: Vec<String>,
        /// Whether enclaves may run on it.
        enclaves: bool,
        /// ARN of the Outpost it runs on, in a building that is not AWS's; none: it runs in the region.
        outpost: Option<String>,
        /// Ids of the attached EBS volumes.
        volumes: Vec<String>,
        /// Name of the SSH key pair put on it at launch; none: no key pair.
        key_pair: Option<String>,
        /// What kind of secret its user data looked like; none: like none we know, or there are none.
        user_data_looks_like: Option<String> => ["ec2:DescribeInstanceAttribute"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

record! {
    /// One EBS volume that an image creates.
    pub struct ImageDevice {
        /// Device name: `/dev/xvda`.
        name: String,
        /// Snapshot the volume is made from; none: the volume starts empty.
        snapshot: Option<String>,
        /// Whether the volume is encrypted.
        encrypted: bool,
    }
}

kind! {
    /// A machine image that this account owns. Disabled images, which nobody can launch, are not listed.
    "ec2.image" as image: Image, listed by ["ec2:DescribeImages"] {
        /// `ami-…`.
        id: String,
        /// When it was made.
        created: Timestamp,
        /// When it is to be deprecated; none: never.
        deprecated_at: Option<Timestamp>,
        /// Whether everyone may launch it.
        public: bool,
        /// Who else may launch it: account ids, and ARNs of organizations and organizational units.
        shared_with: Vec<String> => ["ec2:DescribeImageAttribute"],
        /// Its EBS volumes.
        devices: Vec<ImageDevice>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A launch template in its default or its newest version; where the two are one version, it counts once.
    "ec2.launch_template" as template: LaunchTemplate, listed by ["ec2:DescribeLaunchTemplateVersions"] {
        /// `lt-…`.
        id: String,
        /// Name.
        name: String,
        /// Number of this version.
        version: i64,
        /// Whether it is the version that holds where a launch names none.
        default: bool,
        /// Whether it gives instances a public IPv4 address, whatever their subnet does.
        public_ip: bool,
        /// Session tokens for the metadata service: `required` or `optional`; none: it leaves that to the launch.
        imds_tokens: Option<String>,
        /// The metadata service: `enabled` or `disabled`; none: it leaves that to the launch.
        imds_endpoint: Option<String>,
        /// What in its user data looks like a secret: `a private key`; none: nothing does, or it has none.
        user_data_looks_like: Option<String>,
    }
}
