//! The declared links, by the kind that gets the field. Adding one is adding a row.

use super::Leads::ToOne;
use super::Within::Account;
use super::{Leads, Link, Within};

const fn link(
    (from, name): (&'static str, &'static str),
    to: &'static str,
    leads: Leads,
    within: Within,
    on: Option<(&'static str, &'static str)>,
    doc: &'static str,
) -> Link {
    Link {
        from,
        name,
        doc,
        to,
        leads,
        within,
        on,
    }
}

/// Every link between kinds.
pub const LINKS: &[Link] = &[link(
    ("cloudtrail.trail", "bucket"),
    "s3.bucket",
    ToOne,
    Account,
    Some(("bucket_name", "name")),
    "The bucket the trail delivers to. A gap where the bucket is in another account.",
)];
