//! All kinds: which services declare what. A new service adds its module and its line here.

pub mod accessanalyzer;
pub mod backup;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod config;
pub mod dynamodb;
pub mod ec2;
pub mod guardduty;
pub mod iam;
pub mod inspector2;
pub mod kms;
pub mod logs;
pub mod rds;
pub mod s3;
pub mod securityhub;
pub mod sns;
pub mod statement;

use super::relate;
use super::schema::Schema;

/// Every kind with its fields and links.
pub fn schema() -> Schema {
    let declared = [
        accessanalyzer::kinds(),
        backup::kinds(),
        cloudtrail::kinds(),
        cloudwatch::kinds(),
        config::kinds(),
        dynamodb::kinds(),
        ec2::kinds(),
        guardduty::kinds(),
        iam::kinds(),
        inspector2::kinds(),
        kms::kinds(),
        logs::kinds(),
        rds::kinds(),
        s3::kinds(),
        securityhub::kinds(),
        sns::kinds(),
    ]
    .into_iter()
    .flatten();
    relate::with_links(Schema::new(declared))
}
