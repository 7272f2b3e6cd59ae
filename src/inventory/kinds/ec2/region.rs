//! What EC2 does in a region unless a request says otherwise.

use crate::facet;

facet! {
    /// Defaults of new EBS volumes and snapshot copies.
    of "region": EbsDefaults {
        /// Whether new volumes and snapshot copies are encrypted even when the request does not ask for it.
        ebs_encryption_by_default: bool => ["ec2:GetEbsEncryptionByDefault"],
        /// KMS key used where a request names none: an ARN, a key id, or `alias/aws/ebs`, the AWS managed key.
        ebs_default_key: String => ["ec2:GetEbsDefaultKmsKeyId"],
    }
}

facet! {
    /// What the region allows snapshots.
    of "region": SnapshotDefaults {
        /// `block-all-sharing` (no snapshot is public, also not those shared before), `block-new-sharing` or
        /// `unblocked`.
        snapshot_block_public_access: String => ["ec2:GetSnapshotBlockPublicAccessState"],
    }
}

facet! {
    /// What the region allows machine images.
    of "region": ImageDefaults {
        /// `block-new-sharing` (no further image can be made public) or `unblocked`.
        image_block_public_access: String => ["ec2:GetImageBlockPublicAccessState"],
        /// `enabled` (only images that meet the account's criteria can be launched), `audit-mode` (the others
        /// are marked) or `disabled`.
        allowed_images: String => ["ec2:GetAllowedImagesSettings"],
    }
}

facet! {
    /// Defaults of new instances.
    of "region": InstanceDefaults {
        /// Session tokens for the metadata service: `required` or `optional`; none: the account states no
        /// preference, so the image and the launch request decide.
        /// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html>
        imds_default_tokens: Option<String> => ["ec2:GetInstanceMetadataDefaults"],
    }
}

facet! {
    /// The serial console, a way into instances past every network control.
    of "region": SerialConsole {
        /// Whether the account allows it.
        serial_console: bool => ["ec2:GetSerialConsoleAccessStatus"],
    }
}
