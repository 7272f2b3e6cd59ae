//! All kinds: which services declare what. A new service adds its module and its line here.

pub mod ec2;
pub mod iam;
pub mod kms;
pub mod s3;
pub mod statement;

use super::relate;
use super::schema::Schema;

/// Every kind with its fields and links.
pub fn schema() -> Schema {
    let declared = [s3::kinds(), ec2::kinds(), iam::kinds(), kms::kinds()]
        .into_iter()
        .flatten();
    relate::with_links(Schema::new(declared))
}
