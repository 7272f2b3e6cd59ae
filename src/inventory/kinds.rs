//! All kinds: which services declare what. A new service adds its module and its line here.

pub mod s3;
pub mod statement;

use super::relate;
use super::schema::{Fields, Schema};

/// Every kind with its fields and links.
pub fn schema() -> Schema {
    let declared = [s3::AccountAccess::kind(), s3::Bucket::kind()];
    relate::with_links(Schema::new(declared))
}
