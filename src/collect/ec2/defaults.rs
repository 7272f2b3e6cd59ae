//! What EC2 does in a region unless a request says otherwise.

use super::{need, word};
use crate::ask;
use crate::aws::Site;
use crate::inventory::intake::Intake;
use crate::inventory::kinds::ec2::{
    EbsDefaults, ImageDefaults, InstanceDefaults, SerialConsole, SnapshotDefaults,
};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    let ebs = async {
        let (default, key) = futures::join!(
            async {
                ask!(
                    site,
                    "ec2:GetEbsEncryptionByDefault",
                    ec2.get_ebs_encryption_by_default()
                )
            },
            async {
                ask!(
                    site,
                    "ec2:GetEbsDefaultKmsKeyId",
                    ec2.get_ebs_default_kms_key_id()
                )
            },
        );
        let fields = EbsDefaults {
            ebs_encryption_by_default: default
                .read(|answer| need(answer.ebs_encryption_by_default(), "EbsEncryptionByDefault")),
            ebs_default_key: key.read(|answer| word(answer.kms_key_id(), "KmsKeyId")),
        };
        intake.facet(&site.account, &site.region, fields);
    };
    let snapshots = async {
        let state = ask!(
            site,
            "ec2:GetSnapshotBlockPublicAccessState",
            ec2.get_snapshot_block_public_access_state()
        );
        let fields = SnapshotDefaults {
            snapshot_block_public_access: state.read(|answer| word(answer.state(), "State")),
        };
        intake.facet(&site.account, &site.region, fields);
    };
    let images = async {
        let (sharing, allowed) = futures::join!(
            async {
                ask!(
                    site,
                    "ec2:GetImageBlockPublicAccessState",
                    ec2.get_image_block_public_access_state()
                )
            },
            async {
                ask!(
                    site,
                    "ec2:GetAllowedImagesSettings",
                    ec2.get_allowed_images_settings()
                )
            },
        );
        let fields = ImageDefaults {
            image_block_public_access: sharing.read(|answer| {
                word(
                    answer.image_block_public_access_state(),
                    "ImageBlockPublicAccessState",
                )
            }),
            allowed_images: allowed.read(|answer| word(answer.state(), "State")),
        };
        intake.facet(&site.account, &site.region, fields);
    };
    let instances = async {
        let defaults = ask!(
            site,
            "ec2:GetInstanceMetadataDefaults",
            ec2.get_instance_metadata_defaults()
        );
        let fields = InstanceDefaults {
            // What the account states no preference for is left out of the answer.
            // <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataDefaultsResponse.html>
            imds_default_tokens: defaults.read(|answer| {
                let level = need(answer.account_level(), "AccountLevel")?;
                Ok(level.http_tokens().map(|tokens| tokens.as_str().to_owned()))
            }),
        };
        intake.facet(&site.account, &site.region, fields);
    };
    let console = async {
        let status = ask!(
            site,
            "ec2:GetSerialConsoleAccessStatus",
            ec2.get_serial_console_access_status()
        );
        let fields = SerialConsole {
            serial_console: status.read(|answer| {
                need(
                    answer.serial_console_access_enabled(),
                    "SerialConsoleAccessEnabled",
                )
            }),
        };
        intake.facet(&site.account, &site.region, fields);
    };
    futures::join!(ebs, snapshots, images, instances, console);
}
