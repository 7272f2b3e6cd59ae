//! Machine images that the account owns.

use aws_sdk_ec2::operation::describe_images::DescribeImagesOutput;
use aws_sdk_ec2::types::{Image as Described, ImageAttributeName, LaunchPermission};
use jiff::Timestamp;

use super::{PAGE, identity, list, need, some, tags, word};
use crate::ask;
use crate::aws::{Missing, Site, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::ec2::{Image, ImageDevice};

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let ec2 = site.ec2();
    list(
        site,
        intake,
        async |token| {
            ask!(
                site,
                "ec2:DescribeImages",
                ec2.describe_images()
                    .owners("self")
                    .max_results(PAGE)
                    .set_next_token(token)
            )
        },
        |page| page.next_token(),
        |page| some(&page.images, "Images"),
        async |page, described| image(site, page, described).await,
    )
    .await;
}

async fn image(
    site: &Site,
    page: &Told<DescribeImagesOutput>,
    described: &Described,
) -> Result<(Identity, Image), Missing> {
    let id = word(described.image_id(), "ImageId")?;
    // EC2 has no listing of launch permissions, so there is a call per image.
    let permissions = ask!(
        site,
        "ec2:DescribeImageAttribute",
        site.ec2()
            .describe_image_attribute()
            .image_id(&id)
            .attribute(ImageAttributeName::LaunchPermission),
        format!("image={id}")
    );
    let mut identity = identity(site, "image", &id, &described.tags);
    if identity.name == id {
        described
            .name()
            .unwrap_or(&id)
            .clone_into(&mut identity.name);
    }
    let fields = Image {
        id: page.fact(id),
        created: page.read(|_| time(need(described.creation_date(), "CreationDate")?)),
        deprecated_at: page.read(|_| described.deprecation_time().map(time).transpose()),
        public: page.read(|_| need(described.public(), "Public")),
        shared_with: permissions.read(|answer| {
            some(&answer.launch_permissions, "LaunchPermissions")?
                .iter()
                .filter_map(grantee)
                .collect()
        }),
        devices: page.read(|_| devices(described)),
        tags: page.read(|_| tags(&described.tags)),
    };
    Ok((identity, fields))
}

/// Who a permission is for; none where it is for everyone, which `public` tells.
fn grantee(permission: &LaunchPermission) -> Option<Result<String, Missing>> {
    let named = permission
        .user_id()
        .or_else(|| permission.organization_arn())
        .or_else(|| permission.organizational_unit_arn());
    match (named, permission.group()) {
        (Some(named), _) => Some(Ok(named.to_owned())),
        (None, Some(_)) => None,
        (None, None) => Some(Err(missing("the grantee of a launch permission"))),
    }
}

/// The volumes an image makes; instance store, which is not kept, is not among them.
fn devices(described: &Described) -> Result<Vec<ImageDevice>, Missing> {
    let mut devices = Vec::new();
    for mapping in some(&described.block_device_mappings, "BlockDeviceMappings")? {
        if let Some(ebs) = mapping.ebs() {
            devices.push(ImageDevice {
                name: word(mapping.device_name(), "DeviceName")?,
                snapshot: ebs.snapshot_id().map(str::to_owned),
                encrypted: need(ebs.encrypted(), "Encrypted")?,
            });
        }
    }
    Ok(devices)
}

/// Images carry their times as text.
pub(super) fn time(text: &str) -> Result<Timestamp, Missing> {
    text.parse()
        .map_err(|_| Missing(format!("the answer holds {text:?} for a time")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_for_everyone_names_nobody() {
        let everyone = LaunchPermission::builder()
            .group(aws_sdk_ec2::types::PermissionGroup::All)
            .build();
        assert_eq!(grantee(&everyone), None);
        let account = LaunchPermission::builder().user_id("111122223333").build();
        assert_eq!(grantee(&account), Some(Ok("111122223333".to_owned())));
        let unit = LaunchPermission::builder()
            .organizational_unit_arn("arn:aws:organizations::1:ou/o-1/ou-1")
            .build();
        assert_eq!(
            grantee(&unit),
            Some(Ok("arn:aws:organizations::1:ou/o-1/ou-1".to_owned()))
        );
        assert!(matches!(
            grantee(&LaunchPermission::builder().build()),
            Some(Err(_))
        ));
    }

    #[test]
    fn a_time_that_is_none_is_malformed() {
        assert!(time("2026-01-31T07:15:00.000Z").is_ok());
        assert!(time("").is_err());
        assert!(time("yesterday").is_err());
    }
}
