//! One bundle, read on one of many threads: as little of it as says what changed.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use crate::bundle::{Bundle, BundleError, Files, MANIFEST, Manifest, RESULTS, VERDICTS, digest};
use crate::history::row::Head;
use crate::history::rule::{Words, damaged, lines, words};
use crate::history::{Place, State};

/// What was read of a bundle.
pub(super) struct Loaded {
    pub(super) manifest: Manifest,
    pub(super) place: String,
    /// SHA-256 of the manifest.
    pub(super) sha256: String,
    /// The lines, decompressed.
    pub(super) text: Vec<u8>,
    pub(super) lines: Vec<Line>,
    /// The words of the rules; read only where some are new.
    pub(super) words: Option<BTreeMap<String, Words>>,
    pub(super) results: Vec<(String, String)>,
}

/// A verdict, as far as it says whether anything is new.
pub(super) struct Line {
    pub(super) id: u64,
    pub(super) state: State,
    /// Where the line is in the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Why a bundle was not taken in, with what its manifest says, if it could be read.
pub(super) struct Refused {
    pub(super) manifest: Option<Box<Manifest>>,
    pub(super) why: String,
}

impl From<BundleError> for Refused {
    fn from(error: BundleError) -> Self {
        Self {
            manifest: None,
            why: error.to_string(),
        }
    }
}

/// Reads a bundle, of one account's verdicts. `known` are the digests of rules whose words are known.
pub(super) fn load(
    place: Place,
    account: &str,
    known: &HashSet<String>,
) -> Result<Loaded, Refused> {
    let name = place.name();
    let bytes = place.read(MANIFEST)?.unwrap_or_default();
    let sha256 = digest(&bytes).sha256;
    let bundle = Bundle::glance(place)?;
    read(&bundle, name, sha256, account, known).map_err(|error| Refused {
        manifest: Some(Box::new(bundle.manifest.clone())),
        why: error.to_string(),
    })
}

fn read(
    bundle: &Bundle<Place>,
    place: String,
    sha256: String,
    account: &str,
    known: &HashSet<String>,
) -> Result<Loaded, BundleError> {
    if !bundle.is_sealed() {
        return Err(BundleError::Nothing(place));
    }
    let text = bundle.checked_text(VERDICTS)?;
    let heads = heads(&text, account)?;
    let new = bundle
        .manifest
        .rules
        .values()
        .any(|digest| !known.contains(digest));
    Ok(Loaded {
        manifest: bundle.manifest.clone(),
        place,
        sha256,
        lines: heads,
        words: new.then(|| words(bundle)).transpose()?,
        results: results(bundle)?,
        text,
    })
}

fn heads(text: &[u8], account: &str) -> Result<Vec<Line>, BundleError> {
    let mut heads = Vec::new();
    let mut start = 0;
    for (n, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let end = start + line.len();
        if !line.is_empty() {
            let wrong = |what: String| damaged(VERDICTS, format!("line {}: {what}", n + 1));
            let head: Head<'_> =
                serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
            if head.account == account {
                let id = u64::from_str_radix(&head.id, 16)
                    .map_err(|_| wrong(format!("`{}` is no verdict's id", head.id)))?;
                let state = State::of(head.outcome, head.waiver.is_some());
                heads.push(Line {
                    id,
                    state,
                    start,
                    end,
                });
            }
        }
        start = end + 1;
    }
    Ok(heads)
}

/// What each criterion came to; nothing where the bundle does not keep it.
fn results(bundle: &Bundle<Place>) -> Result<Vec<(String, String)>, BundleError> {
    #[derive(Deserialize)]
    struct Kept {
        criterion: String,
        result: String,
    }
    if !bundle.manifest.files.contains_key(RESULTS) {
        return Ok(Vec::new());
    }
    let text = bundle.checked_text(RESULTS)?;
    lines(&text)
        .map(|line| {
            serde_json::from_slice::<Kept>(line)
                .map(|kept| (kept.criterion, kept.result))
                .map_err(|error| damaged(RESULTS, error.to_string()))
        })
        .collect()
}
