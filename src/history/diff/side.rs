//! One run, read for a comparison.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::value::RawValue;

use super::{RunOf, accounts};
use crate::bundle::{Bundle, BundleError, VERDICTS};
use crate::history::row::{Fact, Row};
use crate::history::rule::{Words, damaged, lines, words};
use crate::history::{HistoryError, Place, State};
use crate::inventory::GLOBAL;

/// A run with its verdicts.
pub(super) struct Side {
    run: RunOf,
    regions: BTreeSet<String>,
    /// Digest and parameters of the rule of each check it judged.
    rules: BTreeMap<String, (String, String)>,
    /// The rules' words.
    words: BTreeMap<String, Words>,
    /// The verdicts.
    pub(super) judged: Vec<Judged>,
    /// Populations, by check and region, that could not be listed in full.
    unlisted: HashSet<(String, String)>,
}

/// A verdict.
pub(super) struct Judged {
    /// What is the same in both runs.
    pub(super) key: String,
    /// The line.
    pub(super) row: Row,
}

impl Judged {
    /// What the run says.
    pub(super) fn state(&self) -> State {
        self.row.state()
    }

    /// What the rule read.
    pub(super) fn facts(&self) -> Result<Vec<Fact>, BundleError> {
        self.row
            .facts()
            .map_err(|error| damaged(VERDICTS, format!("verdict {}: {error}", self.row.id)))
    }
}

impl Side {
    /// Reads it, holding what is read against the manifest's digests.
    pub(super) fn read(bundle: &Bundle<Place>, across: bool) -> Result<Self, HistoryError> {
        let manifest = &bundle.manifest;
        if !bundle.is_sealed() {
            return Err(HistoryError::NotJudged(manifest.run.id.clone()));
        }
        let text = bundle.checked_text(VERDICTS)?;
        let own: Vec<String> = accounts(bundle);
        let mut judged = Vec::new();
        let mut unlisted = HashSet::new();
        for (n, line) in lines(&text).enumerate() {
            let row: Row = serde_json::from_slice(line)
                .map_err(|error| damaged(VERDICTS, format!("line {}: {error}", n + 1)))?;
            if row.resource.is_none() {
                unlisted.insert((row.check.clone(), row.region.clone()));
            }
            judged.push(Judged {
                key: if across {
                    common(&row, &own)
                } else {
                    row.id.clone()
                },
                row,
            });
        }
        let rules = manifest.rules.iter().map(|(check, digest)| {
            let set = manifest.parameters.get(check);
            let set = set.map_or_else(String::new, |set| format!("{set:?}"));
            (check.clone(), (digest.clone(), set))
        });
        Ok(Self {
            run: RunOf {
                run: manifest.run.id.clone(),
                at: manifest.run.started,
                tool: manifest.run.tool.clone(),
                accounts: own,
                partial: manifest.run.partial,
                verdicts: judged.len(),
            },
            regions: manifest.run.scope.regions.iter().cloned().collect(),
            rules: rules.collect(),
            words: words(bundle)?,
            judged,
            unlisted,
        })
    }

    /// The run.
    pub(super) fn run(&self) -> RunOf {
        self.run.clone()
    }

    /// Version of its tool.
    pub(super) fn tool(&self) -> &str {
        &self.run.tool
    }

    /// The words of a check.
    pub(super) fn words(&self, check: &str) -> Option<&Words> {
        self.words.get(check)
    }

    /// Digest and parameters of a check's rule; none where the run did not judge it.
    pub(super) fn rule(&self, check: &str) -> Option<&(String, String)> {
        self.rules.get(check)
    }

    /// Whether the run looked at what a verdict is about.
    pub(super) fn looked(&self, row: &Row) -> bool {
        self.rules.contains_key(&row.check)
            && (row.region == GLOBAL || self.regions.contains(&row.region))
    }

    /// Whether the population of a verdict's resource could not be listed in full, so that it may be there unseen.
    pub(super) fn may_hide(&self, row: &Row) -> bool {
        self.unlisted
            .contains(&(row.check.clone(), row.region.clone()))
    }
}

/// What is the same of a resource in two accounts: everything but the account's own number.
fn common(row: &Row, own: &[String]) -> String {
    let mut about = row.resource.clone().unwrap_or_default();
    if about.is_empty() {
        about = gap(&row.evidence);
    }
    for account in own {
        about = about.replace(account.as_str(), "*");
    }
    [&row.check, &row.kind, &row.region, &about]
        .map(String::as_str)
        .join("\0")
}

/// The listing that failed, where there is no resource.
fn gap(evidence: &RawValue) -> String {
    #[derive(serde::Deserialize)]
    struct Listing {
        gap: Option<crate::inventory::Gap>,
    }
    let read: Result<Vec<Listing>, _> = serde_json::from_str(evidence.get());
    read.into_iter()
        .flatten()
        .filter_map(|listing| listing.gap)
        .map(|gap| format!("{}:{} {}", gap.service, gap.operation, gap.parameters))
        .next()
        .unwrap_or_else(|| evidence.get().to_owned())
}
