//! Volumes and snapshots.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{kind, record};

record! {
    /// One attachment of a volume.
    pub struct Attachment {
        /// Instance id; none: it is attached to something an AWS service runs, such as a Fargate task.
        instance: Option<String>,
        /// `attaching`, `attached`, `detaching`, `detached` or `busy`.
        state: String,
        /// Whether the volume is deleted with the instance.
        delete_on_termination: bool,
    }
}

kind! {
    /// An EBS volume.
    "ec2.volume" as volume: Volume, listed by ["ec2:DescribeVolumes"] {
        /// `vol-…`.
        id: String,
        /// `creating`, `available` (attached to nothing), `in-use`, `deleting`, `deleted` or `error`.
        state: String,
        /// Size in GiB.
        size_gib: i64,
        /// When it was created.
        created: Timestamp,
        /// Availability zone.
        zone: String,
        /// Whether it is encrypted.
        encrypted: bool,
        /// ARN of the KMS key; none: it is not encrypted.
        kms_key: Option<String>,
        /// What it is attached to; empty: nothing.
        attachments: Vec<Attachment>,
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// An EBS snapshot that this account owns.
    "ec2.snapshot" as snapshot: Snapshot, listed by ["ec2:DescribeSnapshots"] {
        /// `snap-…`.
        id: String,
        /// Volume it was taken of. Copies carry an arbitrary id that is no volume's.
        /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Snapshot.html>
        volume: String,
        /// `pending`, `completed`, `error`, `recoverable` or `recovering`.
        state: String,
        /// When it was started; it holds the data of that moment.
        started: Timestamp,
        /// Whether it is encrypted.
        encrypted: bool,
        /// ARN of the KMS key; none: it is not encrypted.
        kms_key: Option<String>,
        /// Whether everyone may make a volume of it. One listing of the public ones tells for all.
        public: bool,
        /// Ids of the accounts that may make a volume of it.
        shared_with: Vec<String> => ["ec2:DescribeSnapshotAttribute"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String>,
    }
}

kind! {
    /// A task that exports an instance to a bucket, as the disk of a machine elsewhere.
    "ec2.export_task" as export: ExportTask, listed by ["ec2:DescribeExportTasks"] {
        /// `export-i-…`.
        id: String,
        /// Id of the instance; none: EC2 does not say.
        instance: Option<String>,
        /// The bucket it goes to; none: EC2 does not say.
        bucket: Option<String>,
        /// `active`, `cancelling`, `cancelled` or `completed`.
        state: String,
    }
}
