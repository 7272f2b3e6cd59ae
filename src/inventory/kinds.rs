//! All kinds: which services declare what. A new service adds its module and its line here.

pub mod backup;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod dynamodb;
pub mod ec2;
pub mod iam;
pub mod kms;
pub mod logs;
pub mod rds;
pub mod s3;
pub mod sns;
pub mod statement;

use super::relate;
use super::schema::Schema;

/// Every kind with its fields and links.
pub fn schema() -> Schema {
    let declared = [
        backup::kinds(),
        cloudtrail::kinds(),
        cloudwatch::kinds(),
        dynamodb::kinds(),
        ec2::kinds(),
        iam::kinds(),
        kms::kinds(),
        logs::kinds(),
        rds::kinds(),
        s3::kinds(),
        sns::kinds(),
    ]
    .into_iter()
    .flatten();
    relate::with_links(Schema::new(declared))
}
