//! What is handed to instances as they start: user data. They are redacted before anything reads them; what they looked like is
//! what is read here.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aws_sdk_ec2::types::InstanceAttributeName;

use super::need;
use crate::ask;
use crate::aws::{Site, each, looked_like};
use crate::inventory::Read;

/// What the user data of instances looked like, by their ids.
pub(super) type Likenesses = BTreeMap<String, Read<Option<String>>>;

/// Asks for each instance: EC2 has no other way.
pub(super) async fn of_instances(site: &Site, ids: Vec<&str>) -> Likenesses {
    let ec2 = site.ec2();
    let found = Mutex::new(Likenesses::new());
    each(ids, async |id| {
        let attribute = ec2
            .describe_instance_attribute()
            .instance_id(id)
            .attribute(InstanceAttributeName::UserData);
        let about = format!("instance={id}");
        let told = ask!(site, "ec2:DescribeInstanceAttribute", attribute, about);
        let read = told.read(|answer| {
            let data = need(answer.user_data(), "UserData")?;
            data.value().map_or(Ok(None), looked_like)
        });
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert(id.to_owned(), read);
    })
    .await;
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}
