//! Gaps, brought together: one line for each thing that could not be read, with what would settle it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Gap;
use crate::inventory;
use crate::inventory::gap::Reason;
use crate::inventory::kinds::inputs;

/// What makes two gaps one line: everything but what was asked about, and which request it was.
type Key = (
    String,
    String,
    String,
    String,
    Reason,
    Option<String>,
    String,
);

#[derive(Default)]
struct Line {
    message: String,
    asked_about: BTreeSet<String>,
    undecided: u64,
}

/// Collects gaps as a run comes by.
#[derive(Default)]
pub(super) struct Gaps {
    lines: BTreeMap<Key, Line>,
}

impl Gaps {
    /// A gap was met.
    pub(super) fn met(&mut self, gap: &inventory::Gap) {
        self.line(gap);
    }

    /// Gaps, each leaving one verdict unknown. A verdict that met one gap twice counts once for it.
    pub(super) fn left_undecided<'a>(
        &mut self,
        gaps: impl Iterator<Item = &'a Arc<inventory::Gap>>,
    ) {
        let mut seen = BTreeSet::new();
        for gap in gaps {
            let key = key(gap);
            self.line(gap);
            if !seen.contains(&key) {
                if let Some(line) = self.lines.get_mut(&key) {
                    line.undecided += 1;
                }
                seen.insert(key);
            }
        }
    }

    /// The lines, the one that leaves most undecided first.
    pub(super) fn finish(self) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = self
            .lines
            .into_iter()
            .map(|(key, line)| {
                let (service, operation, account, region, reason, code, action) = key;
                Gap {
                    remedy: remedy(reason, &action, &operation),
                    service,
                    operation,
                    account,
                    region,
                    reason,
                    code,
                    message: line.message,
                    action,
                    asked_about: line.asked_about.into_iter().collect(),
                    undecided: line.undecided,
                }
            })
            .collect();
        // Stable, so lines of equal weight stay in the order of their keys.
        gaps.sort_by_key(|gap| std::cmp::Reverse(gap.undecided));
        gaps
    }

    fn line(&mut self, gap: &inventory::Gap) {
        let line = self.lines.entry(key(gap)).or_insert_with(|| Line {
            message: gap.message.clone(),
            ..Line::default()
        });
        if !gap.parameters.is_empty() {
            line.asked_about.insert(gap.parameters.clone());
        }
    }
}

fn key(gap: &inventory::Gap) -> Key {
    (
        gap.service.clone(),
        gap.operation.clone(),
        gap.account.clone(),
        gap.region.clone(),
        gap.reason,
        gap.code.clone(),
        gap.action.clone(),
    )
}

/// What to do about a gap.
fn remedy(reason: Reason, action: &str, operation: &str) -> String {
    match reason {
        Reason::Denied if action.is_empty() => {
            "Allow the call to the scanning role, or to the resource's own policy.".to_owned()
        }
        Reason::Denied => format!("Grant {action} to the scanning role."),
        Reason::DeniedByScp => {
            "Exempt the scanning role in the organization's control policy; no IAM policy can allow it."
                .to_owned()
        }
        Reason::Throttled => "Scan again at a quieter time; AWS refused the rate.".to_owned(),
        Reason::RegionDisabled => {
            "Enable the region, or leave it out: a region that is not enabled holds nothing."
                .to_owned()
        }
        Reason::NotSubscribed => {
            "Nothing to grant: the account is not subscribed to the service, or is too new to be verified."
                .to_owned()
        }
        Reason::Refused => {
            "Check that the credentials are still good and that the region is enabled. A region that was enabled by hand wants a session from a regional STS endpoint."
                .to_owned()
        }
        Reason::Undefined => {
            "Look at the rule and the facts it read; they do not fit each other.".to_owned()
        }
        Reason::Vanished => "Scan again; it was deleted while the scan ran.".to_owned(),
        Reason::Expired => "Scan again with credentials that last for the whole scan.".to_owned(),
        Reason::Broken | Reason::Malformed => {
            "Scan again; if it stays, look at the answer in the bundle.".to_owned()
        }
        Reason::NotGiven => {
            let key = inputs::key_of(operation).unwrap_or("key");
            format!("Give the file that tells: in tieout.toml, under [inputs], {key} = \"FILE\".")
        }
        Reason::NotAsked => "Scan again, to the end and without what left it out.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied(bucket: &str) -> Arc<inventory::Gap> {
        Arc::new(inventory::Gap {
            service: "s3".into(),
            operation: "GetBucketPolicy".into(),
            account: "111122223333".into(),
            region: "eu-west-1".into(),
            parameters: format!("bucket={bucket}"),
            reason: Reason::Denied,
            code: Some("AccessDenied".into()),
            message: "Access Denied".into(),
            action: "s3:GetBucketPolicy".into(),
            request_id: Some(bucket.into()),
        })
    }

    #[test]
    fn one_line_for_one_thing_however_often_it_was_asked() {
        let mut gaps = Gaps::default();
        gaps.left_undecided([denied("a"), denied("a")].iter());
        gaps.left_undecided([denied("b")].iter());
        gaps.met(&denied("c"));
        let lines = gaps.finish();
        let [line] = lines.as_slice() else {
            panic!("{lines:?}")
        };
        assert_eq!(line.undecided, 2);
        assert_eq!(line.asked_about, ["bucket=a", "bucket=b", "bucket=c"]);
        assert_eq!(
            line.remedy,
            "Grant s3:GetBucketPolicy to the scanning role."
        );
    }

    #[test]
    fn a_file_that_was_not_given_is_named_by_its_key() {
        let gap = inputs::not_given(
            "tieout:ReadPublicEndpoints",
            "111122223333",
            String::new(),
            "no file was given".to_owned(),
        );
        let mut gaps = Gaps::default();
        gaps.met(&gap);
        assert_eq!(
            gaps.finish()[0].remedy,
            "Give the file that tells: in tieout.toml, under [inputs], public_endpoints = \"FILE\"."
        );
    }
}
