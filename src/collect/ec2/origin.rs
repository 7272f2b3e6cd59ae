//! When the images were made that instances were started from, and when they are or were deprecated. Most belong to others,
//! so they are no members of the account's own images.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_ec2::types::Filter;
use jiff::Timestamp;

use super::images::time;
use super::{need, some, word};
use crate::ask;
use crate::aws::{Site, Turn, gather};
use crate::inventory::Read;

/// What EC2 tells of an image.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) created: Timestamp,
    /// None where nobody has set a date.
    pub(super) deprecated: Option<Timestamp>,
}

/// By id; none for an image that EC2 does not show.
pub(super) type Origins = BTreeMap<String, Read<Option<Origin>>>;

/// The most values that one request may filter by.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html>
const VALUES: usize = 200;

/// Asks by filter, because naming an image that is gone would make EC2 answer an error for all of them.
pub(super) async fn read(site: &Site, images: BTreeSet<&str>) -> Origins {
    let ec2 = site.ec2();
    let mut origins = Origins::new();
    for ids in images.into_iter().collect::<Vec<_>>().chunks(VALUES) {
        let filter = Filter::builder()
            .name("image-id")
            .set_values(Some(ids.iter().map(|id| (*id).to_owned()).collect()))
            .build();
        let listed = gather(
            async |token| {
                ask!(
                    site,
                    "ec2:DescribeImages",
                    ec2.describe_images()
                        .filters(filter.clone())
                        .include_deprecated(true)
                        .set_next_token(token),
                    format!("{} images that instances were started from", ids.len())
                )
            },
            |page| Turn::to(page.next_token()),
            |page| {
                some(&page.images, "Images")?
                    .iter()
                    .map(|image| {
                        let origin = Origin {
                            created: time(need(image.creation_date(), "CreationDate")?)?,
                            deprecated: image.deprecation_time().map(time).transpose()?,
                        };
                        Ok((word(image.image_id(), "ImageId")?, origin))
                    })
                    .collect()
            },
        )
        .await;
        for id in ids {
            let read = match &listed {
                Ok(listed) => {
                    let found = listed.value.iter().find(|(listed, _)| listed == id);
                    listed.fact(found.map(|(_, origin)| *origin))
                }
                Err(gap) => Err(gap.clone()),
            };
            origins.insert((*id).to_owned(), read);
        }
    }
    origins
}
