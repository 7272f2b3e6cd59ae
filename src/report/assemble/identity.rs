//! What tells one verdict from another.

use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};

use crate::check::{self, About};
use crate::inventory::Place;
use crate::report::Verdict;

/// What verdicts are put in order by.
pub(super) fn order(verdict: &Verdict) -> (&str, &str, &str, Option<&str>, &str) {
    (
        &verdict.check,
        &verdict.account,
        &verdict.region,
        verdict.resource.as_deref(),
        &verdict.name,
    )
}

/// The name of a verdict: the same in every run. A population has one verdict for each gap in its list.
pub(super) fn link_id(check: &str, verdict: &check::Verdict<'_>) -> String {
    let Place {
        kind,
        account,
        region,
    } = verdict.place;
    let about = match verdict.about {
        About::Resource(resource) => resource.arn.to_string(),
        About::Unlisted(gap) => format!("{}:{} {}", gap.service, gap.operation, gap.parameters),
    };
    let mut digest = Sha256::new();
    for part in [check, kind, account, region, &about] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let mut id = hexadecimal(&digest.finalize());
    id.truncate(16);
    id
}
