//! EBS volumes.

use aws_sdk_ec2::operation::describe_volumes::DescribeVolumesOutput;
use aws_sdk_ec2::types::{Volume as Described, VolumeAttachment};

use super::{identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, instant};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{Attachment, Volume};

/// The most that DescribeVolumes allows.
const PAGE: i32 = 500;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeVolumes",
                ec2.describe_volumes()
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.volumes, "Volumes"),
        async |page, described| volume(site, page, described),
    )
    .await;
}

fn volume(
    site: &Site,
    page: &Told<DescribeVolumesOutput>,
    described: &Described,
) -> Result<(Identity, Volume), Missing> {
    let id = word(described.volume_id(), "VolumeId")?;
    let identity = identity(site, "volume", &id, &described.tags);
    let fields = Volume {
        id: page.fact(id),
        state: page.read(|_| word(described.state(), "State")),
        size_gib: page.read(|_| need(described.size(), "Size").map(i64::from)),
        created: page.read(|_| instant(need(described.create_time(), "CreateTime")?)),
        zone: page.read(|_| word(described.availability_zone(), "AvailabilityZone")),
        encrypted: page.read(|_| need(described.encrypted(), "Encrypted")),
        kms_key: page.fact(described.kms_key_id().map(str::to_owned)),
        attachments: page.read(|_| {
            some(&described.attachments, "Attachments")?
                .iter()
                .map(attachment)
                .collect()
        }),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

fn attachment(attachment: &VolumeAttachment) -> Result<Attachment, Missing> {
    Ok(Attachment {
        instance: attachment.instance_id().map(str::to_owned),
        state: word(attachment.state(), "Attachments.State")?,
        delete_on_termination: need(attachment.delete_on_termination(), "DeleteOnTermination")?,
    })
}
